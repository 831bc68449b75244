"""The answers of lesson 01 are those of the library, and its derivation's numbers are right."""

import numpy as np
from numpy.testing import assert_allclose

from grader.exercises.forward_propagation import linear_layer, network
from grader.exercises.forward_propagation.by_hand import two_networks_by_hand
from reference_impl import linear, mlp
from reference_impl.activations import sigmoid


def test_tanh_sigmoid_network_by_hand():
    x = np.array([0.5, 0.2, 0.1])
    W1, W2 = np.array([[0.4, 0.3], [0.2, 0.7], [0.6, 0.5]]), np.array([0.8, 0.6])

    out, _ = two_networks_by_hand()

    assert_allclose(out, sigmoid(np.tanh(x @ W1) @ W2), atol=1e-6)


def test_sigmoid_network_by_hand():
    x = np.array([1.0, 2.0])
    W1, b1 = np.array([[0.2, -0.1], [0.4, 0.3], [-0.5, 0.6]]), np.array([0.1, -0.2, 0.3])
    W2, b2 = np.array([[0.5, -0.4, 0.6], [0.7, 0.2, -0.3]]), np.array([0.2, -0.1])

    _, outs = two_networks_by_hand()

    assert_allclose(outs, sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2), atol=1e-6)


def test_linear_layer_agrees_with_the_library(rng):
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)

    Z, cache = linear_layer.linear_forward(X, W, b)

    expected, expected_cache = linear.linear_forward(X, W, b)
    assert_allclose(Z, expected)
    assert all(map(np.array_equal, cache, expected_cache))


def test_network_agrees_with_the_library(rng):
    params = [(rng.normal(size=(3, 4)), rng.normal(size=4)), (rng.normal(size=(4, 2)), np.ones(2))]
    X = rng.normal(size=(5, 3))

    out, _ = network.mlp_forward(X, params, "tanh", "sigmoid")

    assert_allclose(out, mlp.mlp_forward(X, params, hidden="tanh", output="sigmoid")[0])
