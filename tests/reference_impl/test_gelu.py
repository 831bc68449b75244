"""Tests of reference_impl.gelu."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm

from reference_impl.gelu import gelu, gelu_backward, gelu_tanh, gelu_tanh_backward
from tests.numerical import central_difference, errors

PAIRS = pytest.mark.parametrize(
    "forward, backward", [(gelu, gelu_backward), (gelu_tanh, gelu_tanh_backward)]
)
POINTS = np.concatenate([np.linspace(-39, 39, 105), [-1e4, -1e-3, 5e-324, 1e-9, 100.0, 1e4]])


def _tanh_form(z):
    u = mpmath.sqrt(2 / mpmath.pi) * (z + mpmath.mpf("0.044715") * z**3)
    # 1 + tanh(u), without the cancellation of the tail.
    return z / (1 + mpmath.exp(-2 * u))


def _tanh_slope(z):
    twice = mpmath.sqrt(8 / mpmath.pi)
    u = twice * (z + mpmath.mpf("0.044715") * z**3)
    s, other = 1 / (1 + mpmath.exp(-u)), 1 / (1 + mpmath.exp(u))
    return s * (1 + z * other * twice * (1 + 3 * mpmath.mpf("0.044715") * z**2))


def test_by_hand():
    # 97.5 % of a normal variable lie below 1.959963984540054.
    z = 1.959963984540054

    assert_allclose(gelu(np.array([z, -z])), [0.975 * z, -0.025 * z], rtol=1e-14)


def test_matches_the_normal_distribution_of_scipy(rng):
    Z = 3 * rng.normal(size=(4, 3))

    assert_allclose(gelu(Z), Z * norm.cdf(Z), rtol=1e-12)


@PAIRS
@pytest.mark.parametrize("shape", [(4, 3), (1,), ()], ids=str)
def test_gradient_matches_central_difference(rng, forward, backward, shape):
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)

    assert_allclose(backward(dA, Z), central_difference(forward, Z, dA), atol=1e-8)


@PAIRS
@given(z=st.floats(-1e4, 1e4))
def test_values_at_opposite_points_differ_by_the_identity(forward, backward, z):
    assert_allclose(forward(z) - forward(-z), z, rtol=1e-14, atol=1e-320)


@given(st.floats(-1e4, 1e4))
def test_approximation_is_close(z):
    assert abs(gelu_tanh(z) - gelu(z)) < 5e-4


@pytest.mark.parametrize(
    "forward, truth",
    [
        (gelu, lambda z: z * mpmath.erfc(-z / mpmath.sqrt(2)) / 2),
        (
            lambda z: gelu_backward(np.ones_like(z), z),
            lambda z: mpmath.erfc(-z / mpmath.sqrt(2)) / 2 + z * mpmath.npdf(z),
        ),
        (gelu_tanh, _tanh_form),
        (lambda z: gelu_tanh_backward(np.ones_like(z), z), _tanh_slope),
    ],
    ids=["gelu", "gelu_backward", "gelu_tanh", "gelu_tanh_backward"],
)
def test_exact_to_fifty_digits(forward, truth):
    assert errors(forward(POINTS), truth, POINTS).max() <= 1e-14


@PAIRS
def test_limits_at_infinity(forward, backward):
    ends = np.array([-np.inf, np.inf])

    assert_array_equal(forward(ends), [0.0, np.inf])
    assert_array_equal(backward(np.ones(2), ends), [0.0, 1.0])


@PAIRS
def test_zero_and_nothing_stay(forward, backward):
    assert_array_equal(forward(np.array([0.0, -0.0])), [0.0, 0.0])
    assert forward(np.zeros((0, 3))).shape == (0, 3)
    assert backward(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)
