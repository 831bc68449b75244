"""Tests of reference_impl.gradient_check."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.gradient_check import gradient_check, numerical_gradient, relative_error

ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3), elements=st.floats(-1e3, 1e3))


def _cube(x):
    return (x**3).sum()


def test_slope_of_a_square_is_twice_the_value():
    # d(x²)/dx at (1, -3) is (2, -6).
    assert_allclose(numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0]), [2, -6], rtol=1e-9)


def test_upstream_gradient_weighs_the_outputs():
    # f(x) = (x², 3x) at 2: 10 * 2x + 1 * 3 = 43.
    def f(x):
        return np.array([x**2, 3 * x])

    assert_allclose(numerical_gradient(f, 2.0, [10.0, 1.0]), 43, rtol=1e-9)


@pytest.mark.parametrize("h", [1e-2, 1e-3])
def test_error_on_a_cube_is_h_squared(h):
    # ((1 + h)³ - (1 - h)³) / 2h = 3 + h².
    assert_allclose(numerical_gradient(_cube, 1.0, h=h) - 3, h**2, rtol=1e-5)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 3), (0, 3)], ids=str)
def test_gradient_has_the_shape_of_the_point(rng, shape):
    x = rng.normal(size=shape)

    assert_allclose(numerical_gradient(_cube, x), 3 * x**2, atol=1e-8)


def test_function_is_called_twice_for_each_entry():
    calls = []

    numerical_gradient(lambda x: calls.append(1) or 0.0, np.zeros((2, 3)))

    assert len(calls) == 12


def test_integer_point_is_taken_as_float():
    assert_allclose(numerical_gradient(_cube, np.array([1, 2])), [3, 12], rtol=1e-8)


def test_function_that_changes_its_argument_does_no_harm():
    def spoils(x):
        value = _cube(x)
        x[:] = 0
        return value

    assert_allclose(numerical_gradient(spoils, np.array([1.0, 2.0])), [3, 12], rtol=1e-8)


def test_point_is_left_as_it_was():
    x = np.array([1.0, 2.0])

    numerical_gradient(_cube, x)

    assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize("h", [0.0, -1e-5, np.nan, np.inf])
def test_step_must_be_positive_and_finite(h):
    with pytest.raises(ValueError, match="h must be positive and finite, got"):
        numerical_gradient(_cube, 1.0, h=h)


def test_relative_error_of_one_and_a_half_is_a_half():
    assert_allclose(relative_error([1.0, -2.0], [0.5, -2.5]), [0.5, 0.2], rtol=1e-15)


@given(ARRAYS)
def test_array_has_no_error_against_itself(a):
    assert_array_equal(relative_error(a, a), np.zeros(a.shape))


@given(ARRAYS, st.floats(-1e3, 1e3))
def test_relative_error_is_symmetric(a, other):
    b = np.full(a.shape, other)

    assert_array_equal(relative_error(a, b), relative_error(b, a))


def test_noise_around_zero_is_no_error():
    assert relative_error(0.0, 1e-14) < 1e-5


def test_equal_infinities_agree_and_opposite_ones_do_not():
    error = relative_error([np.inf, np.inf], [np.inf, -np.inf])

    assert error[0] == 0
    assert np.isnan(error[1])


def test_shapes_that_would_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"\(3,\) and \(3, 1\)"):
        relative_error(np.zeros(3), np.zeros((3, 1)))


@pytest.mark.parametrize("floor", [0.0, -1.0, np.nan, np.inf])
def test_floor_must_be_positive_and_finite(floor):
    with pytest.raises(ValueError, match="floor must be positive and finite, got"):
        relative_error(1.0, 1.0, floor=floor)


def test_right_gradient_passes(rng):
    x, upstream = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))

    report = gradient_check(np.sin, upstream * np.cos(x), x, upstream)

    assert report["ok"]
    assert report["max_error"] < 1e-8


def test_planted_error_is_named(rng):
    x = rng.normal(size=(3, 4))
    gradient = 3 * x**2
    gradient[1, 2] += 0.01

    report = gradient_check(_cube, gradient, x)

    assert not report["ok"]
    assert report["worst_index"] == (1, 2)
    assert_allclose(report["analytic"] - report["numeric"], 0.01, rtol=1e-6)


def test_nan_is_worse_than_any_error():
    report = gradient_check(_cube, [100.0, np.nan], [1.0, 1.0])

    assert not report["ok"]
    assert report["worst_index"] == (1,)


def test_empty_gradient_passes():
    assert gradient_check(_cube, np.zeros((0, 2)), np.zeros((0, 2)))["worst_index"] is None


def test_checked_gradient_is_left_as_it_was():
    gradient = np.array([3.0, 12.0])

    gradient_check(_cube, gradient, [1.0, 2.0])

    assert_array_equal(gradient, [3.0, 12.0])


def test_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"gradient has shape \(2,\), x has shape \(2, 1\)"):
        gradient_check(_cube, np.zeros(2), np.zeros((2, 1)))


@pytest.mark.parametrize("tol", [0.0, -1.0, np.nan, np.inf])
def test_tolerance_must_be_positive_and_finite(tol):
    with pytest.raises(ValueError, match="tol must be positive and finite, got"):
        gradient_check(_cube, 3.0, 1.0, tol=tol)
