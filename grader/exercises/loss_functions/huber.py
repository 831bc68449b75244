"""The Huber loss: squared near 0, linear far out."""

import numpy as np

from grader.exercise import Exercise, case


def huber(pred, target, delta):
    """Compute the mean Huber loss.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predictions.
    target : ndarray of shape (N,)
        What they should be.
    delta : float
        Size of the residual at which the squared branch ends.

    Returns
    -------
    loss : float
        Mean of ``0.5 * r**2`` where ``|r| <= delta``,
        else of ``delta * (|r| - 0.5 * delta)``.
    """
    size = np.abs(pred - target)
    squared = 0.5 * size**2
    linear = delta * (size - 0.5 * delta)
    return float(np.mean(np.where(size <= delta, squared, linear)))


def _cases(rng):
    yield case("residuals of 0.5, 1 and 3", np.array([0.5, 1.0, 3.0]), np.zeros(3), 1.0)
    yield case("a large delta", 5 * rng.normal(size=6), rng.normal(size=6), 2.5)
    yield case("a small delta", rng.normal(size=6), rng.normal(size=6), 0.3)
    yield case("a large negative residual", np.array([-7.0]), np.array([1.0]), 2.0)
    yield case("all within delta", 0.1 * rng.normal(size=4), np.zeros(4), 1.5)


def _jump(pred, target, delta):
    """Evaluate both branches at |r| = delta: they must meet. What is subtracted from the line?"""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, 0.5 * size**2, delta * size)))


def _met_at_one_only(pred, target, delta):
    """Your branches meet for delta = 1 only. Put |r| = 2 and delta = 2 into both."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, 0.5 * size**2, delta * size - 0.5 * delta)))


def _delta_ignored(pred, target, delta):
    """Where is `delta` in the slope of your line? Try delta = 2."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5)))


def _half_forgotten(pred, target, delta):
    """Without the half the squared branch has slope 2 * delta at the border, the line delta."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, size**2, delta * (size - 0.5 * delta))))


def _sign_lost(pred, target, delta):
    """A large negative residual counts as much as a positive one: compare its absolute value."""
    r = pred - target
    return float(np.mean(np.where(r <= delta, 0.5 * r**2, delta * (r - 0.5 * delta))))


def _summed(pred, target, delta):
    """Yours grows with the batch; the contract is a mean."""
    return huber(pred, target, delta) * len(pred)


def _branches_swapped(pred, target, delta):
    """The square belongs near 0 and the line far out; yours are the other way round."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size > delta, 0.5 * size**2, delta * (size - 0.5 * delta))))


def _slope_one(pred, target, delta):
    """At |r| = delta your line has the wrong height: the square is at delta**2 / 2 there."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5 * delta)))


def _smooth_l1(pred, target, delta):
    """You divided by delta: that is PyTorch's smooth L1. Here the line has slope delta, not 1."""
    return huber(pred, target, delta) / delta


def _one_loss_each(pred, target, delta):
    """One loss for each residual is left; the contract is a single number, their mean."""
    size = np.abs(pred - target)
    return np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta))


def _never_linear(pred, target, delta):
    """Yours is squared at every distance. Beyond delta the cost should grow along a line."""
    return float(np.mean(0.5 * (pred - target) ** 2))


def _if_on_an_array(pred, target, delta):
    """`if` wants one truth value and gets an array: let `np.where` choose entry by entry."""
    size = np.abs(pred - target)
    if size <= delta:
        return float(np.mean(0.5 * size**2))
    return float(np.mean(delta * (size - 0.5 * delta)))


def _whole_delta_subtracted(pred, target, delta):
    """At |r| = delta your line starts at 0, and the square has reached delta**2 / 2."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, 0.5 * size**2, delta * (size - delta))))


def _plain_pieces(pred, target, delta):
    """Squared and absolute error as they are meet at |r| = 1 only, and with slopes 2 and 1."""
    size = np.abs(pred - target)
    return float(np.mean(np.where(size <= delta, size**2, size)))


huber_exercise = Exercise(
    reference=huber,
    cases=_cases,
    points=3,
    mistakes=(
        _jump,
        _met_at_one_only,
        _delta_ignored,
        _half_forgotten,
        _sign_lost,
        _summed,
        _branches_swapped,
        _slope_one,
        _smooth_l1,
        _one_loss_each,
        _never_linear,
        _if_on_an_array,
        _whole_delta_subtracted,
        _plain_pieces,
    ),
    minutes=8,
    follow_up="How would you choose delta for a data set whose noise you do not know?",
    follow_up_answer=(
        "From the residuals of a first robust fit on the training data: 1.35 times a robust "
        "estimate of their deviation, such as 1.48 times the median absolute deviation. On "
        "Gaussian noise this keeps 95 % of the efficiency of least squares. Delta has the unit of "
        "the target, so rescaled targets need another one."
    ),
)


def huber_backward(pred, target, delta):
    """Compute the gradient of the mean Huber loss.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predictions.
    target : ndarray of shape (N,)
        What they should be.
    delta : float
        Size of the residual at which the squared branch ends.

    Returns
    -------
    dpred : ndarray of shape (N,)
        Gradient of the mean with respect to `pred`.
    """
    return np.clip(pred - target, -delta, delta) / len(pred)


def _always_positive(pred, target, delta):
    """A large negative residual must pull the other way: keep its sign."""
    r = pred - target
    return np.where(np.abs(r) <= delta, r, delta) / len(pred)


def _unbounded(pred, target, delta):
    """Beyond delta the slope stops growing; yours follows an outlier as far as it goes."""
    return (pred - target) / len(pred)


def _mean_forgotten(pred, target, delta):
    """The loss is a mean over n residuals; where is the 1/n in your gradient?"""
    return np.clip(pred - target, -delta, delta)


def _unit_slope_outside(pred, target, delta):
    """The line outside has slope delta, not 1: the two branches must meet without a corner."""
    r = pred - target
    return np.where(np.abs(r) <= delta, r, np.sign(r)) / len(pred)


def _bent_at_one(pred, target, delta):
    """Yours bends at |r| = 1 whatever delta is, and near 0 its slope is delta times too large."""
    return delta * np.clip(pred - target, -1, 1) / len(pred)


def _descent_direction(pred, target, delta):
    """That is the direction of descent. The gradient points uphill: pred minus target."""
    return np.clip(target - pred, -delta, delta) / len(pred)


def _two_brought_down(pred, target, delta):
    """The square carries a half, so the two of its derivative cancels: near 0 the slope is r."""
    r = pred - target
    return np.where(np.abs(r) <= delta, 2 * r, delta * np.sign(r)) / len(pred)


def _silent_outside(pred, target, delta):
    """Beyond delta the loss goes on growing along a line. What is the slope of that line?"""
    r = pred - target
    return np.where(np.abs(r) <= delta, r, 0.0) / len(pred)


def _line_still_grows(pred, target, delta):
    """Beyond delta the slope is delta or -delta; delta * r still grows with the error."""
    r = pred - target
    return np.where(np.abs(r) <= delta, r, delta * r) / len(pred)


def _sign_everywhere(pred, target, delta):
    """Within delta the slope is r itself; yours jumps at 0, as that of an absolute error."""
    return delta * np.sign(pred - target) / len(pred)


huber_backward_exercise = Exercise(
    reference=huber_backward,
    cases=_cases,
    points=2,
    mistakes=(
        _always_positive,
        _unbounded,
        _mean_forgotten,
        _unit_slope_outside,
        _bent_at_one,
        _descent_direction,
        _two_brought_down,
        _silent_outside,
        _line_still_grows,
        _sign_everywhere,
    ),
    minutes=5,
    follow_up="What is this bound called when an optimizer applies it, and what differs there?",
    follow_up_answer=(
        "Gradient clipping by value. Huber clips each example's residual before the sum, so no "
        "outlier takes over. An optimizer clips after it, for each parameter, when one outlier "
        "may already have set the direction. Clipping by norm shortens the whole gradient instead "
        "and keeps its direction."
    ),
)
