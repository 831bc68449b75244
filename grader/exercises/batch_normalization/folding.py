"""Merging batch normalization into the linear layer in front of it."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import scale_and_shift


def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps):
    """Merge a linear layer and the batch normalization behind it, for inference.

    Parameters
    ----------
    W : ndarray of shape (D, M)
        Weights of the linear layer.
    b : ndarray of shape (M,)
        Its bias.
    gamma : ndarray of shape (M,)
        Scale of each unit.
    beta : ndarray of shape (M,)
        Shift of each unit.
    running_mean : ndarray of shape (M,)
        Mean of each unit in training.
    running_var : ndarray of shape (M,)
        Variance of each unit in training.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    W_folded : ndarray of shape (D, M)
        Weights of the one layer that computes the same.
    b_folded : ndarray of shape (M,)
        Its bias.
    """
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale, (b - running_mean) * scale + beta


def _fold_cases(rng):
    def some(d, m, eps=1e-5):
        statistics = rng.normal(size=m), rng.uniform(0.3, 4, size=m)
        W, b = rng.normal(size=(d, m)), rng.normal(size=m)
        return W, b, *scale_and_shift(rng, m), *statistics, eps

    yield case("three inputs, two units", *some(3, 2))
    yield case("as many inputs as units", *some(3, 3))
    yield case("one weight", *some(1, 1))
    yield case("a large eps", *some(4, 3, eps=0.5))


def _old_bias_not_scaled(W, b, gamma, beta, running_mean, running_var, eps):
    """The old bias passes through the normalization too: it is shifted and scaled."""
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale, b + beta - running_mean * scale


def _old_bias_dropped(W, b, gamma, beta, running_mean, running_var, eps):
    """The running mean was measured with the old bias in it: the bias cannot vanish."""
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale, beta - running_mean * scale


def _running_mean_left_out(W, b, gamma, beta, running_mean, running_var, eps):
    """The layer behind subtracts its running mean. Where is that in your bias?"""
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale, b * scale + beta


def _rows_scaled(W, b, gamma, beta, running_mean, running_var, eps):
    """Units are columns of `W`: scale its columns, not its rows."""
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale[:, None], (b - running_mean) * scale + beta


def _scale_not_rooted(W, b, gamma, beta, running_mean, running_var, eps):
    """The scale divides by the root of the running variance."""
    scale = gamma / (running_var + eps)
    return W * scale, (b - running_mean) * scale + beta


def _shift_scaled(W, b, gamma, beta, running_mean, running_var, eps):
    """Beta is added after the scale: it goes into the new bias as it is."""
    scale = gamma / np.sqrt(running_var + eps)
    return W * scale, (b - running_mean + beta) * scale


def _fold_without_eps(W, b, gamma, beta, running_mean, running_var, eps):
    """The layer divides by the root of var + eps: with a large eps your two layers differ."""
    scale = gamma / np.sqrt(running_var)
    return W * scale, (b - running_mean) * scale + beta


def _weights_untouched(W, b, gamma, beta, running_mean, running_var, eps):
    """The scale reaches the weights as well, not only the bias."""
    scale = gamma / np.sqrt(running_var + eps)
    return W.copy(), (b - running_mean) * scale + beta


fold_batchnorm_exercise = Exercise(
    reference=fold_batchnorm,
    cases=_fold_cases,
    points=3,
    mistakes=(
        _old_bias_not_scaled,
        _old_bias_dropped,
        _running_mean_left_out,
        _rows_scaled,
        _scale_not_rooted,
        _shift_scaled,
        _fold_without_eps,
        _weights_untouched,
    ),
    difficulty=3,
    minutes=8,
    follow_up="Can layer normalization be folded the same way? Give the reason.",
    follow_up_answer=(
        "No. Folding needs fixed numbers, and batch normalization has them at inference: with "
        "running statistics it is affine. Layer normalization takes mean and variance from each "
        "input, so it is not affine, and no one `W` and `b` can replace it. Its gamma and beta "
        "alone are fixed, and they can be merged into a linear layer behind it."
    ),
)
