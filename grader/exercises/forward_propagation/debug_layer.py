"""A debug round on a layer that was really published."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.forward_propagation._inputs import linear_cases


def debug_linear_forward(X, W, b):
    """Apply a linear layer to a batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W : ndarray of shape (D, M)
        Weights.
    b : ndarray of shape (M,)
        Bias, one entry a unit.

    Returns
    -------
    Z : ndarray of shape (N, M)
        One row an example.
    """
    Z = X @ W
    return Z + b


def _debug_linear_forward_as_published(X, W, b):
    Z = np.dot(W, X)
    return Z + b.reshape(-1, 1)


def _half_mended_product(X, W, b):
    """The product is right now. Look at `b`: it is still added along the rows."""
    return X @ W + b.reshape(-1, 1)


def _half_mended_bias(X, W, b):
    """The bias is right now. The product still has its factors in the order of the column form."""
    return W @ X + b


def _mended_by_transposing(X, W, b):
    """Transposing until the shapes fit is a guess: with square arrays yours is still wrong."""
    return (W.T @ X.T).T + b if W.shape[0] != W.shape[1] else W @ X + b


def _left_as_it_was(X, W, b):
    """Examples are rows: compare the order of the product with `X @ W`, then look at `b`."""
    return _debug_linear_forward_as_published(X, W, b)


def _bias_dropped(X, W, b):
    """The product is right now, and the bias has gone: set `W` to 0, what should remain?"""
    return X @ W


debug_linear_forward_exercise = Exercise(
    reference=debug_linear_forward,
    starts_from=_debug_linear_forward_as_published,
    cases=linear_cases,
    points=2,
    mistakes=(
        _half_mended_product,
        _half_mended_bias,
        _mended_by_transposing,
        _left_as_it_was,
        _bias_dropped,
    ),
    kind="debug",
    minutes=6,
    follow_up="Which single test would have caught both faults?",
    follow_up_answer=(
        "One batch with N, D and M all different and a bias that is not 0, say 4 examples, 3 "
        "inputs, 2 units. `np.dot(W, X)` then fails on the shapes, and so does the bias of shape "
        "(M, 1) once the product is mended. I would compare the values with a loop too, because a "
        "shape that fits proves little."
    ),
    asked=("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",),
)
