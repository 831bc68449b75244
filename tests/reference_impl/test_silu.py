"""Tests of reference_impl.silu."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.silu import silu, silu_backward
from tests.numerical import central_difference, errors

POINTS = np.concatenate([np.linspace(-50, 50, 401), [-1e4, -745, -700, 5e-324, 700, 1e4]])


def test_by_hand():
    # sigmoid(log 3) = 3/4.
    assert_allclose(silu(np.log([3.0])), [0.75 * np.log(3)], rtol=1e-15)


@pytest.mark.parametrize("shape", [(4, 3), (1,), ()], ids=str)
def test_gradient_matches_central_difference(rng, shape):
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)

    assert_allclose(silu_backward(dA, Z), central_difference(silu, Z, dA), atol=1e-8)


@given(st.floats(-1e4, 1e4))
def test_values_at_opposite_points_differ_by_the_identity(z):
    # z s(z) + z s(-z) = z.
    assert_allclose(silu(z) - silu(-z), z, rtol=1e-14, atol=1e-320)


def test_exact_to_fifty_digits():
    def truth(z):
        return z / (1 + mpmath.exp(-z))

    def slope(z):
        s = 1 / (1 + mpmath.exp(-z))
        return s * (1 + z * (1 - s))

    assert errors(silu(POINTS), truth, POINTS).max() <= 1e-14
    assert errors(silu_backward(np.ones_like(POINTS), POINTS), slope, POINTS).max() <= 1e-14


def test_limits_at_infinity():
    ends = np.array([-np.inf, np.inf])

    assert_array_equal(silu(ends), [0.0, np.inf])
    assert_array_equal(silu_backward(np.ones(2), ends), [0.0, 1.0])
