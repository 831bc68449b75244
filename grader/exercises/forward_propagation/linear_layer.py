"""A fully connected layer over a batch."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.forward_propagation._inputs import linear_cases


def linear_forward(X, W, b):
    """Apply a fully connected layer to a batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W : ndarray of shape (D, M)
        Column ``j`` holds the weights of unit ``j``.
    b : ndarray of shape (M,)
        One offset a unit.

    Returns
    -------
    Z : ndarray of shape (N, M)
        ``Z[n, j] = X[n, 0] * W[0, j] + X[n, 1] * W[1, j] + ... + b[j]``.
    cache : tuple of ndarray
        ``(X, W)``, what the backward pass will need.
    """
    Z = X @ W + b
    return Z, (X, W)


def _weights_transposed(X, W, b):
    """Write the shapes: (N, D) @ (D, M). If only a square `W` works, you transposed it."""
    return X @ W.T + b, (X, W)


def _bias_forgotten(X, W, b):
    """Set `W` to 0: what should the output be? The bias must remain."""
    return X @ W, (X, W)


def _elementwise_product(X, W, b):
    """`*` multiplies entry by entry; a unit needs a weighted sum over its inputs: `@`."""
    return X * W + b, (X, W)


def _input_centred_in_place(X, W, b):
    """You changed `X` itself. The caller still needs it for the backward pass: make a new array."""
    X -= X.mean(axis=0).astype(X.dtype)
    return X @ W + b, (X, W)


def _bias_per_row(X, W, b):
    """The bias has one entry a unit, so it goes along the columns; you added it along the rows."""
    return X @ W + b.reshape(-1, 1), (X, W)


def _output_not_cached(X, W, b):
    """Return two things: `Z`, and the cache `(X, W)` that the backward pass will need."""
    return X @ W + b


def _output_in_the_cache(X, W, b):
    """The gradients of a linear layer need its inputs, `(X, W)`; its output is not one of them."""
    Z = X @ W + b
    return Z, (X, Z)


def _cache_swapped(X, W, b):
    """The output is right. The cache is `(X, W)`, and yours has the two the other way round."""
    return X @ W + b, (W, X)


def _activation_added(X, W, b):
    """A linear layer stops at the sum. The activation comes in an exercise of its own."""
    return np.maximum(X @ W + b, 0), (X, W)


linear_forward_exercise = Exercise(
    reference=linear_forward,
    cases=linear_cases,
    points=3,
    mistakes=(
        _weights_transposed,
        _bias_forgotten,
        _elementwise_product,
        _input_centred_in_place,
        _bias_per_row,
        _output_not_cached,
        _output_in_the_cache,
        _cache_swapped,
        _activation_added,
    ),
    difficulty=1,
    minutes=5,
    follow_up="The bias goes straight before a batch normalization layer. What is its gradient?",
    follow_up_answer=(
        "Zero, up to rounding. In training, batch normalization subtracts each unit's mean over "
        "the batch, so a constant added to every row cancels and the loss does not depend on it. "
        "I would leave the bias out; the shift `beta` of the normalization takes its place."
    ),
    asked=("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",),
)
