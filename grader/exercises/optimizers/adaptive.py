"""AdaGrad and RMSProp as pure steps."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.optimizers._inputs import drive_steps, runs, told_by_step


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
        ``total + grad**2``; `total` itself stays as it is.
    """
    total = total + grad**2
    return w - lr * grad / (np.sqrt(total) + eps), total


def _adagrad_cases(rng):
    yield from runs(rng, 0.1, 1e-10)


def _root_forgotten(w, grad, total, lr, eps):
    """Divide by the root: without it large gradients make short steps and tiny ones huge steps."""
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


def _numerator_forgotten(w, grad, total, lr, eps):
    """Yours always moves down: the gradient itself, with its sign, belongs above the root."""
    total = total + grad**2
    return w - lr / (np.sqrt(total) + eps), total


def _gradients_added(w, grad, total, lr, eps):
    """Your total adds up gradients, so opposite ones cancel: add their squares."""
    total = total + grad
    return w - lr * grad / (np.abs(total) + eps), total


def _climbs(w, grad, total, lr, eps):
    """The scale is right and the direction is not: a step goes against the gradient."""
    total = total + grad**2
    return w + lr * grad / (np.sqrt(total) + eps), total


def _root_kept(w, grad, total, lr, eps):
    """You keep the root; the total that goes into the next step is the sum of squares."""
    total = np.sqrt(total + grad**2)
    return w - lr * grad / (total + eps), total


def _old_total_returned(w, grad, total, lr, eps):
    """The step is right. You hand back the total you were given, so no gradient is remembered."""
    return w - lr * grad / (np.sqrt(total + grad**2) + eps), total


def _no_eps(w, grad, total, lr, eps):
    """A weight without any gradient gives 0 / 0: that is what eps is for."""
    total = total + grad**2
    with np.errstate(invalid="ignore"):
        return w - lr * grad / np.sqrt(total), total


def _eps_under_the_root(w, grad, total, lr, eps):
    """Look at gradients of a millionth: your eps stands inside the root and outweighs them."""
    total = total + grad**2
    return w - lr * grad / np.sqrt(total + eps), total


def _total_in_place(w, grad, total, lr, eps):
    """You write into the total you were given: `total + ...` makes a new array, `+=` does not."""
    total += grad**2
    return w - lr * grad / (np.sqrt(total) + eps), total


def _only_w_returned(w, grad, total, lr, eps):
    """Return two things: without the total the next step starts from nothing."""
    return w - lr * grad / (np.sqrt(total + grad**2) + eps)


adagrad_step_exercise = Exercise(
    reference=adagrad_step,
    cases=_adagrad_cases,
    driver=drive_steps,
    accept=told_by_step(adagrad_step, drive_steps, "w_new", "total_new", memory="total"),
    points=2,
    mistakes=(
        _root_forgotten,
        _old_total_used,
        _absolute_values,
        _one_rate_for_all,
        _changed_total,
        _numerator_forgotten,
        _gradients_added,
        _climbs,
        _root_kept,
        _old_total_returned,
        _no_eps,
        _eps_under_the_root,
        _total_in_place,
        _only_w_returned,
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
        ``decay * mean_square + (1 - decay) * grad**2``, a new array.
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


def _square_of_now(w, grad, mean_square, lr, decay, eps):
    """Your divisor knows only this gradient, so every step has one length: what became of decay?"""
    mean_square = grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _size_not_square(w, grad, mean_square, lr, decay, eps):
    """Yours averages absolute values: square first, and take the root of the average."""
    mean_square = decay * mean_square + (1 - decay) * np.abs(grad)
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _divides_by_the_mean(w, grad, mean_square, lr, decay, eps):
    """Divide by the root: without it tiny gradients make huge steps."""
    mean_square = decay * mean_square + (1 - decay) * grad**2
    return w - lr * grad / (mean_square + eps), mean_square


def _old_mean_used(w, grad, mean_square, lr, decay, eps):
    """Your first step divides by 0 plus eps: bring the mean up to date before you step."""
    with np.errstate(over="ignore"):
        step = lr * grad / (np.sqrt(mean_square) + eps)
    return w - step, decay * mean_square + (1 - decay) * grad**2


def _corrected_like_adam(w, grad, mean_square, lr, decay, eps):
    """You undid the small start of the mean. That is Adam's idea; plain RMSProp leaves it."""
    mean_square = decay * mean_square + (1 - decay) * grad**2
    return w - lr * grad / (np.sqrt(mean_square / (1 - decay)) + eps), mean_square


def _goes_uphill(w, grad, mean_square, lr, decay, eps):
    """The scale is right and the direction is not: a step goes against the gradient."""
    mean_square = decay * mean_square + (1 - decay) * grad**2
    return w + lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _keeps_it_all(w, grad, mean_square, lr, decay, eps):
    """The new square has its share; the old mean should keep only its own."""
    mean_square = mean_square + (1 - decay) * grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _nothing_added(w, grad, mean_square, lr, decay, eps):
    """A weight without any gradient gives 0 / 0: that is what eps is for."""
    mean_square = decay * mean_square + (1 - decay) * grad**2
    with np.errstate(invalid="ignore"):
        return w - lr * grad / np.sqrt(mean_square), mean_square


def _mean_in_place(w, grad, mean_square, lr, decay, eps):
    """You write into the mean you were given: `*=` and `+=` make no new array."""
    mean_square *= decay
    mean_square += (1 - decay) * grad**2
    return w - lr * grad / (np.sqrt(mean_square) + eps), mean_square


def _mean_not_returned(w, grad, mean_square, lr, decay, eps):
    """Return two things: without the mean the next step starts from nothing."""
    return rmsprop_step(w, grad, mean_square, lr, decay, eps)[0]


rmsprop_step_exercise = Exercise(
    reference=rmsprop_step,
    cases=_rmsprop_cases,
    driver=drive_steps,
    accept=told_by_step(
        rmsprop_step, drive_steps, "w_new", "mean_square_new", memory="mean_square"
    ),
    points=2,
    mistakes=(
        _never_forgets,
        _decay_on_the_new,
        _eps_inside,
        _mean_not_square,
        _no_weight_on_the_new,
        _square_of_now,
        _size_not_square,
        _divides_by_the_mean,
        _old_mean_used,
        _corrected_like_adam,
        _goes_uphill,
        _keeps_it_all,
        _nothing_added,
        _mean_in_place,
        _mean_not_returned,
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
