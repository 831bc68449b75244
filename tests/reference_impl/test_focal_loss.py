"""Tests of reference_impl.focal_loss."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.binary_cross_entropy import bce_with_logits
from reference_impl.focal_loss import focal_loss, focal_loss_backward
from tests.numerical import central_difference, errors

BOTH = pytest.mark.parametrize("function", [focal_loss, focal_loss_backward])
LOGITS = np.concatenate([np.linspace(-50, 50, 201), [-1e4, -300, 5e-324, 300, 1e4]])


def test_by_hand():
    # p = 3/4 for the true label: (1/4)**2 * log(4/3). For the other one: (3/4)**2 * log 4.
    logits, y = np.log([3.0, 3.0]), np.array([1, 0])

    want = [np.log(4 / 3) / 16, np.log(4) * 9 / 16]
    assert_allclose(focal_loss(logits, y, reduction="none"), want, rtol=1e-14)
    got = focal_loss(logits, y, alpha=0.25, reduction="none")
    assert_allclose(got, [want[0] / 4, want[1] * 3 / 4], rtol=1e-14)


@given(
    shape=array_shapes(max_dims=2, max_side=3),
    gamma=st.sampled_from([0.0, 0.5, 2.0, 3.0]),
    alpha=st.sampled_from([None, 0.0, 0.3]),
    reduction=st.sampled_from(["mean", "sum", "none"]),
    seed=st.integers(0, 99),
)
def test_gradient_matches_central_difference(shape, gamma, alpha, reduction, seed):
    rng = np.random.default_rng(seed)
    logits, y = rng.normal(size=shape), rng.integers(2, size=shape)
    options = {"gamma": gamma, "alpha": alpha, "reduction": reduction}
    upstream = rng.normal(size=shape) if reduction == "none" else rng.normal()

    want = central_difference(lambda z: focal_loss(z, y, **options), logits, upstream)
    assert_allclose(upstream * focal_loss_backward(logits, y, **options), want, atol=1e-8)


@given(st.floats(-1e4, 1e4), st.integers(0, 1))
def test_without_focus_it_is_the_cross_entropy(z, y):
    assert_allclose(focal_loss(z, y, gamma=0.0), bce_with_logits(z, y), rtol=1e-15)


@given(st.floats(-30, 30), st.integers(0, 1), st.floats(0, 5), st.floats(0, 5))
def test_more_focus_costs_less(z, y, gamma, more):
    assert focal_loss(z, y, gamma=gamma + more) <= focal_loss(z, y, gamma=gamma) * (1 + 1e-14)


def test_exact_to_fifty_digits():
    def truth(z):
        return mpmath.log1p(mpmath.exp(-z)) / (1 + mpmath.exp(z)) ** 2

    losses = focal_loss(LOGITS, np.ones(LOGITS.shape), reduction="none")
    assert errors(losses, truth, LOGITS).max() <= 1e-14


def test_infinite_logits():
    logits, y = np.array([np.inf, -np.inf, np.inf, -np.inf]), np.array([1, 0, 0, 1])

    assert_array_equal(focal_loss(logits, y, reduction="none"), [0.0, 0.0, np.inf, np.inf])
    slopes = focal_loss_backward(logits, y, reduction="none")
    assert_array_equal(slopes, [0.0, 0.0, 1.0, -1.0])


@BOTH
def test_empty_batch_has_a_sum_but_no_mean(function):
    nothing = np.zeros((0, 2))

    assert np.sum(function(nothing, nothing, reduction="sum")) == 0
    with pytest.raises(ValueError, match="mean over an empty batch"):
        function(nothing, nothing)


@BOTH
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(function, given, kept):
    assert function(np.array([0, 1], given), np.array([0, 1]), alpha=0.25).dtype == kept


@BOTH
def test_arguments_stay_unchanged(rng, function):
    logits, y = rng.normal(size=4), np.array([0, 1, 1, 0])
    before = logits.copy(), y.copy()
    function(logits, y)

    assert_array_equal((logits, y), before)


@BOTH
@pytest.mark.parametrize(
    "y, options, message",
    [
        (np.zeros((2, 1)), {}, r"got logits \(2,\), y \(2, 1\)"),
        (np.array([0.5, 1]), {}, r"labels must be 0 or 1, got \[0.5 1. \]"),
        (np.zeros(2), {"gamma": -1.0}, r"gamma must be finite and in \[0, inf\), got -1.0"),
        (np.zeros(2), {"gamma": np.inf}, "gamma must be finite"),
        (np.zeros(2), {"alpha": 1.5}, r"alpha must be finite and in \[0, 1\], got 1.5"),
        (np.zeros(2), {"alpha": np.nan}, "alpha must be finite"),
        (np.zeros(2), {"reduction": "avg"}, "got 'avg'"),
    ],
    ids=["column", "soft", "gamma", "gamma-inf", "alpha", "alpha-nan", "reduction"],
)
def test_what_does_not_fit_is_refused(function, y, options, message):
    with pytest.raises(ValueError, match=message):
        function(np.zeros(2), y, **options)
