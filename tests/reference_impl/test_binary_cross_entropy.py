"""Tests of reference_impl.binary_cross_entropy."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.activations import sigmoid
from reference_impl.binary_cross_entropy import (
    bce,
    bce_backward,
    bce_with_logits,
    bce_with_logits_backward,
)
from tests.numerical import central_difference, errors

PAIRS = pytest.mark.parametrize(
    "forward, backward",
    [(bce, bce_backward), (bce_with_logits, bce_with_logits_backward)],
    ids=["bce", "bce_with_logits"],
)
REDUCTIONS = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
LOGITS = np.concatenate([np.linspace(-50, 50, 201), [-1e4, -745, -700, 5e-324, 700, 1e4]])


def test_bce_by_hand():
    # A cat at 0.3: -log 0.3 = 1.20397; a dog at 0.3: -log 0.7.
    losses = bce(np.array([0.3, 0.3]), np.array([1, 0]), reduction="none")

    assert_allclose(losses, -np.log([0.3, 0.7]), rtol=1e-15)


def test_gradient_by_hand():
    # a - y, through the slope of the sigmoid: (0.3 - 1) / (0.3 * 0.7).
    assert_allclose(bce_backward(np.array([0.3]), np.array([1])), [-1 / 0.3], rtol=1e-15)
    logits = np.log([0.3 / 0.7])
    assert_allclose(bce_with_logits_backward(logits, np.array([1])), [-0.7], rtol=1e-15)


def test_pos_weight_by_hand():
    # log 2 for each; the positive one counts three times, and the mean still divides by 2.
    loss = bce_with_logits(np.zeros(2), np.array([1, 0]), pos_weight=3.0)

    assert_allclose(loss, 4 * np.log(2) / 2, rtol=1e-15)


@PAIRS
@REDUCTIONS
@given(shape=array_shapes(max_dims=3, max_side=3), seed=st.integers(0, 99))
def test_gradient_matches_central_difference(forward, backward, reduction, shape, seed):
    rng = np.random.default_rng(seed)
    first, y = rng.uniform(0.1, 0.9, size=(2, *shape))
    upstream = rng.normal(size=shape) if reduction == "none" else rng.normal()

    want = central_difference(lambda value: forward(value, y, reduction=reduction), first, upstream)
    assert_allclose(upstream * backward(first, y, reduction=reduction), want, atol=1e-7)


@pytest.mark.parametrize("pos_weight", [0.3, 5.0, [0.5, 2.0, 7.0]], ids=str)
def test_gradient_knows_pos_weight(rng, pos_weight):
    logits, y = rng.normal(size=(4, 3)), rng.uniform(size=(4, 3))

    want = central_difference(lambda z: bce_with_logits(z, y, pos_weight=pos_weight), logits)
    got = bce_with_logits_backward(logits, y, pos_weight=pos_weight)
    assert_allclose(got, want, atol=1e-8)


@given(st.floats(-30, 30), st.floats(0, 1))
def test_both_forms_agree(z, y):
    assert_allclose(bce(sigmoid(z), y), bce_with_logits(z, y), rtol=1e-2, atol=1e-12)


@given(st.floats(-1e4, 1e4), st.floats(0, 1))
def test_interview_form_is_the_same(z, y):
    want = max(z, 0) - z * y + np.log1p(np.exp(-abs(z)))

    assert_allclose(bce_with_logits(z, y), want, rtol=1e-13, atol=1e-11)


@given(st.floats(-1e4, 1e4), st.sampled_from([0, 0.25, 0.5, 1]))
def test_swapping_the_classes_changes_nothing(z, y):
    assert_allclose(bce_with_logits(z, y), bce_with_logits(-z, 1 - y), rtol=1e-14)


@PAIRS
def test_reductions_agree(rng, forward, backward):
    first, y = rng.uniform(size=(2, 4, 3))
    losses = forward(first, y, reduction="none")

    assert losses.shape == (4, 3)
    assert_allclose(forward(first, y), losses.mean(), rtol=1e-14)
    assert_allclose(forward(first, y, reduction="sum"), losses.sum(), rtol=1e-14)
    assert_allclose(backward(first, y), backward(first, y, reduction="sum") / 12, rtol=1e-14)


@pytest.mark.parametrize("sign, y", [(1, 0), (-1, 1)], ids=["negative", "positive"])
def test_logits_are_exact_to_fifty_digits(sign, y):
    targets = np.full(LOGITS.shape, y)
    losses = bce_with_logits(LOGITS, targets, reduction="none")
    slopes = bce_with_logits_backward(LOGITS, targets, reduction="none")

    assert errors(losses, lambda z: mpmath.log1p(mpmath.exp(sign * z)), LOGITS).max() <= 1e-14
    assert errors(slopes, lambda z: sign / (1 + mpmath.exp(-sign * z)), LOGITS).max() <= 1e-14


def test_probabilities_are_exact_to_fifty_digits():
    probs = np.concatenate([np.linspace(0.001, 0.999, 101), [1e-30, 1e-9]])
    hit, miss = (bce(probs, np.full(probs.shape, y), reduction="none") for y in (1, 0))

    assert errors(hit, lambda p: -mpmath.log(p), probs).max() <= 1e-14
    assert errors(miss, lambda p: -mpmath.log1p(-p), probs).max() <= 1e-14


def test_certain_predictions():
    probs, y = np.array([1.0, 0.0, 1.0, 0.0]), np.array([1, 0, 0, 1])

    assert_array_equal(bce(probs, y, reduction="none"), [0.0, 0.0, 100.0, 100.0])
    assert_array_equal(bce_backward(probs, y, reduction="none"), [0.0, 0.0, 1e12, -1e12])


def test_infinite_logits():
    logits, y = np.array([np.inf, -np.inf, np.inf, -np.inf]), np.array([1, 0, 0, 1])

    assert_array_equal(bce_with_logits(logits, y, reduction="none"), [0.0, 0.0, np.inf, np.inf])
    slopes = bce_with_logits_backward(logits, y, reduction="none")
    assert_array_equal(slopes, [0.0, 0.0, 1.0, -1.0])


@PAIRS
def test_empty_batch_has_a_sum_but_no_mean(forward, backward):
    nothing = np.zeros((0, 2))

    assert forward(nothing, nothing, reduction="sum") == 0
    assert backward(nothing, nothing, reduction="none").shape == (0, 2)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        forward(nothing, nothing)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        backward(nothing, nothing)


@PAIRS
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(forward, backward, given, kept):
    first, y = np.array([0, 1], given), np.array([1, 1])

    assert forward(first, y).dtype == kept
    assert backward(first, y).dtype == kept


def test_weights_keep_float32():
    logits = np.zeros((2, 3), "float32")

    assert bce_with_logits(logits, logits, pos_weight=np.ones(3)).dtype == "float32"
    assert bce_with_logits_backward(logits, logits, pos_weight=np.ones(3)).dtype == "float32"


@PAIRS
def test_arguments_stay_unchanged(rng, forward, backward):
    first, y = rng.uniform(size=(2, 4))
    before = first.copy(), y.copy()
    forward(first, y)
    backward(first, y)

    assert_array_equal((first, y), before)


BOTH_WAYS = pytest.mark.parametrize(
    "function", [bce, bce_backward, bce_with_logits, bce_with_logits_backward]
)


@BOTH_WAYS
def test_column_against_row_is_refused(function):
    with pytest.raises(ValueError, match=r"got (probs|logits) \(3,\), y \(3, 1\)"):
        function(np.zeros(3), np.zeros((3, 1)))


@BOTH_WAYS
def test_unknown_reduction_is_refused(function):
    with pytest.raises(ValueError, match="got 'avg'"):
        function(np.zeros(3), np.zeros(3), reduction="avg")


@BOTH_WAYS
@pytest.mark.parametrize("label", [-1.0, 1.5, np.nan])
def test_target_outside_the_unit_interval_is_refused(function, label):
    with pytest.raises(ValueError, match=rf"y must lie in \[0, 1\], got {label}..{label}"):
        function(np.zeros(1), np.array([label]))


@pytest.mark.parametrize("function", [bce, bce_backward])
@pytest.mark.parametrize("prob", [-0.1, 1.1, np.nan])
def test_probability_outside_the_unit_interval_is_refused(function, prob):
    with pytest.raises(ValueError, match=r"probs must lie in \[0, 1\]"):
        function(np.array([prob]), np.zeros(1))


@pytest.mark.parametrize("function", [bce_with_logits, bce_with_logits_backward])
@pytest.mark.parametrize("pos_weight", [-1.0, np.inf, np.nan, [1.0, 2.0], [[1.0] * 3]], ids=str)
def test_pos_weight_that_does_not_fit_is_refused(function, pos_weight):
    with pytest.raises(ValueError, match="pos_weight must"):
        function(np.zeros((2, 3)), np.zeros((2, 3)), pos_weight=pos_weight)
