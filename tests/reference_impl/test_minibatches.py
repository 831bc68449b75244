"""Tests of reference_impl.minibatches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from reference_impl.minibatches import minibatches


def _numbered(n_examples):
    """Return rows that carry their own number, and the numbers."""
    return np.arange(n_examples)[:, None] * [1, 10], np.arange(n_examples)


def test_thousand_examples_make_sixteen_batches_of_64(rng):
    # 15 * 64 = 960: the last batch has 40.
    batches = list(minibatches(*_numbered(1000), 64, rng))

    assert [len(y) for _, y in batches] == [64] * 15 + [40]


def test_order_is_kept_without_shuffling(rng):
    batches = list(minibatches(*_numbered(5), 2, rng, shuffle=False))

    assert [y.tolist() for _, y in batches] == [[0, 1], [2, 3], [4]]


@given(st.integers(0, 50), st.integers(1, 60), st.booleans())
def test_every_example_comes_once_with_its_target(n_examples, batch_size, shuffle):
    X, y = _numbered(n_examples)

    batches = list(minibatches(X, y, batch_size, np.random.default_rng(0), shuffle=shuffle))

    seen = [number for _, y_batch in batches for number in y_batch]
    assert sorted(seen) == list(range(n_examples))
    assert all(np.array_equal(X_batch[:, 1], 10 * y_batch) for X_batch, y_batch in batches)


def test_each_epoch_has_an_order_of_its_own(rng):
    first, second = (
        np.concatenate([y for _, y in minibatches(*_numbered(50), 7, rng)]) for _ in range(2)
    )

    assert not np.array_equal(first, second)


def test_one_seed_gives_one_order():
    first, second = (
        [y.tolist() for _, y in minibatches(*_numbered(50), 7, np.random.default_rng(5))]
        for _ in range(2)
    )

    assert first == second


def test_batches_are_copies(rng):
    X, y = _numbered(4)

    for X_batch, y_batch in minibatches(X, y, 4, rng):
        X_batch[:] = y_batch[:] = -1

    assert_array_equal(X, _numbered(4)[0])
    assert_array_equal(y, _numbered(4)[1])


def test_images_keep_their_axes(rng):
    (X_batch, _), *_ = minibatches(np.zeros((5, 3, 2, 2)), np.zeros(5), 4, rng)

    assert X_batch.shape == (4, 3, 2, 2)


def test_unequal_lengths_are_refused(rng):
    with pytest.raises(ValueError, match=r"\(3, 2\) and \(4,\)"):
        next(minibatches(np.zeros((3, 2)), np.zeros(4), 2, rng))


@pytest.mark.parametrize("batch_size", [0, -1, 2.5])
def test_batch_size_must_be_a_positive_integer(rng, batch_size):
    with pytest.raises(ValueError, match="batch_size must be an integer of at least 1, got"):
        next(minibatches(*_numbered(3), batch_size, rng))
