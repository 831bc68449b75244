"""Gradient descent and its largest stable rate."""

import numpy as np

from grader.exercise import Exercise, case


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
    """Yours moves as far for a small gradient as for a large one: its size counts too."""
    return w - lr * np.sign(grad)


def _scales_the_weight(w, grad, lr):
    """Your step grows with `w` itself; it should be `lr` times the gradient, wherever `w` is."""
    return w * (1 - lr * grad)


sgd_step_exercise = Exercise(
    reference=sgd_step,
    cases=_sgd_cases,
    points=1,
    mistakes=(
        _uphill,
        _in_place,
        _rate_forgotten,
        _only_the_step,
        _sign_only,
        _scales_the_weight,
    ),
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
    yield case("a ravine, curvatures 1, 4 and 50", np.array([1.0, 4.0, 50.0]))
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


def _sum_of_curvatures(curvatures):
    """Directions do not add up: each has a limit of its own. Which is the lowest?"""
    return float(2 / np.sum(curvatures))


def _a_limit_each(curvatures):
    """These are the limits of the directions one by one: which of them binds?"""
    return 2 / curvatures


def _best_rate(curvatures):
    """That is the fastest rate for this bowl. At which rate does the steepest direction grow?"""
    return float(2 / (np.max(curvatures) + np.min(curvatures)))


def _half_of_the_coefficient(curvatures):
    """The second derivative of 5 x**2 is 10: the half is in the formula of the loss already."""
    return float(4 / np.max(curvatures))


largest_stable_lr_exercise = Exercise(
    reference=largest_stable_lr,
    cases=_curvature_cases,
    points=2,
    mistakes=(
        _one_over,
        _flattest_direction,
        _mean_curvature,
        _sum_of_curvatures,
        _a_limit_each,
        _best_rate,
        _half_of_the_coefficient,
    ),
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
