"""Binary cross-entropy from logits, its gradient, and a weight for the positives."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.loss_functions.binary import bce

PAIRING = ("https://mlmentorship.com/questions/softmax-cross-entropy-pairing/",)


def bce_with_logits(logits, y):
    """Compute the mean binary cross-entropy straight from logits.

    Parameters
    ----------
    logits : ndarray of shape (N,)
        Raw scores of class 1, of any size.
    y : ndarray of shape (N,)
        Targets from 0 to 1.

    Returns
    -------
    loss : float
        Mean cross-entropy in nats, exact and without overflow for any logit.
    """
    # log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)): no overflow.
    # The logarithm comes last: beside a large z it would lose digits.
    rest = np.log1p(np.exp(-np.abs(logits)))
    return float(np.mean(np.maximum(logits, 0) - logits * y + rest))


def _logit_cases(rng):
    yield case("five logits", 2 * rng.normal(size=5), np.array([1.0, 0, 1, 0, 0]))
    yield case("soft targets", rng.normal(size=3), np.array([0.5, 0.2, 0.9]))
    yield case("logits of 1000, all right", np.array([1e3, -1e3]), np.array([1.0, 0.0]), quiet=True)
    yield case("logits of 1000, all wrong", np.array([-1e3, 1e3]), np.array([1.0, 0.0]), quiet=True)
    yield case("a logit of -50 for class 1", np.array([-50.0]), np.array([1.0]), quiet=True)
    yield case("confident and right", np.array([40.0, -38.0]), np.array([1.0, 0.0]), quiet=True)
    yield case("integer labels", rng.normal(size=4), np.array([0, 1, 1, 0]))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _log_of_sigmoid(logits, y):
    """At z = -800 the sigmoid is 0 and its log -inf. Can log(1 + exp(z)) avoid that?"""
    p = _sigmoid(logits)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _clipped_sigmoid(logits, y):
    """A logit of -50 for class 1 should cost 50; the clip caps yours and kills its gradient."""
    p = np.clip(0.5 * (1 + np.tanh(logits / 2)), 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _sigmoid_twice(logits, y):
    """These are logits already: squashed twice, an example of class 1 costs 0.313 at best."""
    return bce_with_logits(0.5 * (1 + np.tanh(logits / 2)), y)


def _label_of_the_other_class(logits, y):
    """Check one example by hand: z = 3 with y = 1 should be cheap, and yours is dear."""
    return bce_with_logits(-logits, y)


def _sign_in_the_exponent(logits, y):
    """With max(z, 0) taken out, the exponent left must not be positive. Is yours at z = -3?"""
    losses = np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-logits))
    return float(np.mean(losses))


def _one_loss_each(logits, y):
    """That is one loss for each example; the contract is a single number, their mean."""
    return np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))


def _overflowing_softplus(logits, y):
    """`log(1 + exp(z))` is inf at z = 1000. Take max(z, 0) out of the logarithm first."""
    return float(np.mean(np.log(1 + np.exp(logits)) - logits * y))


def _summed_logits(logits, y):
    """Yours grows with the batch: the contract is a mean."""
    return bce_with_logits(logits, y) * len(y)


def _through_clamped_probabilities(logits, y):
    """The clamp makes a logit of -1000 for class 1 cost 100. Form no probability on the way."""
    return bce(_sigmoid(logits), y)


def _always_zero(logits, y):
    """Yours is 0 for right and wrong alike. What should z = 3 with y = 0 cost, by hand?"""
    return 0.0


def _margin_form(logits, y):
    """With m = (2 * y - 1) * z the label must be 0 or 1; a soft target needs both terms."""
    return float(np.mean(np.logaddexp(0, -(2 * y - 1) * logits)))


def _where_computes_both(logits, y):
    """Right, and `np.where` computes both sides: one overflows. Let `exp` see `-abs(z)`."""
    above, below = np.log1p(np.exp(-logits)), np.log1p(np.exp(logits))
    return float(np.mean(np.where(logits > 0, logits + above, below) - logits * y))


def _abs_for_max(logits, y):
    """At z = -3 with y = 0 the cost is near 0, and yours starts at |z|. What stands in front?"""
    return float(np.mean(np.abs(logits) - logits * y + np.log1p(np.exp(-np.abs(logits)))))


bce_with_logits_exercise = Exercise(
    reference=bce_with_logits,
    cases=_logit_cases,
    points=4,
    mistakes=(
        _margin_form,
        _log_of_sigmoid,
        _clipped_sigmoid,
        _sigmoid_twice,
        _label_of_the_other_class,
        _sign_in_the_exponent,
        _one_loss_each,
        _overflowing_softplus,
        _summed_logits,
        _through_clamped_probabilities,
        _always_zero,
        _where_computes_both,
        _abs_for_max,
    ),
    difficulty=3,
    minutes=12,
    follow_up="What is its gradient, and why is no sigmoid slope left in it?",
    follow_up_answer=(
        "`sigmoid(z) - y` for each example, over N for the mean. The loss has the slope `(p - y) "
        "/ (p * (1 - p))` in p, the sigmoid has `p * (1 - p)` in z, and the product cancels. So a "
        "confident mistake keeps a slope close to 1 in size, where squared error would hardly "
        "move."
    ),
    asked=PAIRING,
)


def bce_with_logits_backward(logits, y):
    """Compute the gradient of `bce_with_logits`.

    Parameters
    ----------
    logits : ndarray of shape (N,)
        Raw scores of class 1, of any size.
    y : ndarray of shape (N,)
        Targets from 0 to 1.

    Returns
    -------
    dlogits : ndarray of shape (N,)
        ``(sigmoid(logits) - y) / N``.
    """
    # The same sigmoid, written with tanh: no exponential overflows.
    probs = 0.5 * (1 + np.tanh(0.5 * logits))
    return (probs - y) / len(y)


def _naive_sigmoid(logits, y):
    """Right, and `exp` overflows, even in a side `np.where` drops: keep its argument below 0."""
    return (_sigmoid(logits) - y) / len(y)


def _slope_kept(logits, y):
    """The sigmoid's slope cancels against the loss's 1/(p(1-p)); you multiplied by it again."""
    p = 0.5 * (1 + np.tanh(logits / 2))
    return (p - y) * p * (1 - p) / len(y)


def _target_minus_probability(logits, y):
    """For y = 1 a larger logit lowers the loss, so the slope is negative: which minus which?"""
    return -bce_with_logits_backward(logits, y)


def _no_mean(logits, y):
    """The loss averages over the batch; its gradient carries the same 1/N."""
    return bce_with_logits_backward(logits, y) * len(y)


def _logit_as_probability(logits, y):
    """Subtract the target from the probability, not from the logit."""
    return (logits - y) / len(y)


def _slope_by_the_probability(logits, y):
    """That is the slope in p. One more factor, p * (1 - p), leads to the logit, and cancels."""
    p = _sigmoid(logits)
    return (-y / p + (1 - y) / (1 - p)) / len(y)


def _cancelled_too_late(logits, y):
    """At p = 0 yours is 0 times inf. Cancel p * (1 - p) on paper: what is left of the product?"""
    p = _sigmoid(logits)
    return (-y / p + (1 - y) / (1 - p)) * p * (1 - p) / len(y)


def _infinity_over_infinity(logits, y):
    """At z = 1000 `exp(z) / (1 + exp(z))` is inf / inf. Which sigmoid does not overflow?"""
    return (np.exp(logits) / (1 + np.exp(logits)) - y) / len(y)


def _always_flat(logits, y):
    """All your slopes are 0. Only where the probability equals the target should it be so."""
    return np.zeros(len(y))


def _label_divided_alone(logits, y):
    """Your 1/N reaches the label only: `a - b / N` divides b. Where do brackets belong?"""
    return 0.5 * (1 + np.tanh(logits / 2)) - y / len(y)


bce_with_logits_backward_exercise = Exercise(
    reference=bce_with_logits_backward,
    cases=_logit_cases,
    points=2,
    mistakes=(
        _naive_sigmoid,
        _slope_kept,
        _target_minus_probability,
        _no_mean,
        _logit_as_probability,
        _slope_by_the_probability,
        _cancelled_too_late,
        _infinity_over_infinity,
        _always_flat,
        _label_divided_alone,
    ),
    minutes=6,
    follow_up="Compare with squared error behind the sigmoid at p = 0.01, y = 1. Which learns?",
    follow_up_answer=(
        "Cross-entropy. Its slope at the logit is `p - y`, -0.99. Squared error has `2 * (p - y) "
        "* p * (1 - p)`, -0.0196, about 50 times less, because the sigmoid's slope stays in it. "
        "So squared error learns least where the mistake is worst. Far out it sits on a plateau."
    ),
    asked=PAIRING,
)


def class_weighted_bce(logits, y, pos_weight):
    """Compute the mean binary cross-entropy with a weight on the positive class.

    Parameters
    ----------
    logits : ndarray of shape (N,)
        Raw scores of class 1, of any size.
    y : ndarray of shape (N,)
        Labels, 0 or 1.
    pos_weight : float
        How often a positive example counts.

    Returns
    -------
    loss : float
        Sum over the batch of the weighted losses, divided by N.
    """
    log_p = -np.logaddexp(0, -logits)
    log_q = -np.logaddexp(0, logits)
    return float(-np.mean(pos_weight * y * log_p + (1 - y) * log_q))


def _weighted_cases(rng):
    y = np.array([1.0, 0, 0, 0, 1, 0])
    yield case("one positive in three", rng.normal(size=6), y, 2.0)
    yield case("a weight of 1", rng.normal(size=6), y, 1.0)
    yield case("rare positives", rng.normal(size=6), np.array([0.0, 0, 0, 1, 0, 0]), 30.0)
    yield case("no positive at all", rng.normal(size=4), np.zeros(4), 9.0)
    yield case("large logits", np.array([500.0, -700.0]), np.array([0.0, 1.0]), 3.0, quiet=True)


def _weight_on_both(logits, y, pos_weight):
    """You weighted every example; then it is a factor on the loss and changes no trade-off."""
    return pos_weight * class_weighted_bce(logits, y, 1.0)


def _weight_on_negatives(logits, y, pos_weight):
    """The weight went to the negative class; the rare positives are the ones to lift."""
    return class_weighted_bce(-logits, 1 - y, pos_weight)


def _divided_by_the_weights(logits, y, pos_weight):
    """You divided by the sum of the weights; the contract divides by N, as PyTorch does here."""
    weights = np.where(y == 1, pos_weight, 1.0)
    return class_weighted_bce(logits, y, pos_weight) * len(y) / float(weights.sum())


def _through_the_sigmoid(logits, y, pos_weight):
    """At a logit of -700 the sigmoid is 0 and its log -inf. Start from your loss from logits."""
    p = _sigmoid(logits)
    return float(-np.mean(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p)))


def _weight_ignored(logits, y, pos_weight):
    """Double `pos_weight`: your loss stays the same."""
    return class_weighted_bce(logits, y, 1.0)


def _weight_on_the_logit(logits, y, pos_weight):
    """Scaling the logit changes the model's confidence; the weight scales the loss."""
    return class_weighted_bce(np.where(y == 1, pos_weight * logits, logits), y, 1.0)


def _weight_on_one_term(logits, y, pos_weight):
    """You weighted `y * z` alone, a part of a positive's cost. Weight all of log(1 + exp(-z))."""
    return float(np.mean(np.logaddexp(0, logits) - pos_weight * y * logits))


def _weight_added(logits, y, pos_weight):
    """With a weight of 1 yours counts a positive twice: the weight takes the place of the 1."""
    return class_weighted_bce(logits, y, 1 + pos_weight)


def _summed_up(logits, y, pos_weight):
    """Duplicate the batch: yours doubles. The contract divides by N."""
    return class_weighted_bce(logits, y, pos_weight) * len(y)


def _weight_on_the_log_alone(logits, y, pos_weight):
    """You weighted the logarithm alone; max(z, 0) - z * y belongs to a positive's cost too."""
    weights = np.where(y == 1, pos_weight, 1.0)
    log_term = weights * np.log1p(np.exp(-np.abs(logits)))
    return float(np.mean(np.maximum(logits, 0) - logits * y + log_term))


class_weighted_bce_exercise = Exercise(
    reference=class_weighted_bce,
    cases=_weighted_cases,
    points=2,
    mistakes=(
        _weight_on_both,
        _weight_on_negatives,
        _divided_by_the_weights,
        _through_the_sigmoid,
        _weight_ignored,
        _weight_on_the_logit,
        _weight_on_one_term,
        _weight_added,
        _summed_up,
        _weight_on_the_log_alone,
    ),
    minutes=7,
    follow_up="After training with a weight of 20, can you read the sigmoid as a probability?",
    follow_up_answer=(
        "No, it overstates the positives. The best output has odds 20 times the true ones, so a "
        "true 1 % reads as about 17 %. Subtract `log(20)` from the logit, or recalibrate on data "
        "with the true class shares. The shift leaves the ranking as it is, so only the threshold "
        "moves."
    ),
)
