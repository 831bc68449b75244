"""Binary cross-entropy of probabilities."""

import numpy as np

from grader.exercise import Exercise, case


def bce(probs, y):
    """Compute the mean binary cross-entropy of probabilities.

    Parameters
    ----------
    probs : ndarray of shape (N,)
        Probabilities of class 1, from 0 to 1, both ends included.
    y : ndarray of shape (N,)
        Targets from 0 to 1.

    Returns
    -------
    loss : float
        Mean of ``-(y * log(p) + (1 - y) * log(1 - p))`` in nats,
        each log clamped at -100.
    """
    with np.errstate(divide="ignore"):
        log_p = np.maximum(np.log(probs), -100)
        log_q = np.maximum(np.log1p(-probs), -100)
    return float(-np.mean(y * log_p + (1 - y) * log_q))


def _probability_cases(rng):
    yield case("five probabilities", rng.uniform(0.05, 0.95, size=5), np.array([1.0, 0, 1, 0, 0]))
    yield case("a soft target", np.array([0.5, 0.2]), np.array([0.5, 0.7]))
    yield case("a perfect prediction", np.array([1.0, 0.0]), np.array([1.0, 0.0]), quiet=True)
    yield case("certain and wrong", np.array([0.0, 1.0]), np.array([1.0, 0.0]), quiet=True)
    yield case("a batch of one", rng.uniform(0.1, 0.9, size=1), np.array([1.0]))
    yield case("integer labels", rng.uniform(0.1, 0.9, size=4), np.array([0, 1, 1, 0]))


def _sign_forgotten(probs, y):
    """The log of a probability is at most 0; a loss should be at least 0. Where is the minus?"""
    return -bce(probs, y)


def _unclamped(probs, y):
    """Try y = 1, p = 1: 0 * log(0) is nan. A perfect prediction must cost 0."""
    return float(-np.mean(y * np.log(probs) + (1 - y) * np.log(1 - probs)))


def _base_two(probs, y):
    """At p = 0.5 the loss is 0.6931 in nats; yours is 1, which is bits."""
    return bce(probs, y) / np.log(2)


def _base_ten(probs, y):
    """At p = 0.5 the loss is 0.6931 in nats; `np.log10` counts in another unit."""
    return bce(probs, y) / np.log(10)


def _only_the_positive_class(probs, y):
    """Negative examples cost nothing in yours: a model that always says 1 would be perfect."""
    with np.errstate(divide="ignore"):
        return float(-np.mean(y * np.maximum(np.log(probs), -100)))


def _summed(probs, y):
    """Duplicate the batch: yours doubles, and a mean must not change."""
    return bce(probs, y) * len(y)


def _not_averaged(probs, y):
    """One loss for each example is left; the contract is a single number, their mean."""
    with np.errstate(divide="ignore"):
        return -(y * np.maximum(np.log(probs), -100) + (1 - y) * np.maximum(np.log1p(-probs), -100))


def _label_as_a_switch(probs, y):
    """Yours picks one of the two logs by the label. A soft target of 0.7 needs both, weighted."""
    with np.errstate(divide="ignore"):
        return float(-np.mean(np.maximum(np.log(np.where(y == 1, probs, 1 - probs)), -100)))


def _epsilon_inside(probs, y):
    """A tiny number inside the log caps a certain mistake at 27.6. Bound the log itself instead."""
    log_p, log_q = np.log(probs + 1e-12), np.log(1 - probs + 1e-12)
    return float(-np.mean(y * log_p + (1 - y) * log_q))


def _clipped_early(probs, y):
    """You clip at 1e-7, so a certain mistake costs 16.1; here the log is clamped at -100."""
    p = np.clip(probs, 1e-7, 1 - 1e-7)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _nan_swept_away(probs, y):
    """`nan_to_num` mends the nan and leaves a certain mistake far above 100. Bound each log."""
    with np.errstate(all="ignore"):
        terms = np.nan_to_num(y * np.log(probs) + (1 - y) * np.log(1 - probs))
        return float(-np.mean(terms))


def _clamped_outside(probs, y):
    """0 * log(0) is nan before your clamp sees it: clamp each log first, then weight it."""
    with np.errstate(all="ignore"):
        terms = y * np.log(probs) + (1 - y) * np.log(1 - probs)
        return float(-np.mean(np.maximum(terms, -100)))


def _warns_at_zero(probs, y):
    """Right, and log(0) warns on the way. `np.errstate(divide="ignore")` says you expect it."""
    log_p, log_q = np.maximum(np.log(probs), -100), np.maximum(np.log(1 - probs), -100)
    return float(-np.mean(y * log_p + (1 - y) * log_q))


def _labels_crossed(probs, y):
    """A right answer is dear in yours: which of log(p) and log(1 - p) belongs to y = 1?"""
    return bce(1 - probs, y)


def _arguments_swapped(probs, y):
    """The log belongs to the prediction; you took it of the target."""
    return bce(y, probs)


def _clipped_late(probs, y):
    """A clip at 1e-15 caps a certain mistake at 34.5; here the log is clamped at -100."""
    p = np.clip(probs, 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


bce_exercise = Exercise(
    reference=bce,
    cases=_probability_cases,
    points=3,
    mistakes=(
        _sign_forgotten,
        _label_as_a_switch,
        _epsilon_inside,
        _not_averaged,
        _unclamped,
        _base_two,
        _base_ten,
        _only_the_positive_class,
        _summed,
        _clipped_early,
        _nan_swept_away,
        _clamped_outside,
        _warns_at_zero,
        _labels_crossed,
        _arguments_swapped,
        _clipped_late,
    ),
    rtol=1e-5,
    minutes=8,
    follow_up="Now from logits: which cancellation makes the clamp unnecessary?",
    follow_up_answer=(
        "The log undoes the exponential in the sigmoid: `-log(sigmoid(z))` is `log(1 + exp(-z))`. "
        "No probability is formed, so none can round to 0 or 1. Written as `max(z, 0) - z * y + "
        "log1p(exp(-abs(z)))` no exponent is positive. At z = -800 with y = 1 it gives exactly "
        "800, where the clamp says 100."
    ),
)
