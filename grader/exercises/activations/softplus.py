"""Softplus and the log of a sigmoid: the two relatives that losses are made of."""

import numpy as np

from grader.exercise import Exercise, case


def softplus(Z):
    """Compute the smooth relative of ReLU.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.

    Returns
    -------
    A : ndarray
        ``log(1 + exp(Z))``, without overflow and with all digits in the tail.
    """
    return np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z)))


def _softplus_cases(rng):
    yield case("both signs", 2 * rng.normal(size=6))
    yield case("two axes", rng.normal(size=(3, 2)))
    yield case("inputs of ±1000", np.array([1000.0, -1000.0]), quiet=True)
    yield case("the tail at -40", np.array([-40.0, -50.0]), quiet=True)


def _overflowing(Z):
    """Inf at 1000, and 0 at -40: take max(z, 0) out of the log, and use log1p for what is left."""
    return np.log(1 + np.exp(Z))


def _one_exponential(Z):
    """The tail is exact, and exp(1000) is inf: take max(z, 0) out of the log first."""
    return np.log1p(np.exp(Z))


def _tail_rounded_away(Z):
    """At -40, 1 + exp(-40) rounds to 1 and its log to 0: `np.log1p` keeps the digits."""
    return np.maximum(Z, 0) + np.log(1 + np.exp(-np.abs(Z)))


def _half_of_it(Z):
    """You kept the correction and lost the straight part, max(z, 0)."""
    return np.log1p(np.exp(-np.abs(Z)))


def _relu_instead(Z):
    """At 0 softplus is log 2, about 0.693; ReLU has a corner there."""
    return np.maximum(Z, 0)


def _mirrored(Z):
    """Yours grows to the left. That is softplus(-z), the log of the sigmoid times -1."""
    return softplus(-Z)


def _both_branches_computed(Z):
    """The values are right. `np.where` computes both branches, so `exp` still meets +1000."""
    return np.where(Z > 0, Z + np.log1p(np.exp(-Z)), np.log1p(np.exp(Z)))


softplus_exercise = Exercise(
    reference=softplus,
    cases=_softplus_cases,
    points=2,
    mistakes=(
        _overflowing,
        _one_exponential,
        _tail_rounded_away,
        _half_of_it,
        _relu_instead,
        _mirrored,
        _both_branches_computed,
    ),
    rtol=1e-6,
    atol=0.0,
    minutes=5,
    follow_up="What is its derivative, and which loss is it hiding in?",
    follow_up_answer=(
        "Its derivative is the sigmoid. It hides in binary cross-entropy from logits, which is "
        "`softplus(z) - y * z` for the logit z and the label y. So the gradient of that loss can "
        "be read off: `sigmoid(z) - y`, with no division that could fail."
    ),
)


def log_sigmoid(Z):
    """Compute the logarithm of the sigmoid.

    Parameters
    ----------
    Z : ndarray
        Logits of any shape and any size.

    Returns
    -------
    log_probs : ndarray
        ``log(sigmoid(Z))``, without overflow and with all digits in the tails.
    """
    return np.minimum(Z, 0) - np.log1p(np.exp(-np.abs(Z)))


def _log_sigmoid_cases(rng):
    yield case("both signs", 2 * rng.normal(size=6))
    yield case("two axes", rng.normal(size=(3, 2)))
    yield case("inputs of ±1000", np.array([1000.0, -1000.0]), quiet=True)
    yield case("the tails at ±40", np.array([40.0, 50.0, -40.0]), quiet=True)


def _log_of_sigmoid(Z):
    """At -1000 the sigmoid rounds to 0 and its log is -inf, not -1000: simplify the log first."""
    return np.log(1 / (1 + np.exp(-Z)))


def _clipped(Z):
    """The clip at 1e-12 floors yours at -27.6; the true value goes on falling with z."""
    return np.log(np.clip(0.5 * (1 + np.tanh(Z / 2)), 1e-12, 1))


def _difference_of_infinities(Z):
    """`log(1 + exp(z))` is inf at 1000, so z minus it is -inf: which exponent cannot overflow?"""
    return Z - np.log1p(np.exp(Z))


def _sign_lost(Z):
    """A probability is at most 1, so its log is at most 0."""
    return softplus(-Z)


def _argument_not_mirrored(Z):
    """Yours is the log of `1 - sigmoid(z)`: mirror the argument."""
    return -softplus(Z)


def _tail_lost(Z):
    """At 40 yours is 0: 1 + exp(-40) rounds to 1. Which function takes the small part alone?"""
    return np.minimum(Z, 0) - np.log(1 + np.exp(-np.abs(Z)))


def _two_branches_computed(Z):
    """The values are right. `np.where` computes both branches, so `exp` still meets +1000."""
    return np.where(Z > 0, -np.log1p(np.exp(-Z)), Z - np.log1p(np.exp(Z)))


log_sigmoid_exercise = Exercise(
    reference=log_sigmoid,
    cases=_log_sigmoid_cases,
    points=2,
    mistakes=(
        _log_of_sigmoid,
        _clipped,
        _difference_of_infinities,
        _sign_lost,
        _argument_not_mirrored,
        _tail_lost,
        _two_branches_computed,
    ),
    rtol=1e-6,
    atol=0.0,
    minutes=5,
    follow_up="Write binary cross-entropy with it. How many lines are left?",
    follow_up_answer=(
        "One: `-np.mean(y * log_sigmoid(z) + (1 - y) * log_sigmoid(-z))`. It works because 1 - "
        "sigmoid(z) is sigmoid(-z). No probability is formed and nothing is clipped, so a "
        "positive at z = -1000 costs 1000 and still has a gradient."
    ),
)
