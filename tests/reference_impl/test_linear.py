"""Tests of reference_impl.linear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.linear import linear_backward, linear_forward
from tests.numerical import central_difference

X = np.array([[1.0, 2.0], [0.0, -1.0]])
W = np.array([[3.0, 1.0, 0.0], [4.0, 0.0, -1.0]])
b = np.array([5.0, 0.5, 0.0])


def _layer(rng, n_examples, n_inputs, n_outputs):
    shapes = (n_examples, n_inputs), (n_inputs, n_outputs), (n_outputs,)
    return [rng.normal(size=shape) for shape in shapes]


def test_forward_by_hand():
    Z, _ = linear_forward(X, W, b)

    # Row 0: 1*3 + 2*4 + 5, 1*1 + 0.5, -2. Row 1: -4 + 5, 0.5, 1.
    assert_array_equal(Z, [[16.0, 1.5, -2.0], [1.0, 0.5, 1.0]])


def test_backward_by_hand():
    dX, dW, db = linear_backward(np.array([[1.0, 0.0, 2.0], [0.0, 10.0, 0.0]]), (X, W))

    assert_array_equal(dX, [[3.0, 2.0], [10.0, 0.0]])
    assert_array_equal(dW, [[1.0, 0.0, 2.0], [2.0, -10.0, 4.0]])
    assert_array_equal(db, [1.0, 10.0, 2.0])


@pytest.mark.parametrize("which", [0, 1, 2], ids=["dX", "dW", "db"])
@pytest.mark.parametrize("sizes", [(4, 3, 2), (3, 3, 3), (1, 1, 1)], ids=str)
def test_gradient_matches_central_difference(rng, sizes, which):
    args = _layer(rng, *sizes)
    Z, cache = linear_forward(*args)
    dZ = rng.normal(size=Z.shape)

    def forward(value):
        return linear_forward(*args[:which], value, *args[which + 1 :])[0]

    want = central_difference(forward, args[which], dZ)
    assert_allclose(linear_backward(dZ, cache)[which], want, atol=1e-9)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_backward_is_the_adjoint_of_forward(n_examples, n_inputs, n_outputs, seed):
    rng = np.random.default_rng(seed)
    X, W, b = _layer(rng, n_examples, n_inputs, n_outputs)
    Z, cache = linear_forward(X, W, 0 * b)
    dZ = rng.normal(size=Z.shape)
    dX, dW, _ = linear_backward(dZ, cache)

    # A map that is linear in X and in W: <Z, dZ> = <X, dX> = <W, dW>.
    assert_allclose([np.sum(X * dX), np.sum(W * dW)], np.sum(Z * dZ), atol=1e-12)


def test_zero_weights_leave_the_bias():
    Z, _ = linear_forward(X, 0 * W, b)

    assert_array_equal(Z, [b, b])


def test_empty_batch_has_zero_gradients():
    Z, cache = linear_forward(np.zeros((0, 2)), W, b)
    dX, dW, db = linear_backward(Z, cache)

    assert Z.shape == (0, 3)
    assert dX.shape == (0, 2)
    assert_array_equal(dW, np.zeros((2, 3)))
    assert_array_equal(db, np.zeros(3))


@pytest.mark.parametrize(
    "given, kept", [("float32", "float32"), ("int64", "float64"), ("uint8", "float64")]
)
def test_dtype(given, kept):
    args = [np.full(shape, 200, given) for shape in [(2, 3), (3, 1), (1,)]]
    Z, cache = linear_forward(*args)

    # In uint8, 200 * 200 would have wrapped around.
    assert_array_equal(Z, np.full((2, 1), 3 * 200 * 200 + 200, kept), strict=True)
    assert {grad.dtype.name for grad in linear_backward(Z, cache)} == {kept}


def test_arguments_stay_unchanged(rng):
    args = _layer(rng, 4, 3, 2)
    before = [value.copy() for value in args]
    Z, cache = linear_forward(*args)
    dZ = Z.copy()
    linear_backward(dZ, cache)

    assert_array_equal(dZ, Z)
    assert all(np.array_equal(old, new) for old, new in zip(before, args, strict=True))


@pytest.mark.parametrize(
    "X_shape, W_shape, b_shape",
    [
        ((2, 3), (4, 2), (2,)),
        ((3,), (3, 2), (2,)),
        ((2, 3), (3, 2), (2, 1)),
        ((2, 3), (3, 2), (1,)),
    ],
)
def test_shapes_that_do_not_fit_are_refused(X_shape, W_shape, b_shape):
    with pytest.raises(ValueError, match=r"X \(.*\), W \(.*\), b \(.*\)"):
        linear_forward(np.zeros(X_shape), np.zeros(W_shape), np.zeros(b_shape))


def test_upstream_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"dZ has shape \(2,\), the output had \(2, 3\)"):
        linear_backward(np.zeros(2), (X, W))
