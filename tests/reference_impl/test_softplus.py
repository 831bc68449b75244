"""Tests of reference_impl.softplus."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.softplus import (
    log_sigmoid,
    log_sigmoid_backward,
    softplus,
    softplus_backward,
)
from tests.numerical import central_difference, errors

PAIRS = pytest.mark.parametrize(
    "forward, backward",
    [(softplus, softplus_backward), (log_sigmoid, log_sigmoid_backward)],
    ids=["softplus", "log_sigmoid"],
)
POINTS = np.concatenate([np.linspace(-50, 50, 401), [-1e4, -745, -700, 5e-324, 700, 745, 1e4]])


def test_by_hand():
    # log(1 + 3) and log(1 / (1 + 1/3)).
    assert_allclose(softplus(np.log([3.0])), [np.log(4)], rtol=1e-15)
    assert_allclose(log_sigmoid(np.log([3.0])), [np.log(0.75)], rtol=1e-15)


@PAIRS
@pytest.mark.parametrize("shape", [(4, 3), (1,), ()], ids=str)
def test_gradient_matches_central_difference(rng, forward, backward, shape):
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)

    assert_allclose(backward(dA, Z), central_difference(forward, Z, dA), atol=1e-8)


@given(st.floats(-1e4, 1e4))
def test_values_at_opposite_points_differ_by_the_identity(z):
    assert_allclose(softplus(z) - softplus(-z), z, atol=1e-15)


@given(st.floats(-1e4, 1e4))
def test_log_sigmoid_is_a_mirrored_softplus(z):
    assert log_sigmoid(z) == -softplus(-z)


@pytest.mark.parametrize(
    "forward, truth",
    [
        (softplus, lambda z: mpmath.log1p(mpmath.exp(z))),
        (log_sigmoid, lambda z: -mpmath.log1p(mpmath.exp(-z))),
        (
            lambda z: log_sigmoid_backward(np.ones_like(z), z),
            lambda z: 1 / (1 + mpmath.exp(z)),
        ),
    ],
    ids=["softplus", "log_sigmoid", "log_sigmoid_backward"],
)
def test_exact_to_fifty_digits(forward, truth):
    assert errors(forward(POINTS), truth, POINTS).max() <= 1e-14


def test_limits_at_infinity():
    ends = np.array([-np.inf, np.inf])

    assert_array_equal(softplus(ends), [0.0, np.inf])
    assert_array_equal(log_sigmoid(ends), [-np.inf, 0.0])
    assert_array_equal(softplus_backward(np.ones(2), ends), [0.0, 1.0])
    assert_array_equal(log_sigmoid_backward(np.ones(2), ends), [1.0, 0.0])
