"""Tests of reference_impl.softmax."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.softmax import (
    log_softmax,
    log_softmax_backward,
    logsumexp,
    softmax,
    softmax_backward,
    softmax_jacobian,
)
from tests.numerical import central_difference, errors

FORWARD = pytest.mark.parametrize("forward", [softmax, log_softmax, logsumexp])
PAIRS = pytest.mark.parametrize(
    "forward, backward", [(softmax, softmax_backward), (log_softmax, log_softmax_backward)]
)
BATCHES = arrays(float, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e4, 1e4))
# The gap to the other score: -800 underflows, 40 leaves 4e-18 for the other.
GAPS = np.array([-1e4, -800.0, -700.0, -40.0, -1.0, 0.0, 1e-9, 2.0, 40.0, 700.0, 800.0, 1e4])


def test_by_hand():
    # Weights 1, 2 and 5 of a sum of 8.
    Z = np.log([[1.0, 2.0, 5.0]])

    assert_allclose(softmax(Z), [[0.125, 0.25, 0.625]], rtol=1e-15)
    assert_allclose(log_softmax(Z), np.log([[0.125, 0.25, 0.625]]), rtol=1e-15)
    assert_allclose(logsumexp(Z), [np.log(8)], rtol=1e-15)


def test_jacobian_by_hand():
    # Diagonal p (1 - p), elsewhere -p q.
    want = [[0.1875, -0.125, -0.0625], [-0.125, 0.25, -0.125], [-0.0625, -0.125, 0.1875]]

    assert_array_equal(softmax_jacobian(np.array([0.25, 0.5, 0.25])), want)


@PAIRS
@pytest.mark.parametrize("shape, axis", [((4, 3), 1), ((4, 3), 0), ((2, 3, 2), -2), ((3,), -1)])
@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_gradient_matches_central_difference(rng, forward, backward, shape, axis, temperature):
    Z, upstream = rng.normal(size=shape), rng.normal(size=shape)

    got = backward(upstream, forward(Z, axis, temperature), axis, temperature)

    want = central_difference(lambda z: forward(z, axis, temperature), Z, upstream)
    assert_allclose(got, want, atol=1e-8)


def test_gradient_of_logsumexp_is_softmax(rng):
    Z, upstream = rng.normal(size=(4, 3)), rng.normal(size=4)

    want = central_difference(logsumexp, Z, upstream)
    assert_allclose(upstream[:, np.newaxis] * softmax(Z), want, atol=1e-8)


def test_backward_is_a_product_with_the_jacobian(rng):
    probs, dprobs = softmax(rng.normal(size=5)), rng.normal(size=5)

    assert_allclose(softmax_backward(dprobs, probs), softmax_jacobian(probs) @ dprobs, atol=1e-15)


@given(BATCHES, st.floats(-1e4, 1e4))
def test_shift_changes_nothing(Z, shift):
    # Rounding Z + shift alone costs up to 2e4 * 2**-53 in each score.
    assert_allclose(softmax(Z + shift), softmax(Z), atol=1e-11)


@given(BATCHES)
def test_sums_to_one_along_every_axis(Z):
    for axis in range(Z.ndim):
        assert_allclose(softmax(Z, axis).sum(axis=axis), 1.0, rtol=1e-15 * Z.size)


@given(BATCHES, st.floats(0.1, 100))
def test_three_functions_agree(Z, temperature):
    log_probs = log_softmax(Z, temperature=temperature)

    assert_allclose(np.exp(log_probs), softmax(Z, temperature=temperature), atol=1e-11)
    scaled = Z / temperature
    assert_allclose(log_probs, scaled - logsumexp(scaled, keepdims=True), atol=1e-9)


@given(BATCHES, st.integers(0, 99))
def test_gradients_sum_to_zero(Z, seed):
    upstream = np.random.default_rng(seed).normal(size=Z.shape)

    assert_allclose(softmax_backward(upstream, softmax(Z)).sum(axis=-1), 0, atol=1e-14)
    assert_allclose(log_softmax_backward(upstream, log_softmax(Z)).sum(axis=-1), 0, atol=1e-13)


def test_temperature_flattens_and_sharpens():
    Z = np.array([1.0, 2.0, 3.0])

    assert_allclose(softmax(Z, temperature=1e9), 1 / 3, rtol=1e-8)
    assert_array_equal(softmax(Z, temperature=1e-3), [0.0, 0.0, 1.0])


@pytest.mark.parametrize(
    "forward, truth",
    [
        (softmax, lambda gap: 1 / (1 + mpmath.exp(-gap))),
        (log_softmax, lambda gap: -mpmath.log1p(mpmath.exp(-gap))),
    ],
)
@pytest.mark.parametrize("base", [0.0, 1024.0, -1024.0])
def test_exact_to_fifty_digits(forward, truth, base):
    # Small gaps are rounded away beside a base of 1024.
    gaps = (GAPS + base) - base
    Z = np.stack([gaps + base, np.full_like(gaps, base)], axis=1)

    assert errors(forward(Z)[:, 0], truth, gaps).max() <= 1e-12


def test_logsumexp_is_exact_to_fifty_digits():
    Z = np.stack([GAPS, np.zeros_like(GAPS)], axis=1)

    assert errors(logsumexp(Z), lambda gap: mpmath.log1p(mpmath.exp(gap)), GAPS).max() <= 1e-12


@pytest.mark.parametrize("top", [1000.0, -1000.0, 1e4, -1e4])
def test_far_scores(top):
    Z = top - np.array([[0.0, 1.0, 2000.0]])
    weights = np.exp([0.0, -1.0])

    assert_allclose(softmax(Z), [[*weights / weights.sum(), 0.0]], rtol=1e-15)
    assert_allclose(log_softmax(Z)[0, 2], -2000 - np.log(weights.sum()), rtol=1e-15)


def test_far_rows_do_not_disturb_each_other():
    Z = np.array([[0.0, 0.0], [-1e4, -1e4]])

    assert_array_equal(softmax(Z), np.full((2, 2), 0.5))


def test_masked_entries():
    Z = np.array([[-np.inf, 0.0, 0.0], [-np.inf, -np.inf, -np.inf]])

    assert_allclose(softmax(Z), [[0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-15)
    assert_allclose(log_softmax(Z)[0], [-np.inf, -np.log(2), -np.log(2)], rtol=1e-15)
    assert_allclose(logsumexp(Z), [np.log(2), -np.inf], rtol=1e-15)


def test_infinite_score_takes_all():
    Z = np.array([np.inf, 0.0])

    assert_array_equal(softmax(Z), [1.0, 0.0])
    assert_array_equal(log_softmax(Z), [0.0, -np.inf])
    assert logsumexp(Z) == np.inf


def test_one_class_has_probability_one():
    assert_array_equal(softmax(np.array([[-3.0], [1e4]])), [[1.0], [1.0]])
    assert_array_equal(log_softmax(np.array([[-3.0], [1e4]])), [[0.0], [0.0]])


def test_empty_batch():
    assert softmax(np.zeros((0, 3))).shape == (0, 3)
    assert log_softmax(np.zeros((0, 3))).shape == (0, 3)
    assert logsumexp(np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("axis, shape", [(0, (1, 3)), (1, (2, 1)), (-1, (2, 1))])
def test_keepdims_keeps_the_axis(axis, shape):
    assert logsumexp(np.zeros((2, 3)), axis, keepdims=True).shape == shape


@FORWARD
@pytest.mark.parametrize(
    "given, kept", [("float32", "float32"), ("int64", "float64"), ("uint8", "float64")]
)
def test_dtype(forward, given, kept):
    assert forward(np.array([[0, 1, 200]], given)).dtype == kept


@PAIRS
def test_gradients_keep_float32(forward, backward):
    Z = np.array([[0, 1, 2]], "float32")
    warm = np.float64(2.0)

    assert backward(Z, forward(Z, temperature=warm), temperature=warm).dtype == "float32"
    assert softmax_jacobian(Z[0]).dtype == "float32"


@FORWARD
def test_logits_stay_unchanged(rng, forward):
    Z = rng.normal(size=(4, 3))
    before = Z.copy()
    forward(Z)

    assert_array_equal(Z, before)


@PAIRS
def test_upstream_gradient_stays_unchanged(rng, forward, backward):
    upstream, out = rng.normal(size=(4, 3)), forward(rng.normal(size=(4, 3)))
    before = upstream.copy(), out.copy()
    backward(upstream, out)

    assert_array_equal((upstream, out), before)


@pytest.mark.parametrize(
    "function", [softmax, log_softmax, lambda Z, **kw: softmax_backward(Z, Z, **kw)]
)
@pytest.mark.parametrize("temperature", [0.0, -1.0, np.nan, np.inf])
def test_temperature_that_is_not_positive_is_refused(function, temperature):
    with pytest.raises(ValueError, match=f"positive and finite, got {temperature}"):
        function(np.zeros(2), temperature=temperature)


def test_temperature_of_the_logarithm_is_refused():
    with pytest.raises(ValueError, match="positive and finite, got 0"):
        log_softmax_backward(np.zeros(2), np.zeros(2), temperature=0)


@FORWARD
def test_axis_out_of_range_is_refused(forward):
    with pytest.raises(ValueError, match="axis 2 is out of bounds for array of dimension 2"):
        forward(np.zeros((2, 3)), axis=2)


@pytest.mark.parametrize("backward", [softmax_backward, log_softmax_backward])
def test_axis_of_a_gradient_out_of_range_is_refused(backward):
    with pytest.raises(ValueError, match="axis 2 is out of bounds"):
        backward(np.zeros((2, 3)), np.zeros((2, 3)), axis=2)


@pytest.mark.parametrize("backward", [softmax_backward, log_softmax_backward])
def test_column_against_row_is_refused(backward):
    with pytest.raises(ValueError, match=r"\(3,\), (log_)?probs \(3, 1\)"):
        backward(np.zeros(3), np.zeros((3, 1)))


def test_jacobian_of_a_batch_is_refused():
    with pytest.raises(ValueError, match=r"probs must have shape \(C,\), got \(2, 3\)"):
        softmax_jacobian(np.zeros((2, 3)))
