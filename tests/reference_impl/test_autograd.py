"""Tests of reference_impl.autograd."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from reference_impl.autograd import Value
from reference_impl.gradient_check import numerical_gradient

NUMBERS = st.floats(-5, 5)


def test_value_used_twice_adds_its_gradients():
    # f = xy(x + y): df/dx = 2xy + y² = 21, df/dy = x² + 2xy = 16 at (2, 3).
    x, y = Value(2.0), Value(3.0)

    (x * y * (x + y)).backward()

    assert (x.grad, y.grad) == (21, 16)


def test_shared_inner_value_waits_for_all_that_use_it():
    # y = a + b, w = y² + y: dw/da = 2y + 1 = 7 at (2, 1).
    a, b = Value(2.0), Value(1.0)
    y = a + b

    (y**2 + y).backward()

    assert a.grad == b.grad == 7


@pytest.mark.parametrize(
    "function, point",
    [
        (lambda x: x + x * 3 - 2, 1.5),
        (lambda x: 2 - x / 4 + 3 / x, -1.5),
        (lambda x: -(x**3) + x**-2 + x**0, 0.7),
        (lambda x: 5 + 2 * x, 0.7),
    ],
    ids=["sum", "quotient", "power", "reflected"],
)
def test_arithmetic_matches_numerical_gradient(function, point):
    x = Value(point)

    y = function(x)
    (y * 1.7).backward()

    assert_allclose(y.data, function(point), rtol=1e-15)
    assert_allclose(x.grad, 1.7 * numerical_gradient(function, point), rtol=1e-8)


@pytest.mark.parametrize(
    "name, function",
    [
        ("exp", np.exp),
        ("log", np.log),
        ("tanh", np.tanh),
        ("relu", lambda x: np.maximum(x, 0)),
        ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
    ],
)
def test_function_matches_numerical_gradient(name, function):
    x = Value(0.8)

    y = getattr(x, name)()
    (y * -2.5).backward()

    assert_allclose(y.data, function(0.8), rtol=1e-15)
    assert_allclose(x.grad, -2.5 * numerical_gradient(function, 0.8), rtol=1e-8)


@given(NUMBERS, NUMBERS)
def test_product_rule_holds(a, b):
    x, y = Value(a), Value(b)

    (x * y).backward()

    assert (x.grad, y.grad) == (b, a)


@given(NUMBERS)
def test_sigmoids_of_opposite_values_add_up_to_one(a):
    x = Value(a)

    total = x.sigmoid() + (-x).sigmoid()
    total.backward()

    assert_allclose(total.data, 1, rtol=1e-15)
    assert_allclose(x.grad, 0, atol=1e-16)


def test_second_call_adds_to_the_leaves_once_more():
    x = Value(3.0)
    y = (x * x).tanh() * x
    y.backward()
    once = x.grad

    y.backward()

    assert_allclose(x.grad, 2 * once, rtol=1e-15)


def test_leaf_is_its_own_derivative():
    x = Value(3.0)

    x.backward()

    assert x.grad == 1


@pytest.mark.parametrize("n_nodes", [2_000, 100_000])
def test_long_chain_needs_no_recursion(n_nodes):
    x = Value(1.0)
    y = x
    for _ in range(n_nodes):
        y = y + 1.0

    y.backward()

    assert x.grad == 1


def test_order_holds_each_value_once_operands_first():
    x = Value(2.0)
    square = x * x
    total = square + x

    assert total.topological_order() == [x, square, total]


@pytest.mark.parametrize("x, y", [(-1000.0, 0.0), (1000.0, 1.0)])
def test_sigmoid_saturates_quietly(x, y):
    x = Value(x)

    out = x.sigmoid()
    out.backward()

    assert out.data == y
    assert x.grad == 0


def test_sigmoid_keeps_its_small_tail():
    # σ(-40) is exp(-40) to 17 digits, and so is its slope.
    x = Value(-40.0)

    out = x.sigmoid()
    out.backward()

    assert_allclose([out.data, x.grad], np.exp(-40), rtol=1e-15)


def test_relu_has_slope_zero_at_zero():
    x = Value(0.0)

    x.relu().backward()

    assert x.grad == 0


def test_exponential_of_a_large_value_is_infinite():
    assert Value(1000.0).exp().data == np.inf


def test_zeroth_power_is_constant_at_zero():
    x = Value(0.0)

    (x**0).backward()

    assert x.grad == 0


def test_operands_keep_their_numbers():
    x, y = Value(2.0), Value(3.0)

    (x / y - y).backward()

    assert (x.data, y.data) == (2, 3)


@pytest.mark.parametrize("x", [0.0, -1.0, np.nan])
def test_log_of_what_is_not_positive_is_refused(x):
    with pytest.raises(ValueError, match="log needs a positive value"):
        Value(x).log()


def test_value_as_exponent_is_refused():
    with pytest.raises(TypeError, match="exponent must be a number"):
        Value(2.0) ** Value(3.0)
