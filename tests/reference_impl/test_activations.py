"""Tests of reference_impl.activations."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl import activations
from reference_impl.activations import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from tests.numerical import central_difference, errors

NAMES = ["sigmoid", "tanh", "relu", "leaky_relu"]
EVERY = pytest.mark.parametrize("name", NAMES)
POINTS = np.concatenate(
    [np.linspace(-50, 50, 401), [-1e4, -745, -700, -1e-3, -1e-300, 5e-324, 1e-8, 36.75, 700, 1e4]]
)


def _pair(name):
    return getattr(activations, name), getattr(activations, f"{name}_backward")


def _input_of_backward(name, Z):
    """Sigmoid and tanh take the activation, the others the pre-activation."""
    return _pair(name)[0](Z) if name in ("sigmoid", "tanh") else Z


def test_sigmoid_by_hand():
    # exp(-log 3) = 1/3, so 1 / (1 + 1/3) = 3/4.
    assert_allclose(sigmoid(np.log([[1 / 3, 1.0, 3.0]])), [[0.25, 0.5, 0.75]], rtol=1e-15)
    assert_allclose(sigmoid_backward(np.array([16.0]), np.array([0.25])), 3.0, rtol=1e-15)


def test_tanh_by_hand():
    # (2 - 1/2) / (2 + 1/2) = 3/5, and 1 - 9/25 = 16/25.
    assert_allclose(tanh(np.log([0.5, 2.0])), [-0.6, 0.6], rtol=1e-15)
    assert_allclose(tanh_backward(np.array([25.0]), np.array([-0.6])), 16.0, rtol=1e-15)


def test_relu_by_hand():
    assert_array_equal(relu(np.array([[-3.0, 2.5], [0.0, 1e-300]])), [[0.0, 2.5], [0.0, 1e-300]])


@pytest.mark.parametrize("slope, below", [(0.01, -0.04), (0.0, 0.0), (3.0, -12.0), (-1.0, 4.0)])
def test_leaky_relu_by_hand(slope, below):
    assert_allclose(leaky_relu(np.array([-4.0, 2.5]), slope), [below, 2.5], rtol=1e-15)


@EVERY
@pytest.mark.parametrize("shape", [(4, 3), (2, 3, 2), (1,), ()], ids=str)
def test_gradient_matches_central_difference(rng, name, shape):
    forward, backward = _pair(name)
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)

    got = backward(dA, _input_of_backward(name, Z))

    assert_allclose(got, central_difference(forward, Z, dA), atol=1e-8)


def test_slope_at_the_kink():
    at_zero = np.array([0.0, -0.0])

    assert_array_equal(relu_backward(np.ones(2), at_zero), [0.0, 0.0])
    assert_array_equal(leaky_relu_backward(np.ones(2), at_zero, 0.25), [0.25, 0.25])


@given(st.floats(-1e4, 1e4))
def test_sigmoid_of_the_opposite_is_the_complement(z):
    assert_allclose(sigmoid(z) + sigmoid(-z), 1.0, rtol=1e-15)


@given(st.floats(-1e4, 1e4))
def test_tanh_is_a_rescaled_sigmoid(z):
    assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-15)


@given(st.floats(-1e4, 1e4), st.floats(0, 1))
def test_leaky_relu_with_slope_up_to_one_is_a_maximum(z, slope):
    assert_allclose(leaky_relu(z, slope), max(slope * z, z), rtol=1e-15)


@EVERY
def test_never_decreases(name):
    assert np.all(np.diff(_pair(name)[0](np.sort(POINTS))) >= 0)


@pytest.mark.parametrize(
    "forward, truth", [(sigmoid, lambda z: 1 / (1 + mpmath.exp(-z))), (tanh, mpmath.tanh)]
)
def test_exact_to_fifty_digits(forward, truth):
    assert errors(forward(POINTS), truth, POINTS).max() <= 1e-14


def test_slopes_are_exact_to_fifty_digits():
    A = np.linspace(-1, 1, 401)

    assert errors(tanh_backward(np.ones(401), A), lambda a: 1 - a * a, A).max() <= 1e-14
    assert errors(sigmoid_backward(np.ones(401), A), lambda a: a - a * a, A).max() <= 1e-14


@pytest.mark.parametrize(
    "name, limits",
    [
        ("sigmoid", [0.0, 1.0]),
        ("tanh", [-1.0, 1.0]),
        ("relu", [0.0, np.inf]),
        ("leaky_relu", [-np.inf, np.inf]),
    ],
)
def test_limits_at_infinity(name, limits):
    assert_array_equal(_pair(name)[0](np.array([-np.inf, np.inf])), limits)


def test_leaky_relu_of_slope_zero_is_relu_at_infinity():
    assert_array_equal(leaky_relu(np.array([-np.inf, np.inf]), 0.0), [0.0, np.inf])


@EVERY
def test_extremes_are_quiet(name):
    forward, backward = _pair(name)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        dZ = backward(np.ones_like(POINTS), _input_of_backward(name, POINTS))

    assert np.isfinite(forward(POINTS)).all()
    assert np.isfinite(dZ).all()


@EVERY
def test_zero_and_nothing_stay(name):
    at_zero = 0.5 if name == "sigmoid" else 0.0

    assert_array_equal(_pair(name)[0](np.array([0.0, -0.0])), [at_zero, at_zero])
    assert _pair(name)[0](np.zeros((0, 3))).shape == (0, 3)


@EVERY
@pytest.mark.parametrize(
    "given, kept", [("float32", "float32"), ("int64", "float64"), ("uint8", "float64")]
)
def test_dtype(name, given, kept):
    forward, backward = _pair(name)
    Z = np.array([0, 1, 200], given)

    assert forward(Z).dtype == kept
    assert backward(Z, Z).dtype == kept


def test_numpy_scalar_as_slope_keeps_float32():
    Z = np.array([-1.0], "float32")

    assert leaky_relu(Z, np.float64(0.1)).dtype == "float32"
    assert leaky_relu_backward(Z, Z, np.float64(0.1)).dtype == "float32"


@EVERY
def test_scalars_work(name):
    forward, backward = _pair(name)

    assert np.ndim(forward(2.0)) == 0
    assert np.ndim(backward(1.0, 0.5)) == 0


@EVERY
def test_arguments_stay_unchanged(rng, name):
    forward, backward = _pair(name)
    Z, dA = rng.normal(size=(2, 4, 3))
    before = Z.copy(), dA.copy()
    forward(Z)
    backward(dA, Z)

    assert_array_equal((Z, dA), before)


@EVERY
def test_column_against_row_is_refused(name):
    with pytest.raises(ValueError, match=r"got dA \(3,\), . \(3, 1\)"):
        _pair(name)[1](np.zeros(3), np.zeros((3, 1)))


@pytest.mark.parametrize("slope", [np.nan, np.inf])
def test_slope_that_is_not_finite_is_refused(slope):
    with pytest.raises(ValueError, match=f"negative_slope must be finite, got {slope}"):
        leaky_relu(np.zeros(2), slope)
    with pytest.raises(ValueError, match=f"negative_slope must be finite, got {slope}"):
        leaky_relu_backward(np.zeros(2), np.zeros(2), slope)
