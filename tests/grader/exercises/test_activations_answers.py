"""The answers of lesson 04 are those of the library, on random input."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.exercises import registry
from reference_impl import activations, elu, gelu, softmax, softplus

Z = 3 * np.random.default_rng(0).normal(size=(4, 3))
ONES = np.ones_like(Z)
A, T = activations.sigmoid(Z), activations.tanh(Z)

PAIRS = {
    "sigmoid": ((Z,), A),
    "tanh_from_sigmoid": ((Z,), T),
    "sigmoid_slope_from_z": ((Z,), activations.sigmoid_backward(ONES, A)),
    "sigmoid_slope_from_a": ((A,), activations.sigmoid_backward(ONES, A)),
    "tanh_slope_from_a": ((T,), activations.tanh_backward(ONES, T)),
    "relu": ((Z,), activations.relu(Z)),
    "leaky_relu": ((Z, 0.2), activations.leaky_relu(Z, 0.2)),
    "elu": ((Z, 0.7), elu.elu(Z, 0.7)),
    "gelu_tanh": ((Z,), gelu.gelu_tanh(Z)),
    "softmax": ((Z, 0, 2.0), softmax.softmax(Z, axis=0, temperature=2.0)),
    "softplus": ((Z,), softplus.softplus(Z)),
    "log_sigmoid": ((Z,), softplus.log_sigmoid(Z)),
    "debug_tanh_layer": ((Z, ONES), (T, activations.tanh_backward(ONES, T))),
}


@pytest.mark.parametrize("name", PAIRS)
def test_answer_agrees_with_the_library(name):
    args, expected = PAIRS[name]

    assert_allclose(registry()[name].reference(*args), expected, rtol=1e-9, atol=1e-12)


def test_softmax_pair_agrees_with_the_library(rng):
    dprobs = rng.normal(size=Z.shape)

    probs, dZ = registry()["softmax_with_backward"].reference(Z, 0, dprobs)

    assert_allclose(probs, softmax.softmax(Z, axis=0))
    assert_allclose(dZ, softmax.softmax_backward(dprobs, probs, axis=0), atol=1e-14)


def test_the_crossing_is_where_the_slopes_are_equal():
    z = registry()["slopes_cross_at"].reference()

    a, t = activations.sigmoid(np.array(z)), np.tanh(z)
    assert_allclose(a * (1 - a), 1 - t**2, rtol=1e-4)
