"""Three loops against one line."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.forward_propagation._inputs import linear_cases


def linear_forward_vectorized(X, W, b):
    """Apply a linear layer and ReLU to a batch without a Python loop.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W : ndarray of shape (D, M)
        Weights.
    b : ndarray of shape (M,)
        Bias.

    Returns
    -------
    A : ndarray of shape (N, M)
        ``max(0, X @ W + b)``, entry by entry.
    """
    return np.maximum(X @ W + b, 0)


def _with_three_loops(X, W, b):
    A = np.zeros((X.shape[0], W.shape[1]))
    for n in range(X.shape[0]):
        for m in range(W.shape[1]):
            total = b[m]
            for d in range(X.shape[1]):
                total += X[n, d] * W[d, m]
            A[n, m] = total if total > 0 else 0.0
    return A


def _relu_forgotten(X, W, b):
    """The product is right; the loop also set negative sums to 0."""
    return X @ W + b


def _relu_before_the_bias(X, W, b):
    """The loop starts at the bias, so the bias is inside ReLU: add it before the maximum."""
    return np.maximum(X @ W, 0) + b


def _absolute_value(X, W, b):
    """A negative sum becomes 0, not its absolute value."""
    return np.abs(X @ W + b)


def _clipped_at_one(X, W, b):
    """ReLU has no upper bound; `np.clip` with 1 cuts off what is larger."""
    return np.clip(X @ W + b, 0, 1)


def _maximum_over_axis_0(X, W, b):
    """`np.max(Z, 0)` takes the largest of each column. Entry by entry it is `np.maximum`."""
    return np.max(X @ W + b, 0)


def _ones_for_positive_sums(X, W, b):
    """A positive sum stays as it is; yours becomes 1."""
    return np.where(X @ W + b > 0, 1.0, 0.0)


def _bias_left_out(X, W, b):
    """In the loop `total` does not start from 0. From what?"""
    return np.maximum(X @ W, 0)


def _minimum_in_place_of_maximum(X, W, b):
    """Yours keeps the negative sums and loses the positive ones."""
    return np.minimum(X @ W + b, 0)


linear_forward_vectorized_exercise = Exercise(
    reference=linear_forward_vectorized,
    starts_from=_with_three_loops,
    cases=linear_cases,
    points=3,
    mistakes=(
        _relu_forgotten,
        _relu_before_the_bias,
        _absolute_value,
        _clipped_at_one,
        _maximum_over_axis_0,
        _ones_for_positive_sums,
        _bias_left_out,
        _minimum_in_place_of_maximum,
    ),
    no_loops=True,
    kind="timed",
    difficulty=3,
    minutes=10,
    follow_up="How many multiplications does it do, and what makes it faster than the loops?",
    follow_up_answer=(
        "N · D · M, exactly as many as the loops. The interpreter no longer runs for each of "
        "them: `@` hands the whole product to compiled BLAS code, which uses vector instructions, "
        "the cache and several cores. NumPy calls BLAS for floats only, so an integer product is "
        "slower."
    ),
    asked=("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",),
)
