"""One sigmoid neuron with binary cross-entropy."""

import numpy as np

from grader.exercise import Exercise, case


def neuron_bce_backward(w, b, x, y):
    """Run a sigmoid neuron with binary cross-entropy forward and back, for one example.

    Parameters
    ----------
    w : ndarray of shape (D,)
        Weights.
    b : float
        Bias.
    x : ndarray of shape (D,)
        The example.
    y : float
        Its label, 0 or 1.

    Returns
    -------
    results : dict
        ``"a"``, the probability ``sigmoid(w @ x + b)``; ``"loss"``; and the gradients of the
        loss ``"dz"``, ``"dw"`` and ``"db"``, finite for every sum up to 1000 either way.
    """
    z = w @ x + b
    # The exponent is never positive, so exp cannot overflow.
    small = np.exp(-np.abs(z))
    a = (1.0 if z >= 0 else small) / (1 + small)
    loss = np.maximum(z, 0) - y * z + np.log1p(small)
    # dL/da has a (1 - a) below the line, and da/dz is a (1 - a).
    dz = a - y
    return {"a": a, "loss": loss, "dz": dz, "dw": dz * x, "db": dz}


def _cases(rng):
    yield case("w = 0.5, b = 0.1, x = 2, y = 1", np.array([0.5]), 0.1, np.array([2.0]), 1.0)
    yield case("three features, label 0", rng.normal(size=3), 0.7, rng.normal(size=3), 0.0)
    yield case("four features, label 1", rng.normal(size=4), -0.4, rng.normal(size=4), 1.0)
    yield case("z = 40, label 0", np.array([8.0, 4.0]), 0.0, np.array([4.0, 2.0]), 0.0, quiet=True)
    yield case("z = 40, label 1", np.array([8.0, 4.0]), 0.0, np.array([4.0, 2.0]), 1.0, quiet=True)
    yield case("z = -40, label 1", np.array([-20.0]), 0.0, np.array([2.0]), 1.0, quiet=True)
    yield case("z = 1000, label 0", np.array([500.0]), 0.0, np.array([2.0]), 0.0, quiet=True)
    yield case("z = -1000, label 1", np.array([-500.0]), 0.0, np.array([2.0]), 1.0, quiet=True)


def _changed(results, x, dz):
    return results | {"dz": dz, "dw": dz * x, "db": dz}


def _factors_multiplied_one_by_one(w, b, x, y):
    """At z = 40 two factors are 0 and infinity. Multiply them on paper first: what cancels?"""
    z = w @ x + b
    a = 1 / (1 + np.exp(-z))
    loss = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    dz = (-y / a + (1 - y) / (1 - a)) * a * (1 - a)
    return {"a": a, "loss": loss, "dz": dz, "dw": dz * x, "db": dz}


def _loss_from_the_probability(w, b, x, y):
    """Your gradients are fine. What keeps the log from 0 also caps the loss: write it with `z`."""
    a = neuron_bce_backward(w, b, x, y)["a"]
    loss = -(y * np.log(a + 1e-12) + (1 - y) * np.log(1 - a + 1e-12))
    return _changed({"a": a, "loss": loss}, x, a - y)


def _slope_twice(w, b, x, y):
    """`a - y` already contains the slope a (1 - a): you multiplied by it once more."""
    results = neuron_bce_backward(w, b, x, y)
    a = results["a"]
    return _changed(results, x, (a - y) * a * (1 - a))


def _squared_error_instead(w, b, x, y):
    """That is the gradient of (a - y)². This neuron pays the cross-entropy."""
    results = neuron_bce_backward(w, b, x, y)
    a = results["a"]
    return _changed(results, x, 2 * (a - y) * a * (1 - a))


def _label_minus_probability(w, b, x, y):
    """Each gradient has the wrong sign: should `z` go up or down when a is above y?"""
    results = neuron_bce_backward(w, b, x, y)
    return _changed(results, x, y - results["a"])


def _input_left_out(w, b, x, y):
    """`dz` is right. What does `z = w @ x + b` say about dz/dw?"""
    results = neuron_bce_backward(w, b, x, y)
    return results | {"dw": results["dz"] * np.ones_like(x)}


def _weight_in_place_of_input(w, b, x, y):
    """`dw` is `dz` times what multiplies `w` in the forward pass; `w` itself belongs to dx."""
    results = neuron_bce_backward(w, b, x, y)
    return results | {"dw": results["dz"] * w}


def _stopped_at_the_probability(w, b, x, y):
    """You went from the loss to `a`, and from there past `z`: the slope da/dz is missing."""
    results = neuron_bce_backward(w, b, x, y)
    with np.errstate(all="ignore"):
        a = results["a"]
        return _changed(results, x, -y / a + (1 - y) / (1 - a))


def _log_of_zero(w, b, x, y):
    """Your loss becomes infinite: at z = 40 `a` is exactly 1. Write the loss with `z` instead."""
    z = w @ x + b
    a = 1 / (1 + np.exp(-z))
    loss = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return _changed({"a": a, "loss": loss}, x, a - y)


def _one_side_overflows(w, b, x, y):
    """For a large negative `z` the exponential in your `log1p` overflows. Which sign is safe?"""
    z = w @ x + b
    results = neuron_bce_backward(w, b, x, y)
    return results | {"loss": np.maximum(z, 0) - y * z + np.log1p(np.exp(-z))}


def _loss_with_the_wrong_sign(w, b, x, y):
    """A logarithm of a probability is negative: which sign makes it a loss?"""
    results = neuron_bce_backward(w, b, x, y)
    return results | {"loss": -results["loss"]}


def _squared_loss_reported(w, b, x, y):
    """Your gradients fit the cross-entropy; the loss you report is the squared error."""
    results = neuron_bce_backward(w, b, x, y)
    return results | {"loss": (results["a"] - y) ** 2}


def _bias_left_out(w, b, x, y):
    """Already `a` is off wherever `b` is not 0: what does the sum contain beside `w @ x`?"""
    return neuron_bce_backward(w, 0.0, x, y)


neuron_bce_backward_exercise = Exercise(
    reference=neuron_bce_backward,
    cases=_cases,
    points=3,
    mistakes=(
        _factors_multiplied_one_by_one,
        _loss_from_the_probability,
        _slope_twice,
        _squared_error_instead,
        _label_minus_probability,
        _input_left_out,
        _weight_in_place_of_input,
        _stopped_at_the_probability,
        _log_of_zero,
        _one_side_overflows,
        _loss_with_the_wrong_sign,
        _squared_loss_reported,
        _bias_left_out,
    ),
    difficulty=1,
    minutes=8,
    follow_up="Now a batch: the loss is the mean over N examples. Where does the 1/N enter?",
    follow_up_answer=(
        "Once, at the loss: `dz = (a - y) / N`. From there `dw = X.T @ dz` and `db = dz.sum()` are "
        "plain sums over the batch and inherit it. Divide again in `dw` or `db`, and that gradient "
        "is N times too small."
    ),
)
