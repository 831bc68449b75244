"""Tests of reference_impl.two_layer_network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.gradient_check import numerical_gradient
from reference_impl.two_layer_network import (
    two_layer_forward,
    two_layer_loss_and_grads,
    two_layer_train_step,
)

# The 2-2-2 network of the lesson.
X, Y = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
W1, b1 = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([0.35, 0.35])
W2, b2 = np.array([[0.40, 0.45], [0.50, 0.55]]), np.array([0.60, 0.60])
PARAMS = (W1, b1, W2, b2)


def _net(rng, n_inputs=3, n_hidden=4, n_outputs=2):
    shapes = [(n_inputs, n_hidden), (n_hidden,), (n_hidden, n_outputs), (n_outputs,)]
    return [rng.normal(size=shape) for shape in shapes]


def test_loss_of_the_lesson():
    loss, *_ = two_layer_loss_and_grads(X, Y, *PARAMS)

    assert_allclose(loss, 0.303658313630144, rtol=1e-13)


def test_gradient_of_the_lesson_is_half_of_the_one_without_the_mean():
    _, _, _, dW2, _ = two_layer_loss_and_grads(X, Y, *PARAMS)

    want = [[0.08169586, -0.02356439], [0.08194416, -0.02363601]]
    assert_allclose(dW2, want, atol=5e-9)


def test_loss_after_one_step_of_the_lesson():
    stepped = two_layer_train_step(X, Y, *PARAMS, lr=0.5)

    assert_allclose(two_layer_loss_and_grads(X, Y, *stepped)[0], 0.2858773900703121, rtol=1e-13)


@pytest.mark.parametrize("n_examples", [1, 5])
@pytest.mark.parametrize("entry", range(4), ids=["W1", "b1", "W2", "b2"])
def test_gradients_match_numerical_gradients(rng, n_examples, entry):
    X, Y, params = rng.normal(size=(n_examples, 3)), rng.normal(size=(n_examples, 2)), _net(rng)

    def loss(value):
        changed = [*params[:entry], value, *params[entry + 1 :]]
        return two_layer_loss_and_grads(X, Y, *changed)[0]

    _, *grads = two_layer_loss_and_grads(X, Y, *params)

    assert_allclose(grads[entry], numerical_gradient(loss, params[entry]), rtol=1e-6, atol=1e-10)


@given(st.integers(0, 99))
def test_doubled_batch_has_the_same_loss_and_gradients(seed):
    rng = np.random.default_rng(seed)
    X, Y, params = rng.normal(size=(3, 3)), rng.normal(size=(3, 2)), _net(rng)

    once = two_layer_loss_and_grads(X, Y, *params)
    twice = two_layer_loss_and_grads(np.vstack([X, X]), np.vstack([Y, Y]), *params)

    assert_allclose(twice[0], once[0], rtol=1e-13)
    assert_allclose(twice[1], once[1], rtol=1e-10, atol=1e-15)


def test_saturated_units_pass_no_gradient_and_no_warning():
    _, dW1, *_ = two_layer_loss_and_grads(1e4 * X, Y, 1e3 * W1, b1, 1e3 * W2, b2)

    assert_array_equal(dW1, np.zeros((2, 2)))


def test_small_integers_do_not_wrap_around():
    kinds = np.uint8([[0, 1]])

    loss, *_ = two_layer_loss_and_grads(X, kinds, *PARAMS)

    assert_allclose(loss, two_layer_loss_and_grads(X, kinds * 1.0, *PARAMS)[0], rtol=1e-15)


def test_float32_stays_float32():
    arrays = [array.astype("f4") for array in (X, Y, *PARAMS)]

    results = [*two_layer_forward(arrays[0], *arrays[2:]), *two_layer_train_step(*arrays, lr=0.5)]

    assert {array.dtype for array in results} == {np.dtype("f4")}


def test_step_zero_leaves_everything():
    stepped = two_layer_train_step(X, Y, *PARAMS, lr=0.0)

    assert all(np.array_equal(a, b) for a, b in zip(stepped, PARAMS, strict=True))


def test_arguments_are_left_as_they_were(rng):
    arrays = [rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), *_net(rng)]
    before = [array.copy() for array in arrays]

    two_layer_train_step(*arrays, lr=0.5)

    assert all(np.array_equal(a, b) for a, b in zip(before, arrays, strict=True))


@pytest.mark.parametrize("shape", [(2,), (2, 1), (1, 3)], ids=str)
def test_target_of_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match=r"Y has shape .*, the output has \(1, 2\)"):
        two_layer_loss_and_grads(X, np.zeros(shape), *PARAMS)


def test_empty_batch_has_no_mean():
    with pytest.raises(ValueError, match=r"\(0, 2\)"):
        two_layer_loss_and_grads(np.empty((0, 2)), np.empty((0, 2)), *PARAMS)


def test_weights_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"\(3, 2\)"):
        two_layer_forward(X, np.zeros((3, 2)), b1, W2, b2)


@pytest.mark.parametrize("lr", [-0.1, np.nan, np.inf])
def test_learning_rate_out_of_range_is_refused(lr):
    with pytest.raises(ValueError, match="need 0 <= lr < inf, got"):
        two_layer_train_step(X, Y, *PARAMS, lr=lr)
