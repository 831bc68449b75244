"""Softmax on any axis, softplus and the log of a sigmoid, and the pair against the clock."""

import numpy as np

from grader.exercise import Exercise, case

STABLE = (
    "https://prachub.com/interview-questions/implement-common-neural-network-layers-in-pytorch",
    "https://mlprep.co/topics/ml-coding/softmax-cross-entropy/",
)


def softmax(Z, axis, temperature):
    """Turn logits into probabilities.

    Parameters
    ----------
    Z : ndarray
        Logits of any shape and any size.
    axis : int
        The axis along which the probabilities add up to 1.
    temperature : float
        Divides the logits: above 1 flattens, below 1 sharpens.

    Returns
    -------
    probs : ndarray
        ``exp(Z / temperature)``, divided by its sum along `axis`.
    """
    scaled = Z / temperature
    # A shift leaves softmax unchanged; with the maximum at 0 exp cannot overflow.
    exps = np.exp(scaled - scaled.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _cases(rng):
    yield case("four rows of three", rng.normal(size=(4, 3)), -1, 1.0)
    yield case("as many rows as classes", rng.normal(size=(3, 3)), 1, 1.0)
    yield case("down the columns", rng.normal(size=(3, 3)), 0, 1.0)
    yield case("three axes, the middle one", rng.normal(size=(2, 4, 3)), 1, 1.0)
    yield case("logits near 1000", np.array([[1000.0, 1001.0, 1002.0]]), -1, 1.0, quiet=True)
    yield case(
        "two rows far apart", np.array([[900.0, 901.0], [-900.0, -901.0]]), 1, 1.0, quiet=True
    )
    yield case("a high temperature", rng.normal(size=(2, 4)), -1, 5.0)
    yield case("a low temperature", rng.normal(size=(2, 4)), -1, 0.2)


def _naive(Z, axis, temperature):
    """exp(1000) is inf and inf / inf is nan: shift by the maximum, the value stays the same."""
    exps = np.exp(Z / temperature)
    return exps / exps.sum(axis=axis, keepdims=True)


def _always_the_batch(Z, axis, temperature):
    """Yours always sums down axis 0. Each row is one example; use the `axis` you are given."""
    return softmax(Z, 0, temperature)


def _always_the_last(Z, axis, temperature):
    """You fixed the last axis: use the `axis` you are given."""
    return softmax(Z, -1, temperature)


def _whole_batch(Z, axis, temperature):
    """The whole batch adds up to 1 in yours, instead of each example."""
    exps = np.exp(Z / temperature - (Z / temperature).max())
    return exps / exps.sum()


def _global_maximum(Z, axis, temperature):
    """A row far below the largest entry of all becomes 0 / 0: take each row's own maximum."""
    scaled = Z / temperature
    exps = np.exp(scaled - scaled.max())
    return exps / exps.sum(axis=axis, keepdims=True)


def _temperature_ignored(Z, axis, temperature):
    """Raise the temperature: yours stay as they are. It divides the logits, before `exp`."""
    return softmax(Z, axis, 1.0)


def _temperature_multiplies(Z, axis, temperature):
    """A high temperature should flatten; yours sharpens. Divide, do not multiply."""
    return softmax(Z, axis, 1 / temperature)


def _in_place(Z, axis, temperature):
    """The logits of the caller are gone, and the loss still needs them: make a new array."""
    Z -= Z.max(axis=axis, keepdims=True)
    return softmax(Z, axis, temperature)


def _divided_before_exp(Z, axis, temperature):
    """Exponentiate first, divide after: the sum belongs outside of the exponent."""
    return np.exp(Z / np.exp(Z).sum(axis=axis, keepdims=True))


def _axis_not_kept(Z, axis, temperature):
    """What you reduced has lost its axis, so NumPy lines it up with another one. Keep the axis."""
    exps = np.exp(Z / temperature - (Z / temperature).max(axis=axis))
    return exps / exps.sum(axis=axis)


def _plain_share(Z, axis, temperature):
    """That is each logit's share of the sum; without exp it can be negative."""
    return Z / Z.sum(axis=axis, keepdims=True)


softmax_exercise = Exercise(
    reference=softmax,
    cases=_cases,
    points=3,
    mistakes=(
        _naive,
        _always_the_last,
        _always_the_batch,
        _whole_batch,
        _global_maximum,
        _temperature_ignored,
        _temperature_multiplies,
        _in_place,
        _divided_before_exp,
        _axis_not_kept,
        _plain_share,
    ),
    difficulty=2,
    minutes=8,
    follow_up="Add 7 to every logit. Multiply every logit by 7. What happens, and why?",
    follow_up_answer=(
        "Adding changes nothing: the factor `exp(7)` cancels between numerator and sum, which is "
        "why subtracting the maximum is safe. Multiplying sharpens, like a temperature of 1/7: "
        "ratios of probabilities are raised to the seventh power. The order of the classes stays."
    ),
    asked=STABLE,
)


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
    yield case("the tail at -40", np.array([-40.0, -36.0]), quiet=True)


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
    """Yours grows to the left. That is softplus(-z), minus the log of the sigmoid."""
    return softplus(-Z)


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
        ``log(sigmoid(Z))``, which is ``-softplus(-Z)``.
    """
    return np.minimum(Z, 0) - np.log1p(np.exp(-np.abs(Z)))


def _log_of_sigmoid(Z):
    """At -1000 the sigmoid is 0 and its log -inf; the answer there is -1000."""
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
    """Yours is the log of 1 - sigmoid: mirror the argument."""
    return -softplus(Z)


log_sigmoid_exercise = Exercise(
    reference=log_sigmoid,
    cases=_softplus_cases,
    points=2,
    mistakes=(
        _log_of_sigmoid,
        _clipped,
        _difference_of_infinities,
        _sign_lost,
        _argument_not_mirrored,
    ),
    minutes=5,
    follow_up="Write binary cross-entropy with it. How many lines are left?",
    follow_up_answer=(
        "One: `-np.mean(y * log_sigmoid(z) + (1 - y) * log_sigmoid(-z))`. It works because 1 - "
        "sigmoid(z) is sigmoid(-z). No probability is formed and nothing is clipped, so a "
        "positive at z = -1000 costs 1000 and still has a gradient."
    ),
)


def softmax_with_backward(Z, axis, dprobs):
    """Compute softmax along an axis, and the gradient of its input.

    Parameters
    ----------
    Z : ndarray
        Logits of any shape and any size.
    axis : int
        The axis along which the probabilities add up to 1.
    dprobs : ndarray
        Gradient of the loss with respect to the probabilities, of the shape of ``Z``.

    Returns
    -------
    probs : ndarray
        Softmax of ``Z``.
    dZ : ndarray
        ``probs * (dprobs - sum(dprobs * probs))``, the sum along `axis`.
    """
    exps = np.exp(Z - Z.max(axis=axis, keepdims=True))
    probs = exps / exps.sum(axis=axis, keepdims=True)
    inner = (dprobs * probs).sum(axis=axis, keepdims=True)
    return probs, probs * (dprobs - inner)


def _pair_cases(rng):
    for plain in _cases(rng):
        Z, axis, temperature = plain.args
        if temperature == 1.0:
            yield case(plain.label, Z, axis, rng.normal(size=Z.shape), quiet=plain.quiet)


def _diagonal_only(Z, axis, dprobs):
    """Every probability depends on every logit; you kept the diagonal p * (1 - p) alone."""
    probs = softmax(Z, axis, 1.0)
    return probs, dprobs * probs * (1 - probs)


def _inner_product_over_all(Z, axis, dprobs):
    """The inner product is one number an example; you summed over the whole batch."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs * (dprobs - (dprobs * probs).sum())


def _upstream_summed_alone(Z, axis, dprobs):
    """The sum in the bracket weighs each slope from above by its probability; yours weighs none."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs * (dprobs - dprobs.sum(axis=axis, keepdims=True))


def _outer_factor_forgotten(Z, axis, dprobs):
    """The bracket is right; it is still to be multiplied by the probabilities."""
    probs = softmax(Z, axis, 1.0)
    return probs, dprobs - (dprobs * probs).sum(axis=axis, keepdims=True)


def _cross_entropy_assumed(Z, axis, dprobs):
    """`probs - onehot` is the gradient of cross-entropy; here any upstream gradient may come."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs - dprobs


def _unshifted(Z, axis, dprobs):
    """exp(1000) overflows: subtract the maximum along the axis first."""
    exps = np.exp(Z)
    probs = exps / exps.sum(axis=axis, keepdims=True)
    return probs, probs * (dprobs - (dprobs * probs).sum(axis=axis, keepdims=True))


softmax_with_backward_exercise = Exercise(
    reference=softmax_with_backward,
    cases=_pair_cases,
    points=4,
    mistakes=(
        _diagonal_only,
        _inner_product_over_all,
        _upstream_summed_alone,
        _outer_factor_forgotten,
        _cross_entropy_assumed,
        _unshifted,
    ),
    no_loops=True,
    kind="timed",
    difficulty=3,
    minutes=8,
    follow_up="Why is the Jacobian never built? What would it cost for 50 000 classes?",
    follow_up_answer=(
        "Only its product with `dprobs` is needed, and the Jacobian is a diagonal minus an outer "
        "product. So `probs * (dprobs - (dprobs * probs).sum())` does a row in a few passes over "
        "50 000 numbers. Built, it would hold 2.5 billion numbers a row, which is 10 GB in "
        "float32."
    ),
    asked=STABLE,
)
