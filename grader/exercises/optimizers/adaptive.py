"""AdaGrad and RMSProp as pure steps."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.optimizers._inputs import runs


def _drive_accumulator(answer, w, grads, *settings):
    total, path = np.zeros_like(w), []
    for grad in grads:
        w, total = answer(w, grad.copy(), total, *settings)
        path.append((w.copy(), total.copy()))
    return path


def adagrad_step(w, grad, total, lr, eps):
    """Take one step of AdaGrad.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Its gradient.
    total : ndarray
        Sum of the squared gradients so far; zeros before the first step.
    lr : float
        Learning rate.
    eps : float
        Added outside the root.

    Returns
    -------
    w_new : ndarray
        ``w - lr * grad / (sqrt(total_new) + eps)``.
    total_new : ndarray
        ``total + grad**2``.
    """
    total = total + grad**2
    return w - lr * grad / (np.sqrt(total) + eps), total


def _adagrad_cases(rng):
    yield from runs(rng, 0.1, 1e-10)


def _root_forgotten(w, grad, total, lr, eps):
    """Divide by the root: without it the steps shrink with the square of the gradients."""
    total = total + grad**2
    return w - lr * grad / (total + eps), total


def _old_total_used(w, grad, total, lr, eps):
    """Your first step divides by 0 plus eps: add the new square before you step."""
    with np.errstate(over="ignore"):
        step = lr * grad / (np.sqrt(total) + eps)
    return w - step, total + grad**2


def _absolute_values(w, grad, total, lr, eps):
    """Squares are summed, not absolute values."""
    total = total + np.abs(grad)
    return w - lr * grad / (np.sqrt(total) + eps), total


def _one_rate_for_all(w, grad, total, lr, eps):
    """Every weight has a total of its own; you used one norm for all of them."""
    total = total + grad**2
    return w - lr * grad / (np.sqrt(total.sum()) + eps), total


def _changed_total(w, grad, total, lr, eps):
    """Your total is the squared gradient of the last step only: it should add up."""
    total = grad**2
    return w - lr * grad / (np.sqrt(total) + eps), total


adagrad_step_exercise = Exercise(
    reference=adagrad_step,
    cases=_adagrad_cases,
    driver=_drive_accumulator,
    points=2,
    mistakes=(
        _root_forgotten,
        _old_total_used,
        _absolute_values,
        _one_rate_for_all,
        _changed_total,
    ),
    minutes=6,
    follow_up="Under a constant gradient, how long is step 100 compared with the first?",
    follow_up_answer=(
        "A tenth. After t steps the total is `t * g**2`, so step t is `lr / sqrt(t)` long, "
        "whatever g is. That suits sparse features and convex problems, and stalls in long runs: "
        "after ten thousand steps it is a hundredth of the rate."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)


def rmsprop_step(w, grad, mean_square, lr, decay, eps):
    """Take one step of RMSProp.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Its gradient.
    mean_square : ndarray
        Running mean of the squared gradients; zeros before the first step.
    lr : float
        Learning rate.
    decay : float
        Share of the running mean that is kept.
    eps : float
        Added outside the root.

    Returns
    -------
    w_new : ndarray
        ``w - lr * grad / (sqrt(mean_square_new) + eps)``.
    mean_square_new : ndarray
        ``decay * mean_square + (1 - decay) * grad**2``.
    """
    mean_square = decay * mean_square + (1 - decay) * grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _rmsprop_cases(rng):
    yield from runs(rng, 0.01, 0.9, 1e-8)


def _never_forgets(w, grad, mean_square, lr, decay, eps):
    """Yours only adds up: that is AdaGrad. RMSProp lets old squares fade."""
    mean_square = mean_square + grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _decay_on_the_new(w, grad, mean_square, lr, decay, eps):
    """Here `decay` is the share of the old mean; you gave it to the new square."""
    return rmsprop_step(w, grad, mean_square, lr, 1 - decay, eps)


def _eps_inside(w, grad, mean_square, lr, decay, eps):
    """Inside the root an eps of 1e-8 acts like 1e-4: look at gradients of a millionth."""
    mean_square = decay * mean_square + (1 - decay) * grad**2
    return w - lr * grad / np.sqrt(mean_square + eps), mean_square


def _mean_not_square(w, grad, mean_square, lr, decay, eps):
    """The running mean is of the squares; for a negative gradient yours has no root."""
    mean_square = decay * mean_square + (1 - decay) * grad
    with np.errstate(invalid="ignore"):
        return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _no_weight_on_the_new(w, grad, mean_square, lr, decay, eps):
    """The two shares add up to 1: the new square is weighted too."""
    mean_square = decay * mean_square + grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


rmsprop_step_exercise = Exercise(
    reference=rmsprop_step,
    cases=_rmsprop_cases,
    driver=_drive_accumulator,
    points=2,
    mistakes=(
        _never_forgets,
        _decay_on_the_new,
        _eps_inside,
        _mean_not_square,
        _no_weight_on_the_new,
    ),
    minutes=6,
    follow_up="Why does its first step come out 10 times too long at a decay of 0.99?",
    follow_up_answer=(
        "Its mean square starts at 0 and is not corrected: after one step it is `0.01 * g**2`, "
        "and its root a tenth of |g|. Dividing by that gives ten times `lr`. Adam's correction "
        "would mend it. Left alone, the step is still 1.26 times `lr` at step 100 of a constant "
        "gradient."
    ),
)
