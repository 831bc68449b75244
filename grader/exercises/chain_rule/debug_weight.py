"""A debug round: a weight that is moved by the gradient of something else."""

import numpy as np

from grader.exercise import Exercise, case


def debug_neuron_step(w, b, x, y, lr):
    """Take one gradient step on a linear neuron, for one example.

    The prediction is ``w @ x + b`` and the loss ``(pred - y)**2``.

    Parameters
    ----------
    w : ndarray of shape (D,)
        Weights.
    b : float
        Bias.
    x : ndarray of shape (D,)
        The example.
    y : float
        Its target.
    lr : float
        Step size.

    Returns
    -------
    w_new : ndarray of shape (D,)
        Weights after the step.
    b_new : float
        Bias after the step.
    """
    pred = w @ x + b
    dpred = 2 * (pred - y)
    return w - lr * dpred * x, b - lr * dpred


def _as_published(w, b, x, y, lr):
    pred = w @ x + b
    dpred = 2 * (pred - y)
    w_new = w - lr * dpred
    b_new = b - lr * dpred
    return w_new, b_new


def _cases(rng):
    yield case("one feature, x = 3", np.array([0.5]), 0.1, np.array([3.0]), 2.0, 0.1)
    yield case("three features", rng.normal(size=3), 0.3, rng.normal(size=3), -1.0, 0.05)
    yield case("a feature that is 0", rng.normal(size=2), -0.2, np.array([0.0, 1.7]), 0.5, 0.2)
    yield case("a large step", rng.normal(size=4), 1.1, rng.normal(size=4), 2.5, 1.5)


def _left_as_it_was(w, b, x, y, lr):
    """The step of `w` needs dL/dw. Which symbol stands below the line in the gradient you use?"""
    return _as_published(w, b, x, y, lr)


def _bias_times_the_input(w, b, x, y, lr):
    """`w` is right now. `b` enters the prediction with factor 1: it was right before."""
    dpred = 2 * (w @ x + b - y)
    return w - lr * dpred * x, b - lr * dpred * np.sum(x)


def _weight_times_itself(w, b, x, y, lr):
    """The missing factor is dpred/dw. What stands next to `w` in the prediction?"""
    dpred = 2 * (w @ x + b - y)
    return w - lr * dpred * w, b - lr * dpred


def _divided_by_the_input(w, b, x, y, lr):
    """The chain rule multiplies by dpred/dw; dividing by `x` goes the other way."""
    dpred = 2 * (w @ x + b - y)
    with np.errstate(all="ignore"):
        return w - lr * dpred / x, b - lr * dpred


def _inputs_summed(w, b, x, y, lr):
    """Each weight has its own input as factor; you gave all of them the sum."""
    dpred = 2 * (w @ x + b - y)
    return w - lr * dpred * np.sum(x), b - lr * dpred


def _two_dropped(w, b, x, y, lr):
    """The factor `x` is there now, and the 2 of the square has gone."""
    return debug_neuron_step(w, b, x, y, lr / 2)


def _new_weight_used_for_the_bias(w, b, x, y, lr):
    """`b` is stepped with a prediction of the new `w`; both steps share one forward pass."""
    w_new, _ = debug_neuron_step(w, b, x, y, lr)
    return w_new, b - lr * 2 * (w_new @ x + b - y)


def _uphill(w, b, x, y, lr):
    """The gradient is right now. It points uphill: which way should the step go?"""
    return debug_neuron_step(w, b, x, y, -lr)


def _gradients_returned(w, b, x, y, lr):
    """You return the two gradients. The docstring wants the parameters after the step."""
    dpred = 2 * (w @ x + b - y)
    return dpred * x, dpred


debug_neuron_step_exercise = Exercise(
    reference=debug_neuron_step,
    starts_from=_as_published,
    cases=_cases,
    points=1,
    mistakes=(
        _left_as_it_was,
        _bias_times_the_input,
        _weight_times_itself,
        _divided_by_the_input,
        _inputs_summed,
        _two_dropped,
        _new_weight_used_for_the_bias,
        _uphill,
        _gradients_returned,
    ),
    kind="debug",
    difficulty=1,
    minutes=4,
    follow_up="NumPy raised no error here. Which shapes would have made this one visible?",
    follow_up_answer=(
        "A batch with N different from D. Then `dpred` is (N,), `w` is (D,), and `w - lr * dpred` "
        "raises. Here `dpred` is a number, which broadcasts against everything. An N equal to D, "
        "or a size of 1, would hide the bug again. So I test with sizes that all differ, and "
        "assert `dw.shape == w.shape`."
    ),
)
