"""Gradient descent, momentum and Nesterov's look-ahead."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import runs


def sgd_step(w, grad, lr):
    """Take one step of gradient descent.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Gradient of the loss with respect to it, of its shape.
    lr : float
        Learning rate.

    Returns
    -------
    w_new : ndarray
        The parameter after the step; `w` itself stays as it is.
    """
    return w - lr * grad


def _sgd_cases(rng):
    yield case("two weights", np.array([0.5, 0.3]), np.array([0.1, 0.2]), 0.01)
    yield case("a weight matrix", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), 0.3)
    yield case("a learning rate of 0", rng.normal(size=4), rng.normal(size=4), 0.0)
    yield case("one weight", rng.normal(size=1), rng.normal(size=1), 2.0)


def _uphill(w, grad, lr):
    """The gradient points uphill, and you follow it."""
    return w + lr * grad


def _in_place(w, grad, lr):
    """`-=` changes the caller's array: a step should return a new one."""
    w -= lr * grad
    return w


def _rate_forgotten(w, grad, lr):
    """Set `lr` to 0: nothing should move."""
    return w - grad


def _only_the_step(w, grad, lr):
    """That is the step; the contract asks for the parameter after it."""
    return -lr * grad


def _sign_only(w, grad, lr):
    """Every weight moves by the same amount in yours: the size of the gradient counts too."""
    return w - lr * np.sign(grad)


sgd_step_exercise = Exercise(
    reference=sgd_step,
    cases=_sgd_cases,
    points=1,
    mistakes=(_uphill, _in_place, _rate_forgotten, _only_the_step, _sign_only),
    difficulty=1,
    minutes=3,
    follow_up="How long is this step, and how long is Adam's?",
    follow_up_answer=(
        "It is `lr` times the norm of the gradient, so it shrinks with the gradient. Adam's is "
        "about `lr` in each coordinate whose gradients agree, whatever their scale, and shorter "
        "where they alternate. So Adam's first step over n coordinates is about `lr * sqrt(n)` "
        "long."
    ),
)


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
        ``momentum * velocity + grad``.
    """
    velocity = momentum * velocity + grad
    return w - lr * velocity, velocity


def _drive_momentum(answer, w, grads, lr, momentum):
    velocity, path = np.zeros_like(w), []
    for grad in grads:
        w, velocity = answer(w, grad.copy(), velocity, lr, momentum)
        path.append((w.copy(), velocity.copy()))
    return path


def _momentum_cases(rng):
    yield from runs(rng, 0.1, 0.9)
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
    """The caller's weights are changed: return new arrays instead of `-=`."""
    velocity = momentum * velocity + grad
    w -= lr * velocity
    return w, velocity


momentum_step_exercise = Exercise(
    reference=momentum_step,
    cases=_momentum_cases,
    driver=_drive_momentum,
    points=3,
    mistakes=(
        _average_form,
        _velocity_not_carried,
        _old_velocity_used,
        _rate_inside,
        _nesterov_by_accident,
        _velocity_in_place,
    ),
    minutes=7,
    follow_up="The gradient stays constant. By what factor is it faster in the long run?",
    follow_up_answer=(
        "By 1 / (1 - momentum), so tenfold at 0.9: the velocity tends to the geometric sum g / (1 "
        "- 0.9). It has nine tenths of that after 22 steps. If I raise momentum to 0.99 I divide "
        "the rate by ten, to keep the long-run step."
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
        ``momentum * velocity - lr * grad_at(w + momentum * velocity)``.
    """
    velocity = momentum * velocity - lr * grad_at(w + momentum * velocity)
    return w + velocity, velocity


def _drive_lookahead(answer, w, curvature, n_steps, lr, momentum):
    velocity, path = np.zeros_like(w), []
    for _ in range(n_steps):
        w, velocity = answer(w, lambda point: curvature * point, velocity, lr, momentum)
        path.append((w.copy(), velocity.copy()))
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


lookahead_step_exercise = Exercise(
    reference=lookahead_step,
    cases=_bowl_cases,
    driver=_drive_lookahead,
    points=3,
    mistakes=(_gradient_here, _full_lookahead, _looks_back, _ends_at_the_lookahead),
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


def largest_stable_lr(curvatures):
    """Report the learning rate above which gradient descent diverges on a quadratic bowl.

    The loss is ``0.5 * sum(curvatures * w**2)``.

    Parameters
    ----------
    curvatures : ndarray of shape (D,)
        Positive second derivatives, one a direction.

    Returns
    -------
    lr : float
        The largest learning rate at which no direction grows.
    """
    return float(2 / np.max(curvatures))


def _curvature_cases(rng):
    yield case("one direction, f = 5 x**2", np.array([10.0]))
    yield case("a ravine", np.array([1.0, 50.0]))
    yield case("four directions", rng.uniform(0.1, 30, size=4))


def _one_over(curvatures):
    """At 1 / curvature a step lands in the minimum; twice that far it comes back mirrored."""
    return float(1 / np.max(curvatures))


def _flattest_direction(curvatures):
    """The steepest direction diverges first; you looked at the flattest."""
    return float(2 / np.min(curvatures))


def _mean_curvature(curvatures):
    """Directions do not average out: one that grows is enough."""
    return float(2 / np.mean(curvatures))


def _half_of_the_coefficient(curvatures):
    """The second derivative of 5 x**2 is 10: the half is in the formula of the loss already."""
    return float(4 / np.max(curvatures))


largest_stable_lr_exercise = Exercise(
    reference=largest_stable_lr,
    cases=_curvature_cases,
    points=2,
    mistakes=(_one_over, _flattest_direction, _mean_curvature, _half_of_the_coefficient),
    kind="derive",
    difficulty=3,
    minutes=10,
    follow_up="And the best rate for a ravine with curvatures 1 and 50? How fast is it then?",
    follow_up_answer=(
        "2 / (1 + 50), about 0.0392. Both directions then shrink by 49/51 = 0.961 a step, the "
        "steep one with alternating sign, so three digits take 173 steps. The condition number "
        "decides; momentum at its best settings gets about 0.75 a step, some 25 steps."
    ),
)
