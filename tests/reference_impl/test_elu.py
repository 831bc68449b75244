"""Tests of reference_impl.elu."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.elu import elu, elu_backward, selu, selu_backward
from tests.numerical import central_difference, errors

PAIRS = pytest.mark.parametrize(
    "forward, backward", [(elu, elu_backward), (selu, selu_backward)], ids=["elu", "selu"]
)
BELOW = -np.concatenate([np.logspace(-300, 4, 200), [5e-324]])


def test_elu_by_hand():
    # exp(-log 4) - 1 = -3/4, times alpha.
    assert_allclose(elu(np.array([-np.log(4), 3.0])), [-0.75, 3.0], rtol=1e-15)
    assert_allclose(elu(np.array([-np.log(4), 3.0]), alpha=2.0), [-1.5, 3.0], rtol=1e-15)
    assert_allclose(elu_backward(np.full(2, 8.0), np.array([-np.log(4), 3.0]), 2.0), [4.0, 8.0])


def test_selu_is_a_scaled_elu():
    scale, alpha = 1.0507009873554805, 1.6732632423543772

    assert_allclose(selu(np.array([-1.0, 2.0])), [scale * alpha * np.expm1(-1), scale * 2])


@PAIRS
@pytest.mark.parametrize("shape", [(4, 3), (1,), ()], ids=str)
def test_gradient_matches_central_difference(rng, forward, backward, shape):
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)

    assert_allclose(backward(dA, Z), central_difference(forward, Z, dA), atol=1e-8)


def test_gradient_knows_alpha(rng):
    Z, dA = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))

    want = central_difference(lambda z: elu(z, 0.3), Z, dA)
    assert_allclose(elu_backward(dA, Z, 0.3), want, atol=1e-8)


def test_slope_at_zero_is_that_of_the_left():
    assert_array_equal(elu_backward(np.ones(2), np.array([0.0, -0.0]), alpha=0.5), [0.5, 0.5])


@given(st.floats(-1e4, 1e4), st.floats(0.1, 10))
def test_elu_stays_above_minus_alpha(z, alpha):
    assert -alpha <= elu(z, alpha) <= max(z, 0)


def test_selu_keeps_mean_and_variance_of_a_normal_input(rng):
    A = selu(rng.normal(size=1_000_000))

    assert_allclose([A.mean(), A.var()], [0, 1], atol=5e-3)


def test_exact_to_fifty_digits():
    def slope(z):
        return mpmath.exp(z)

    assert errors(elu(BELOW), mpmath.expm1, BELOW).max() <= 1e-14
    assert errors(elu_backward(np.ones_like(BELOW), BELOW), slope, BELOW).max() <= 1e-14


def test_numpy_scalar_as_alpha_keeps_float32():
    assert elu(np.ones(2, "float32"), np.float64(0.5)).dtype == "float32"


@pytest.mark.parametrize("alpha", [np.nan, np.inf])
def test_alpha_that_is_not_finite_is_refused(alpha):
    with pytest.raises(ValueError, match=f"alpha must be finite.*got {alpha}"):
        elu(np.zeros(2), alpha)
    with pytest.raises(ValueError, match=f"alpha must be finite.*got {alpha}"):
        elu_backward(np.zeros(2), np.zeros(2), alpha)


@PAIRS
def test_infinities_are_quiet(forward, backward):
    ends = np.array([-np.inf, np.inf])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        A, dZ = forward(ends), backward(np.ones(2), ends)

    assert np.isfinite(A[0])
    assert A[1] == np.inf
    assert np.isfinite(dZ).all()
