"""Softmax on any axis, and with its backward pass against the clock."""

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
    # A shift changes nothing, and with the maximum at 0 exp is safe.
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
    """Raise the temperature: your probabilities stay. It divides the logits, before `exp`."""
    return softmax(Z, axis, 1.0)


def _temperature_multiplies(Z, axis, temperature):
    """A high temperature should flatten; yours sharpens. Divide, do not multiply."""
    return softmax(Z, axis, 1 / temperature)


def _temperature_outside(Z, axis, temperature):
    """At a temperature of 5 yours add up to 0.2: it divides the logits, before `exp`."""
    return softmax(Z, axis, 1.0) / temperature


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
        _temperature_outside,
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
    """Every probability depends on every logit; you kept the diagonal `p * (1 - p)` alone."""
    probs = softmax(Z, axis, 1.0)
    return probs, dprobs * probs * (1 - probs)


def _inner_product_over_all(Z, axis, dprobs):
    """The inner product is one number an example; you summed over the whole batch."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs * (dprobs - (dprobs * probs).sum())


def _upstream_summed_alone(Z, axis, dprobs):
    """The sum in the bracket weighs each entry of `dprobs` by its probability; yours does not."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs * (dprobs - dprobs.sum(axis=axis, keepdims=True))


def _inner_axis_not_kept(Z, axis, dprobs):
    """The probabilities are right. The inner product has lost its axis: keep it."""
    probs = softmax(Z, axis, 1.0)
    return probs, probs * (dprobs - (dprobs * probs).sum(axis=axis))


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
        _inner_axis_not_kept,
        _outer_factor_forgotten,
        _cross_entropy_assumed,
        _unshifted,
    ),
    no_loops=True,
    kind="timed",
    difficulty=3,
    minutes=8,
    follow_up="Why is the Jacobian never built? What would it cost for fifty thousand classes?",
    follow_up_answer=(
        "Only its product with `dprobs` is needed, and the Jacobian is a diagonal minus an outer "
        "product. So `probs * (dprobs - (dprobs * probs).sum())` does a row in a few passes over "
        "it. Built, it would hold 2.5 billion numbers a row, which is 10 GB in float32."
    ),
    asked=STABLE,
)
