"""A debug round on a cross-entropy that was really published."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.loss_functions.categorical import onehot_cases


def debug_cross_entropy(probs, onehot):
    """Compute the mean cross-entropy over a batch.

    Two faults are planted where they were published: a perfect prediction costs
    nan, and the loss grows with the batch.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        One distribution a row; entries may be exactly 0 or 1.
    onehot : ndarray of shape (N, C)
        Targets, one distribution a row.

    Returns
    -------
    loss : float
        Mean over the N rows in nats. A term with target 0 is 0;
        a log is clamped at -100.
    """
    with np.errstate(divide="ignore"):
        log_probs = np.maximum(np.log(probs), -100)
    return float(-np.sum(onehot * log_probs) / len(probs))


def _as_published(probs, onehot):
    """Both faults are still there: try a perfect prediction, then the same batch twice."""
    return -np.sum(onehot * np.log(probs))


def _still_nan(probs, onehot):
    """The batch no longer matters, and a perfect prediction still costs nan: mend the logarithm."""
    return float(-np.sum(onehot * np.log(probs)) / len(probs))


def _epsilon_added(probs, onehot):
    """The nan is gone, and a certain mistake is capped at 27.6: bound the log, not its argument."""
    return float(-np.sum(onehot * np.log(probs + 1e-12)) / len(probs))


def _still_a_sum(probs, onehot):
    """No nan any more. Now duplicate the batch and look at the loss again."""
    return debug_cross_entropy(probs, onehot) * len(probs)


def _mean_of_entries(probs, onehot):
    """`np.mean` over all entries divides by N * C; the contract divides by N."""
    return debug_cross_entropy(probs, onehot) / probs.shape[1]


def _nan_swept_away(probs, onehot):
    """Your nan is swept away, and a certain mistake still costs inf: bound the logarithm itself."""
    with np.errstate(all="ignore"):
        return float(-np.nansum(onehot * np.log(probs)) / len(probs))


def _warns_at_zero(probs, onehot):
    """Right, and log(0) warns on the way. `np.errstate(divide="ignore")` says you expect it."""
    return float(-np.sum(onehot * np.maximum(np.log(probs), -100)) / len(probs))


def _epsilon_and_a_sum(probs, onehot):
    """The nan is gone, the sum is not: duplicate the batch. And each mistake stops at 27.6."""
    return float(-np.sum(onehot * np.log(probs + 1e-12)))


debug_cross_entropy_exercise = Exercise(
    reference=debug_cross_entropy,
    starts_from=_as_published,
    cases=onehot_cases,
    points=3,
    mistakes=(
        _as_published,
        _still_nan,
        _epsilon_added,
        _still_a_sum,
        _mean_of_entries,
        _nan_swept_away,
        _warns_at_zero,
        _epsilon_and_a_sum,
    ),
    kind="debug",
    minutes=8,
    follow_up="Write the two one-line tests that would have caught the two faults.",
    follow_up_answer=(
        "A perfect prediction costs 0: `assert loss(np.eye(2), np.eye(2)) == 0`; nan fails it. A "
        "batch taken twice costs the same: `assert np.isclose(loss(np.tile(P, (2, 1)), np.tile(Y, "
        "(2, 1))), loss(P, Y))`. Here `P` must not be perfect, or a sum passes too: 0 equals 0."
    ),
)
