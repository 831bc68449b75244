"""Tests of reference_impl.clipping."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.clipping import clip_by_global_norm, clip_by_value

GRADS = st.lists(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=2), elements=st.floats(-1e3, 1e3)), max_size=4
)
LIMITS = st.floats(1e-3, 1e3)


def _length(grads):
    return np.sqrt(sum((grad**2).sum() for grad in grads))


def test_entries_are_cut_at_the_value():
    clipped = clip_by_value([np.array([3.0, -0.5]), np.array(-7.0)], 1.0)

    assert_array_equal(clipped[0], [1, -0.5])
    assert_array_equal(clipped[1], -1)


def test_one_factor_serves_all_gradients():
    # sqrt(9 + 16 + 144) = 13: the factor is 1/13, not 1/5 and 1/12.
    clipped, norm = clip_by_global_norm([np.array([3.0, 4.0]), np.array([12.0])], 1.0)

    assert_allclose(norm, 13, rtol=1e-15)
    assert_allclose(clipped[0], [3 / 13, 4 / 13], rtol=1e-15)
    assert_allclose(clipped[1], [12 / 13], rtol=1e-15)


@given(GRADS, LIMITS)
def test_no_entry_exceeds_the_value(grads, limit):
    clipped = clip_by_value(grads, limit)

    assert all(np.all(np.abs(grad) <= limit) for grad in clipped)


@given(GRADS, LIMITS)
def test_length_never_exceeds_the_norm_nor_grows(grads, limit):
    clipped, norm = clip_by_global_norm(grads, limit)

    assert_allclose(norm, _length(grads), rtol=1e-12, atol=1e-150)
    assert_allclose(_length(clipped), min(norm, limit), rtol=1e-12, atol=1e-150)


@given(GRADS, LIMITS)
def test_direction_is_kept(grads, limit):
    clipped, norm = clip_by_global_norm(grads, limit)

    factor = min(1, limit / norm) if norm else 1
    assert all(
        np.allclose(after, before * factor, rtol=1e-12)
        for before, after in zip(grads, clipped, strict=True)
    )


def test_short_gradients_are_not_stretched():
    clipped, norm = clip_by_global_norm([np.array([0.3, 0.4])], 1.0)

    assert_array_equal(clipped[0], [0.3, 0.4])
    assert norm == 0.5


@pytest.mark.parametrize(
    "grads", [[], [np.zeros(3)], [np.empty((0, 2))]], ids=["none", "0", "empty"]
)
def test_nothing_has_length_zero(grads):
    clipped, norm = clip_by_global_norm(grads, 1.0)

    assert norm == 0
    assert [grad.shape for grad in clipped] == [grad.shape for grad in grads]


@pytest.mark.parametrize("size", [1e200, 1e-200, 5e-324])
def test_length_neither_overflows_nor_underflows(size):
    _, norm = clip_by_global_norm([np.array([size, 0.0])], 1.0)

    assert norm == size


def test_value_bounds_infinite_entries():
    assert_array_equal(clip_by_value([np.array([np.inf, -np.inf])], 2.0)[0], [2, -2])


@pytest.mark.parametrize("kind, want", [("f4", "f4"), ("f8", "f8"), ("i8", "f8"), ("u1", "f8")])
def test_floats_keep_their_kind_and_integers_become_float64(kind, want):
    grads = [np.array([30, 40], kind)]

    assert clip_by_value(grads, np.float64(1.5))[0].dtype == want
    assert clip_by_global_norm(grads, 5)[0][0].dtype == want


def test_arguments_are_left_as_they_were():
    grads = [np.array([30.0, 40.0])]

    clip_by_value(grads, 1.0)
    clip_by_global_norm(grads, 1.0)

    assert_array_equal(grads[0], [30, 40])


def test_result_shares_no_memory_with_the_gradients():
    grad = np.array([0.1])

    assert not np.shares_memory(clip_by_global_norm([grad], 1.0)[0][0], grad)
    assert not np.shares_memory(clip_by_value([grad], 1.0)[0], grad)


@pytest.mark.parametrize("limit", [0.0, -1.0, np.nan, np.inf])
def test_limit_must_be_positive_and_finite(limit):
    with pytest.raises(ValueError, match="max_value must be positive and finite, got"):
        clip_by_value([np.ones(2)], limit)
    with pytest.raises(ValueError, match="max_norm must be positive and finite, got"):
        clip_by_global_norm([np.ones(2)], limit)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_gradient_that_is_not_finite_has_no_length(bad):
    with pytest.raises(ValueError, match="gradients must be finite, got nan or inf"):
        clip_by_global_norm([np.ones(2), np.array([1.0, bad])], 1.0)
