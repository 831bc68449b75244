"""What is left of a gradient after many activations."""

import numpy as np

from grader.exercise import Exercise, case

VANISHING = ("https://prachub.com/interview-questions/explain-vanishing-gradients-and-activations",)


def gradient_through_depth(activation, depth, z):
    """Compute what is left of a gradient of 1 after many activations.

    Every layer has one unit, a weight of 1 and the same pre-activation.

    Parameters
    ----------
    activation : str
        ``"sigmoid"``, ``"tanh"`` or ``"relu"``.
    depth : int
        Number of activations on the way.
    z : float
        The pre-activation of each of them.

    Returns
    -------
    gradient : float
        Product of the slopes. ReLU has slope 0 at 0.
    """
    a = 1 / (1 + np.exp(-z))
    t = np.tanh(z)
    slopes = {"sigmoid": a * (1 - a), "tanh": 1 - t**2, "relu": z > 0}
    return float(slopes[activation] ** depth)


def _depth_cases(rng):
    yield case("ten sigmoids at 0", "sigmoid", 10, 0.0)
    yield case("ten tanh at 0", "tanh", 10, 0.0)
    yield case("five tanh at 2", "tanh", 5, 2.0)
    yield case("three sigmoids at 3", "sigmoid", 3, 3.0)
    yield case("fifty ReLU, active", "relu", 50, 0.7)
    yield case("one ReLU, inactive", "relu", 1, -0.7)
    yield case("a random sigmoid", "sigmoid", 4, float(rng.normal()))


def _values_multiplied(activation, depth, z):
    """You multiplied activations; the gradient picks up their slopes."""
    values = {"sigmoid": 1 / (1 + np.exp(-z)), "tanh": np.tanh(z), "relu": max(z, 0.0)}
    return float(values[activation] ** depth)


def _slopes_added(activation, depth, z):
    """The chain rule multiplies the slopes along a path; you added them."""
    return depth * gradient_through_depth(activation, 1, z)


def _one_layer_short(activation, depth, z):
    """One factor is missing: depth 10 has ten slopes."""
    return gradient_through_depth(activation, depth - 1, z)


def _sigmoid_slope_for_tanh(activation, depth, z):
    """For tanh you used `a * (1 - a)`; its slope is `1 - a**2`."""
    if activation == "tanh":
        return float((np.tanh(z) * (1 - np.tanh(z))) ** depth)
    return gradient_through_depth(activation, depth, z)


def _fed_forward(activation, depth, z):
    """You fed each activation into the next unit; here every unit has the same pre-activation z."""
    gradient = 1.0
    for _ in range(depth):
        gradient *= gradient_through_depth(activation, 1, z)
        z = {"sigmoid": 1 / (1 + np.exp(-z)), "tanh": np.tanh(z), "relu": max(z, 0.0)}[activation]
    return gradient


def _always_at_zero(activation, depth, z):
    """You took the slope at 0, the best case; use the one at z."""
    if activation == "relu":
        return gradient_through_depth(activation, depth, z)
    return gradient_through_depth(activation, depth, 0.0)


gradient_through_depth_exercise = Exercise(
    reference=gradient_through_depth,
    cases=_depth_cases,
    points=2,
    mistakes=(
        _values_multiplied,
        _slopes_added,
        _one_layer_short,
        _sigmoid_slope_for_tanh,
        _fed_forward,
        _always_at_zero,
    ),
    rtol=1e-5,
    atol=0.0,
    minutes=6,
    follow_up="ReLU's slope is 1. Why does a deep ReLU network still lose its gradient?",
    follow_up_answer=(
        "The chain rule multiplies weights as well as slopes, and the slope is 0 where a unit is "
        "off. With half of n units off, weights of standard deviation s scale the gradient by "
        "about `s * sqrt(n / 2)` a layer. For s = 0.01 and 512 units that is 0.16; He's scale "
        "makes it 1."
    ),
    asked=VANISHING,
)
