"""Lesson 03."""

import numpy as np

from grader.exercises.chain_rule.testing_tests import my_gradient_tests as reference_tests


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_backward():
    z, h = -2.0, 1e-5
    slope = (_sigmoid(z + h) - _sigmoid(z - h)) / (2 * h)
    return [("-6", z * (1 - z)), ("0.105", slope)]


def numerical_gradient():
    spacing = np.finfo(float).eps
    # Half a spacing is the rounding error of a number near 1.
    return [
        ("1e-12", 1e-12),
        ("1e-16", spacing / 2),
        ("1e-4", spacing / 2 / 1e-12),
        ("1e-5", spacing ** (1 / 3)),
    ]


def debug_two_layer_step():
    X, Y = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    W1, W2 = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    A1 = _sigmoid(X @ W1 + 0.35)
    A2 = _sigmoid(A1 @ W2 + 0.60)
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    through_old, through_new = (
        X.T @ (dZ2 @ W.T * A1 * (1 - A1)) for W in (W2, W2 - 0.5 * A1.T @ dZ2)
    )
    return [("16.4", 100 * (1 - through_new / through_old).max())]


def softmax_vjp():
    return [("2.5", 50_000**2 / 1e9), ("20", 50_000**2 * np.dtype(float).itemsize / 1e9)]


def softmax_jacobian():
    p = np.array([0.1, 0.2, 0.3, 0.4])
    J = np.diag(p) - np.outer(p, p)
    assert np.allclose(J @ np.ones(4), 0)
    assert np.linalg.matrix_rank(J) == 3
    return []


def debug_tanh_network_step():
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1))
    W1, W2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))
    A1 = np.tanh(X @ W1)
    output = _sigmoid(A1 @ W2)
    d_output = (output - Y) * output * (1 - output) / len(X)
    d_hidden = d_output @ W2.T * (1 - A1**2)

    def loss(W1):
        return np.mean(0.5 * (_sigmoid(np.tanh(X @ W1) @ W2) - Y) ** 2)

    nudge = np.zeros_like(W1)
    nudge[1, 2] = 1e-5
    numeric = (loss(W1 + nudge) - loss(W1 - nudge)) / 2e-5
    assert np.isclose((X.T @ d_hidden)[1, 2], numeric, rtol=1e-6)
    return []


def my_gradient_tests():
    def squeezed(X, Y, W1, b1, W2, b2):
        A1 = np.tanh(X @ W1 + b1)
        dpred = np.squeeze(2 * (A1 @ W2 + b2 - Y) / Y.size)
        dZ1 = dpred @ W2.T * (1 - A1**2)
        grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
        return grads | {"dW2": A1.T @ dpred, "db2": dpred.sum(axis=0)}

    assert reference_tests(squeezed)
    one = [np.ones(size) for size in ((1, 3), (1, 2), (3, 5), (5,), (5, 2))]
    try:
        broken = squeezed(*one, np.ones(2))["db2"].shape != (2,)
    except ValueError:
        broken = True
    assert broken
    return []
