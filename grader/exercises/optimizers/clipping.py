"""Clipping by the global norm."""

import numpy as np

from grader.exercise import Exercise, case


def clip_by_global_norm(grads, max_norm):
    """Shrink all gradients together until their common norm is at most a bound.

    Parameters
    ----------
    grads : list of ndarray
        One gradient a parameter, of any shapes.
    max_norm : float
        The bound.

    Returns
    -------
    clipped : list of ndarray
        New arrays with the direction of the old ones.
    norm : float
        The norm before clipping, over all entries of all gradients.
    """
    norm = float(np.sqrt(sum(np.sum(grad**2) for grad in grads)))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [factor * grad for grad in grads], norm


def _norm_cases(rng):
    yield case("3, 4 and 12", [np.array([3.0, 4.0]), np.array([12.0])], 1.0)
    yield case("two layers", [rng.normal(size=(3, 2)), rng.normal(size=2)], 0.5)
    yield case("below the bound", [0.01 * rng.normal(size=4), 0.01 * rng.normal(size=2)], 1.0)
    yield case("gradients of 0", [np.zeros(3), np.zeros((2, 2))], 1.0, quiet=True)
    yield case("a single gradient", [10 * rng.normal(size=5)], 2.0)


def _each_on_its_own(grads, max_norm):
    """Clipped one by one, the direction changes: all gradients share one norm and one factor."""
    norm = clip_by_global_norm(grads, max_norm)[1]
    return [clip_by_global_norm([grad], max_norm)[0][0] for grad in grads], norm


def _always_rescaled(grads, max_norm):
    """You also enlarge small gradients: only shrink."""
    norm = clip_by_global_norm(grads, max_norm)[1]
    return [grad * (max_norm / norm if norm else 1.0) for grad in grads], norm


def _entries_clipped(grads, max_norm):
    """Cutting entries off at the bound turns the direction: multiply all by one factor instead."""
    return [np.clip(grad, -max_norm, max_norm) for grad in grads], clip_by_global_norm(
        grads, max_norm
    )[1]


def _sum_of_norms(grads, max_norm):
    """Norms do not add up: add the squares of all entries, then take one root."""
    norm = float(sum(np.linalg.norm(grad) for grad in grads))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [factor * grad for grad in grads], norm


def _norm_after(grads, max_norm):
    """Report the norm before clipping: that is the number worth logging."""
    clipped, norm = clip_by_global_norm(grads, max_norm)
    return clipped, min(norm, max_norm)


def _clipped_in_place(grads, max_norm):
    """The caller's gradients are changed: return new arrays."""
    clipped, norm = clip_by_global_norm(grads, max_norm)
    for grad, new in zip(grads, clipped):
        grad[...] = new
    return grads, norm


def _root_forgotten(grads, max_norm):
    """That is the square of the norm: take the root of the sum."""
    norm = clip_by_global_norm(grads, max_norm)[1] ** 2
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [factor * grad for grad in grads], norm


def _entries_added(grads, max_norm):
    """You added the sizes of the entries; the norm is the root of the sum of their squares."""
    norm = float(sum(np.abs(grad).sum() for grad in grads))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [factor * grad for grad in grads], norm


def _mean_of_squares(grads, max_norm):
    """A norm adds up the squares; yours averages them, so large arrays count too little."""
    norm = float(np.sqrt(sum(np.mean(grad**2) for grad in grads)))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [factor * grad for grad in grads], norm


def _factor_upside_down(grads, max_norm):
    """Long gradients stay as long as they were: is the factor upside down, or never used?"""
    norm = clip_by_global_norm(grads, max_norm)[1]
    return [min(1.0, norm / max_norm) * grad for grad in grads], norm


def _to_length_one(grads, max_norm):
    """Your result has the length 1: the bound is `max_norm`, and short gradients stay."""
    norm = clip_by_global_norm(grads, max_norm)[1]
    return [grad / norm if norm else grad for grad in grads], norm


def _divides_by_zero(grads, max_norm):
    """Gradients of 0 have the norm 0, and you divide by it: leave them as they are."""
    norm = np.sqrt(sum(np.sum(grad**2) for grad in grads))
    factor = min(1.0, max_norm / norm)
    return [factor * grad for grad in grads], norm


def _norm_not_returned(grads, max_norm):
    """Return two things: the clipped gradients, and the norm from before as a number to log."""
    return clip_by_global_norm(grads, max_norm)[0]


clip_by_global_norm_exercise = Exercise(
    reference=clip_by_global_norm,
    cases=_norm_cases,
    points=3,
    mistakes=(
        _each_on_its_own,
        _always_rescaled,
        _entries_clipped,
        _sum_of_norms,
        _norm_after,
        _clipped_in_place,
        _root_forgotten,
        _entries_added,
        _mean_of_squares,
        _factor_upside_down,
        _to_length_one,
        _divides_by_zero,
        _norm_not_returned,
    ),
    minutes=7,
    follow_up="Which bound do you choose, and what do you log to find out?",
    follow_up_answer=(
        "I log the norm before clipping for a while and take a bound that only spikes exceed, "
        "such as a high percentile; 1 is a common first guess. Then I log the share of clipped "
        "steps: if nearly all are clipped, the bound, not the gradient, sets the step. A norm of "
        "nan is no case for clipping: I skip that step."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)
