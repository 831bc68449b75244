"""The numbers of lesson 01's derivation, computed from the networks its text states."""

import numpy as np
from numpy.testing import assert_allclose

from grader.exercises.forward_propagation.by_hand import two_networks_by_hand
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
