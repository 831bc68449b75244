"""A debug round on a tanh layer that was really published with the wrong slope."""

import numpy as np

from grader.exercise import Exercise, case


def debug_tanh_layer(Z, dA):
    """Compute tanh and the gradient of its input.

    Two faults are planted where they were published: one breaks large inputs, the other the slope.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.
    dA : ndarray
        Gradient of the loss with respect to the activation, of the shape of ``Z``.

    Returns
    -------
    A : ndarray
        ``tanh(Z)``, finite for every input.
    dZ : ndarray
        Gradient with respect to ``Z``.
    """
    A = np.tanh(Z)
    dZ = dA * (1 - A**2)
    return A, dZ


def _as_published(Z, dA):
    """Both faults are still there: try an input of 1000, then a negative activation."""
    A = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    dZ = dA * A * (1 - A)
    return A, dZ


def _cases(rng):
    yield case("both signs", np.array([-1.5, -0.3, 0.2, 2.0]), rng.normal(size=4))
    yield case("two axes", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    yield case("inputs of ±1000", np.array([-1000.0, 1000.0]), rng.normal(size=2), quiet=True)
    yield case("positive inputs only", rng.uniform(0.1, 2, size=5), rng.normal(size=5))


def _slope_not_mended(Z, dA):
    """The values are stable now. The slope is still the sigmoid's: try a negative activation."""
    A = np.tanh(Z)
    return A, dA * A * (1 - A)


def _values_not_mended(Z, dA):
    """The slope is right now. The values are still nan at 1000."""
    A = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    return A, dA * (1 - A**2)


def _square_forgotten(Z, dA):
    """The slope of tanh is never above 1; `1 - A` is, for every negative activation."""
    A = np.tanh(Z)
    return A, dA * (1 - A)


def _slope_of_the_input(Z, dA):
    """The square belongs to the activation; you squared the input."""
    return np.tanh(Z), dA * (1 - Z**2)


def _upstream_dropped(Z, dA):
    """That is the local slope; the chain rule multiplies it by what comes from above, `dA`."""
    return np.tanh(Z), 1 - np.tanh(Z) ** 2


debug_tanh_layer_exercise = Exercise(
    reference=debug_tanh_layer,
    starts_from=_as_published,
    cases=_cases,
    points=2,
    mistakes=(
        _as_published,
        _slope_not_mended,
        _values_not_mended,
        _square_forgotten,
        _slope_of_the_input,
        _upstream_dropped,
    ),
    kind="debug",
    minutes=6,
    follow_up="With positive activations only, by which factor was the published gradient off?",
    follow_up_answer=(
        "By a / (1 + a), because `a * (1 - a)` stands where `(1 - a) * (1 + a)` belongs. That is "
        "below a half for every activation from 0 to 1: too small, with the right sign, so the "
        "loss can still fall. A negative activation exposes it, since the sign flips."
    ),
)
