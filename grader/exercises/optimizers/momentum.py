"""Momentum and Nesterov's look-ahead."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import drive_steps, runs, told_by_step


def momentum_step(w, grad, velocity, lr, momentum):
    """Take one step of gradient descent with momentum, in PyTorch's form.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Its gradient.
    velocity : ndarray
        What the last step returned; zeros before the first.
    lr : float
        Learning rate.
    momentum : float
        Share of the velocity that is kept.

    Returns
    -------
    w_new : ndarray
        ``w - lr * velocity_new``.
    velocity_new : ndarray
        ``momentum * velocity + grad``; `velocity` itself stays as it is.
    """
    velocity = momentum * velocity + grad
    return w - lr * velocity, velocity


def _momentum_cases(rng):
    # Gradients of a millionth hardly move a weight here, so nearly any step would pass.
    yield from (one for one in runs(rng, 0.03, 0.9) if "millionth" not in one.label)
    yield case("no momentum", rng.normal(size=3), rng.normal(size=(3, 3)), 0.2, 0.0)


def _average_form(w, grad, velocity, lr, momentum):
    """You weight the gradient by 1 - momentum: a running mean, ten times shorter at 0.9."""
    velocity = momentum * velocity + (1 - momentum) * grad
    return w - lr * velocity, velocity


def _velocity_not_carried(w, grad, velocity, lr, momentum):
    """Your velocity starts from 0 in every step: use the one that is passed in."""
    return w - lr * grad, grad


def _old_velocity_used(w, grad, velocity, lr, momentum):
    """You moved by the old velocity: update it first, then step."""
    return w - lr * velocity, momentum * velocity + grad


def _rate_inside(w, grad, velocity, lr, momentum):
    """With the rate inside, a schedule acts late: here the velocity is free of it."""
    velocity = momentum * velocity + lr * grad
    return w - velocity, velocity


def _nesterov_by_accident(w, grad, velocity, lr, momentum):
    """You added the momentum term once more: that is Nesterov's form."""
    velocity = momentum * velocity + grad
    return w - lr * (grad + momentum * velocity), velocity


def _velocity_in_place(w, grad, velocity, lr, momentum):
    """`-=` writes into the caller's weights: return a new array."""
    velocity = momentum * velocity + grad
    w -= lr * velocity
    return w, velocity


def _old_velocity_overwritten(w, grad, velocity, lr, momentum):
    """You write into the velocity you were given: `*=` and `+=` make no new array."""
    velocity *= momentum
    velocity += grad
    return w - lr * velocity, velocity


def _velocity_downhill(w, grad, velocity, lr, momentum):
    """Your weights are right, and your velocity points downhill: this form adds the gradient."""
    velocity = momentum * velocity - grad
    return w + lr * velocity, velocity


def _rate_inside_downhill(w, grad, velocity, lr, momentum):
    """That is the form of the look-ahead, with sign and rate in the velocity: PyTorch's adds g."""
    velocity = momentum * velocity - lr * grad
    return w + velocity, velocity


def _climbs(w, grad, velocity, lr, momentum):
    """The velocity is right and adds up gradients, which point uphill: step against it."""
    velocity = momentum * velocity + grad
    return w + lr * velocity, velocity


def _shares_swapped(w, grad, velocity, lr, momentum):
    """`momentum` is the share of the old velocity that is kept; yours weights the gradient."""
    velocity = velocity + momentum * grad
    return w - lr * velocity, velocity


def _nothing_fades(w, grad, velocity, lr, momentum):
    """Your velocity never fades: which share of the old one is kept?"""
    velocity = velocity + grad
    return w - lr * velocity, velocity


def _steps_by_the_gradient(w, grad, velocity, lr, momentum):
    """Your velocity is right, but the weights move by the gradient alone: use what you computed."""
    return w - lr * grad, momentum * velocity + grad


def _old_velocity_returned(w, grad, velocity, lr, momentum):
    """The step is right. You hand back the velocity you were given, so nothing is remembered."""
    return w - lr * (momentum * velocity + grad), velocity


def _returned_the_other_way(w, grad, velocity, lr, momentum):
    """You return the velocity first; the weights come first."""
    velocity = momentum * velocity + grad
    return velocity, w - lr * velocity


def _only_w_returned(w, grad, velocity, lr, momentum):
    """Return two things: without the velocity the next step has forgotten this one."""
    return w - lr * (momentum * velocity + grad)


momentum_step_exercise = Exercise(
    reference=momentum_step,
    cases=_momentum_cases,
    driver=drive_steps,
    accept=told_by_step(momentum_step, drive_steps, "w_new", "velocity_new", memory="velocity"),
    points=3,
    mistakes=(
        _average_form,
        _velocity_not_carried,
        _old_velocity_used,
        _rate_inside,
        _nesterov_by_accident,
        _velocity_in_place,
        _old_velocity_overwritten,
        _velocity_downhill,
        _rate_inside_downhill,
        _climbs,
        _shares_swapped,
        _nothing_fades,
        _steps_by_the_gradient,
        _old_velocity_returned,
        _returned_the_other_way,
        _only_w_returned,
    ),
    minutes=7,
    follow_up="The gradient stays constant. By what factor is it faster in the long run?",
    follow_up_answer=(
        "By `1 / (1 - momentum)`, so tenfold at 0.9: the velocity tends to the sum of a geometric "
        "series, ten times the gradient. It has nine tenths of that after 22 steps. If I raise "
        "momentum to 0.99 I divide the rate by ten, to keep the long-run step."
    ),
)


def lookahead_step(w, grad_at, velocity, lr, momentum):
    """Take one step of Nesterov's method in its look-ahead form.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad_at : callable
        ``grad_at(point)`` returns the gradient of the loss at a point.
    velocity : ndarray
        What the last step returned; zeros before the first.
    lr : float
        Learning rate.
    momentum : float
        Share of the velocity that is kept.

    Returns
    -------
    w_new : ndarray
        ``w + velocity_new``.
    velocity_new : ndarray
        ``momentum * velocity - lr * grad_at(w + momentum * velocity)``, a new array.
    """
    ahead = w + momentum * velocity
    velocity = momentum * velocity - lr * grad_at(ahead)
    return w + velocity, velocity


def _drive_lookahead(answer, w, curvature, n_steps, lr, momentum):
    """Do as `drive_steps` with a gradient that can be asked anywhere."""
    velocity, path = np.zeros_like(w), []
    for _ in range(n_steps):
        before = velocity.copy()
        got = answer(w, lambda point: curvature * point, velocity, lr, momentum)
        if got is None and not path:
            return None
        kept = bool(np.array_equal(velocity, before))
        pair = isinstance(got, (tuple, list)) and len(got) == 2
        if not pair or not all(isinstance(p, np.ndarray) and p.shape == w.shape for p in got):
            return [*path, (got, kept)]
        path.append((tuple(part.copy() for part in got), kept))
        w, velocity = got
    return path


def _bowl_cases(rng):
    yield case("a ravine", rng.normal(size=2), np.array([1.0, 20.0]), 5, 0.03, 0.9)
    yield case("five directions", rng.normal(size=5), rng.uniform(0.5, 3, size=5), 4, 0.1, 0.8)
    yield case("one step", rng.normal(size=3), rng.uniform(0.5, 3, size=3), 1, 0.2, 0.9)
    yield case("no momentum", rng.normal(size=3), rng.uniform(0.5, 3, size=3), 3, 0.2, 0.0)


def _gradient_here(w, grad_at, velocity, lr, momentum):
    """You took the gradient where you stand: where is momentum about to take you?"""
    velocity = momentum * velocity - lr * grad_at(w)
    return w + velocity, velocity


def _full_lookahead(w, grad_at, velocity, lr, momentum):
    """You look ahead by the whole velocity; only the share that is kept will be walked."""
    velocity = momentum * velocity - lr * grad_at(w + velocity)
    return w + velocity, velocity


def _looks_back(w, grad_at, velocity, lr, momentum):
    """Here the velocity already points downhill: ahead is w plus momentum times it."""
    velocity = momentum * velocity - lr * grad_at(w - momentum * velocity)
    return w + velocity, velocity


def _ends_at_the_lookahead(w, grad_at, velocity, lr, momentum):
    """You stepped from the look-ahead point with the new velocity: momentum counts twice."""
    ahead = w + momentum * velocity
    velocity = momentum * velocity - lr * grad_at(ahead)
    return ahead + velocity, velocity


def _climbs_ahead(w, grad_at, velocity, lr, momentum):
    """You add the gradient: with the rate inside, this velocity has to point downhill."""
    velocity = momentum * velocity + lr * grad_at(w + momentum * velocity)
    return w + velocity, velocity


def _velocity_without_the_rate(w, grad_at, velocity, lr, momentum):
    """That is the velocity of PyTorch's form. Here it contains the rate and points downhill."""
    velocity = momentum * velocity + grad_at(w - lr * momentum * velocity)
    return w - lr * velocity, velocity


def _velocity_uphill(w, grad_at, velocity, lr, momentum):
    """Your velocity points uphill and you subtract it; in this form it points downhill."""
    velocity = momentum * velocity + lr * grad_at(w - momentum * velocity)
    return w - velocity, velocity


def _pytorch_form(w, grad_at, velocity, lr, momentum):
    """That is PyTorch's form, for a gradient at `w`; this one asks ahead and moves by velocity."""
    grad = grad_at(w)
    velocity = momentum * velocity + grad
    return w - lr * (grad + momentum * velocity), velocity


def _never_slows(w, grad_at, velocity, lr, momentum):
    """You look ahead at the right point; then the whole old velocity is kept, not its share."""
    velocity = velocity - lr * grad_at(w + momentum * velocity)
    return w + velocity, velocity


def _velocity_lost(w, grad_at, velocity, lr, momentum):
    """Return two things: without the velocity the next step has nowhere to look ahead."""
    return w + momentum * velocity - lr * grad_at(w + momentum * velocity)


def _lookahead_by_the_rate(w, grad_at, velocity, lr, momentum):
    """The velocity contains the rate already: how far does its kept share carry you?"""
    velocity = momentum * velocity - lr * grad_at(w + lr * velocity)
    return w + velocity, velocity


lookahead_step_exercise = Exercise(
    reference=lookahead_step,
    cases=_bowl_cases,
    driver=_drive_lookahead,
    accept=told_by_step(
        lookahead_step, _drive_lookahead, "w_new", "velocity_new", memory="velocity"
    ),
    points=3,
    mistakes=(
        _gradient_here,
        _full_lookahead,
        _looks_back,
        _ends_at_the_lookahead,
        _climbs_ahead,
        _velocity_without_the_rate,
        _velocity_uphill,
        _pytorch_form,
        _never_slows,
        _lookahead_by_the_rate,
        _velocity_lost,
    ),
    difficulty=3,
    minutes=10,
    follow_up="PyTorch's Nesterov never evaluates a second point. How can it be the same method?",
    follow_up_answer=(
        "It stores another point: what PyTorch calls w is the look-ahead point `w + momentum * "
        "velocity`, so the gradient there is the look-ahead gradient. Written for that point, the "
        "step is `-lr * (grad + momentum * velocity)` with PyTorch's velocity, which has the "
        "other sign and no rate in it. The two agree exactly while the rate is constant."
    ),
)
