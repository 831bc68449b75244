"""Tests of reference_impl.dropout."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.dropout import dropout_backward, dropout_forward
from tests.numerical import central_difference


def _generator():
    return np.random.default_rng(7)


def test_by_hand(rng):
    out, (keep, scale) = dropout_forward(np.full(1000, 3.0), 0.25, rng, training=True)

    # What is kept is divided by 3/4.
    assert_allclose(scale, 4 / 3)
    assert_allclose(out, np.where(keep, 4.0, 0.0), rtol=1e-15)


def test_gradient_matches_central_difference(rng):
    X, dout = rng.normal(size=(2, 4, 3))
    _, cache = dropout_forward(X, 0.4, _generator(), training=True)

    want = central_difference(
        lambda x: dropout_forward(x, 0.4, _generator(), training=True)[0], X, dout
    )
    assert_allclose(dropout_backward(dout, cache), want, atol=1e-9)


@given(st.floats(0.05, 0.95))
def test_expectation_stays(drop_prob):
    out, (keep, _) = dropout_forward(np.ones(100_000), drop_prob, _generator(), training=True)

    # Five standard deviations of a mean of 100 000.
    spread = 5 * np.sqrt(drop_prob * (1 - drop_prob) / 100_000)
    assert abs(keep.mean() - (1 - drop_prob)) < spread
    assert abs(out.mean() - 1) < spread / (1 - drop_prob)


def test_same_generator_same_mask():
    X = np.ones((4, 3))
    first, _ = dropout_forward(X, 0.5, _generator(), training=True)
    second, _ = dropout_forward(X, 0.5, _generator(), training=True)

    assert_array_equal(first, second)


def test_evaluation_changes_nothing(rng):
    X, dout = rng.normal(size=(2, 4, 3))
    before = rng.bit_generator.state
    out, cache = dropout_forward(X, 0.9, rng, training=False)

    assert_array_equal(out, X)
    assert out is not X
    assert_array_equal(dropout_backward(dout, cache), dout)
    assert rng.bit_generator.state == before


@pytest.mark.parametrize("drop_prob, kept", [(0.0, 1.0), (1.0, 0.0)])
def test_keeps_all_or_nothing(rng, drop_prob, kept):
    X = np.array([1.0, np.inf, -np.inf])
    out, cache = dropout_forward(X, drop_prob, rng, training=True)

    assert_array_equal(out, X if kept else np.zeros(3))
    assert_array_equal(dropout_backward(np.ones(3), cache), np.full(3, kept))


def test_empty_batch(rng):
    out, cache = dropout_forward(np.zeros((0, 3)), 0.5, rng, training=True)

    assert dropout_backward(out, cache).shape == (0, 3)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(rng, training, given, kept):
    X = np.ones((4, 3), given)
    out, cache = dropout_forward(X, np.float64(0.5), rng, training=training)

    assert out.dtype == kept
    assert dropout_backward(X, cache).dtype == kept


def test_arguments_stay_unchanged(rng):
    X, dout = rng.normal(size=(2, 4, 3))
    before = X.copy(), dout.copy()
    dropout_backward(dout, dropout_forward(X, 0.5, rng, training=True)[1])

    assert_array_equal((X, dout), before)


@pytest.mark.parametrize("drop_prob", [-0.1, 1.1, np.nan, np.inf])
def test_probability_outside_the_unit_interval_is_refused(rng, drop_prob):
    with pytest.raises(ValueError, match=rf"drop_prob must be .* \[0, 1\], got {drop_prob}"):
        dropout_forward(np.zeros(3), drop_prob, rng, training=True)


def test_upstream_gradient_of_another_shape_is_refused(rng):
    _, cache = dropout_forward(np.zeros((3, 1)), 0.5, rng, training=True)

    with pytest.raises(ValueError, match=r"got dout \(3,\), keep \(3, 1\)"):
        dropout_backward(np.zeros(3), cache)
