"""A debug round on the two modes."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import batch, scale_and_shift


def debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training):
    """Apply batch normalization in either mode, with momentum 0.1 and eps 1e-5.

    Two published faults are planted here. Both concern evaluation.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    running_mean : ndarray of shape (D,)
        Mean of each feature so far.
    running_var : ndarray of shape (D,)
        Variance of each feature so far.
    training : bool
        Whether the batch's own statistics are used and remembered.

    Returns
    -------
    out : ndarray of shape (N, D)
        The normalised, scaled and shifted batch.
    mean_new : ndarray of shape (D,)
        The running mean, moved in training only.
    var_new : ndarray of shape (D,)
        The running variance, moved in training only, by the unbiased variance.
    """
    if training:
        mu, var = X.mean(axis=0), X.var(axis=0)
        mean_new = 0.9 * running_mean + 0.1 * mu
        var_new = 0.9 * running_var + 0.1 * X.var(axis=0, ddof=1)
    else:
        mu, var = running_mean, running_var
        mean_new, var_new = running_mean, running_var
    out = gamma * (X - mu) / np.sqrt(var + 1e-5) + beta
    return out, mean_new, var_new


def _as_published(X, gamma, beta, running_mean, running_var, training):
    mu, var = X.mean(axis=0), X.var(axis=0)
    mean_new = 0.9 * running_mean + 0.1 * mu
    var_new = 0.9 * running_var + 0.1 * X.var(axis=0, ddof=1)
    out = gamma * (X - mu) / np.sqrt(var + 1e-5) + beta
    return out, mean_new, var_new


def _mode_cases(rng):
    def some(n, d, training):
        statistics = rng.normal(size=d), rng.uniform(0.5, 4, size=d)
        return batch(rng, n, d), *scale_and_shift(rng, d), *statistics, training

    yield case("training", *some(6, 3, True))
    yield case("evaluation", *some(6, 3, False))
    yield case("evaluation of two examples", *some(2, 2, False))
    yield case("training on two examples", *some(2, 3, True))
    yield case("evaluation, as many examples as features", *some(4, 4, False))


def _nothing_mended(X, gamma, beta, running_mean, running_var, training):
    """Nothing has changed yet. Training is right; what does the code do with `training`?"""
    return _as_published(X, gamma, beta, running_mean, running_var, training)


def _branches_swapped(X, gamma, beta, running_mean, running_var, training):
    """Both branches are right, and each runs in the other's place. Read the condition aloud."""
    return debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, not training)


def _statistics_still_move(X, gamma, beta, running_mean, running_var, training):
    """The output is right now. Evaluate twice: do the running statistics stay where they are?"""
    out = debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training)[0]
    return (out, *_as_published(X, gamma, beta, running_mean, running_var, training)[1:])


def _batch_still_used(X, gamma, beta, running_mean, running_var, training):
    """The statistics rest now. The output at evaluation still depends on the rest of the batch."""
    kept = debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training)[1:]
    return (_as_published(X, gamma, beta, running_mean, running_var, training)[0], *kept)


def _always_evaluates(X, gamma, beta, running_mean, running_var, training):
    """Now it evaluates in training as well, and the running statistics never learn anything."""
    return debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, False)


def _never_updates(X, gamma, beta, running_mean, running_var, training):
    """The outputs are right. In training the running statistics must learn from the batch."""
    out = debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training)[0]
    return out, running_mean, running_var


def _updated_before_use(X, gamma, beta, running_mean, running_var, training):
    """In training the batch's own statistics normalise it; you used the running ones."""
    if not training:
        return debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, False)
    _, mean, var = debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, True)
    return gamma * (X - mean) / np.sqrt(var + 1e-5) + beta, mean, var


debug_batchnorm_modes_exercise = Exercise(
    reference=debug_batchnorm_modes,
    starts_from=_as_published,
    cases=_mode_cases,
    points=3,
    mistakes=(
        _nothing_mended,
        _branches_swapped,
        _statistics_still_move,
        _batch_still_used,
        _always_evaluates,
        _never_updates,
        _updated_before_use,
    ),
    kind="debug",
    difficulty=3,
    minutes=8,
    follow_up="Which symptom would you have seen first in production?",
    follow_up_answer=(
        "Predictions that depend on their neighbours: the same input gets another answer in "
        "another batch. Requests that come one at a time show it at once. The layer then puts out "
        "beta for every input, so a plain network answers them all alike, and the running variance "
        "turns to NaN, since N - 1 is 0. The moving statistics show later: once evaluation uses "
        "them, answers drift with the traffic."
    ),
)
