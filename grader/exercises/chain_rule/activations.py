"""The backward passes of three activations."""

import numpy as np

from grader.exercise import Exercise, case


def relu_backward(dA, Z):
    """Carry a gradient back through ReLU.

    Parameters
    ----------
    dA : ndarray of shape (N, M)
        Gradient of the loss with respect to ``A = max(Z, 0)``.
    Z : ndarray of shape (N, M)
        What ReLU was applied to.

    Returns
    -------
    dZ : ndarray of shape (N, M)
        Gradient with respect to ``Z``; the slope at exactly 0 is 0, as in PyTorch.
    """
    return np.where(Z > 0, dA, 0)


def sigmoid_backward(dA, A):
    """Carry a gradient back through the sigmoid.

    Parameters
    ----------
    dA : ndarray of shape (N, M)
        Gradient of the loss with respect to ``A``.
    A : ndarray of shape (N, M)
        What the sigmoid returned, not what went in.

    Returns
    -------
    dZ : ndarray of shape (N, M)
        Gradient with respect to what the sigmoid was applied to.
    """
    return dA * A * (1 - A)


def tanh_backward(dA, A):
    """Carry a gradient back through tanh.

    Parameters
    ----------
    dA : ndarray of shape (N, M)
        Gradient of the loss with respect to ``A``.
    A : ndarray of shape (N, M)
        What tanh returned, not what went in.

    Returns
    -------
    dZ : ndarray of shape (N, M)
        Gradient with respect to what tanh was applied to.
    """
    return dA * (1 - A**2)


def _relu_cases(rng):
    yield case("four examples, three units", rng.normal(size=(4, 3)), 2.5 * rng.normal(size=(4, 3)))
    yield case("a batch of one", rng.normal(size=(1, 5)), 2.5 * rng.normal(size=(1, 5)))
    yield case(
        "zeros and negative zeros in Z",
        rng.normal(size=(2, 3)),
        np.array([[0.0, -0.0, 1.5], [-2.5, 0.0, 0.3]]),
    )
    yield case("no unit is active", rng.normal(size=(2, 2)), -np.abs(rng.normal(size=(2, 2))))
    yield case("a negative gradient where Z > 0", np.array([[-1.5, -0.2]]), np.array([[0.7, 3.5]]))


def _mask_with_equality(dA, Z):
    """At exactly 0 any slope between 0 and 1 would do; the docstring settles on one. Which?"""
    return np.where(Z >= 0, dA, 0)


def _upstream_overwritten(dA, Z):
    """You wrote into the caller's `dA`; a skip connection may still need it."""
    dA[Z <= 0] = 0
    return dA


def _mask_from_the_gradient(dA, Z):
    """What decides is the sign of `Z` in the forward pass, not the sign of the gradient."""
    return np.where(dA > 0, dA, 0)


def _relu_both_ways(dA, Z):
    """A negative gradient may pass where `Z > 0`: only `Z` opens or closes the gate."""
    return np.maximum(dA, 0) * (Z > 0)


def _relu_slope_alone(dA, Z):
    """That is the local slope. The chain rule multiplies it by what comes from upstream."""
    return np.where(Z > 0, 1.0, 0.0)


def _times_the_value(dA, Z):
    """Multiply by the slope of ReLU, not by its value: for Z = 2.5 the slope is 1."""
    return dA * np.maximum(Z, 0)


def _gate_inverted(dA, Z):
    """Your gate is open where ReLU was closed. On which side does `Z` get through?"""
    return dA * (Z < 0)


def _forward_again(dA, Z):
    """That is ReLU itself. On the way back it is `dA` that passes, where the gate was open."""
    return np.maximum(Z, 0)


def _closed_entries_dropped(dA, Z):
    """Indexing with a mask drops the closed entries. They should stay, as 0."""
    return dA[Z > 0]


def _sign_in_place_of_slope(dA, Z):
    """`np.sign` is -1 for negative `Z`. What is the slope of ReLU there?"""
    return dA * np.sign(Z)


relu_backward_exercise = Exercise(
    reference=relu_backward,
    cases=_relu_cases,
    points=1,
    mistakes=(
        _mask_with_equality,
        _upstream_overwritten,
        _mask_from_the_gradient,
        _relu_both_ways,
        _relu_slope_alone,
        _times_the_value,
        _gate_inverted,
        _forward_again,
        _closed_entries_dropped,
        _sign_in_place_of_slope,
    ),
    no_loops=True,
    minutes=3,
    follow_up="Is ReLU differentiable everywhere? And does it matter for training?",
    follow_up_answer=(
        "Everywhere but at 0, where the slope jumps from 0 to 1. It hardly matters: hidden sums "
        "are rarely exactly 0, and there any number from 0 to 1 is a subgradient, by convention 0. "
        "It matters for a gradient check, which fails when the kink lies between its two points. "
        "In training the flat half is the greater worry: a unit that is never active gets no "
        "gradient."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)


def _sigmoid_cases(rng):
    for label, shape in (("four examples, three units", (4, 3)), ("a batch of one", (1, 5))):
        yield case(label, rng.normal(size=shape), 1 / (1 + np.exp(-2 * rng.normal(size=shape))))
    yield case(
        "saturated units",
        np.array([[3.0, -2.0, 0.5]]),
        np.array([[1e-9, 1 - 1e-9, 1.0]]),
    )
    yield case("the middle, A = 0.5", np.array([[2.0], [-6.0]]), np.array([[0.5], [0.5]]))


def _squashed_again(dA, A):
    """`A` is already the sigmoid's output: you took the sigmoid of it once more."""
    s = 1 / (1 + np.exp(-A))
    return dA * s * (1 - s)


def _tanh_slope_on_sigmoid(dA, A):
    """1 - A² is the slope of tanh. At A = 0.5 the sigmoid's is 0.25."""
    return dA * (1 - A**2)


def _sigmoid_slope_alone(dA, A):
    """The slope is right; where has the upstream gradient `dA` gone?"""
    return A * (1 - A)


def _sigmoid_slope_without_a(dA, A):
    """One of the two factors of the slope is missing: at A near 0 the sigmoid is flat as well."""
    return dA * (1 - A)


def _gradient_added(dA, A):
    """Along one path the chain rule multiplies; it adds only where paths meet."""
    return dA + A * (1 - A)


def _sigmoid_in_place(dA, A):
    """The numbers are right, but the caller's `dA` is overwritten."""
    dA *= A * (1 - A)
    return dA


def _sigmoid_slope_without_one_minus_a(dA, A):
    """One of the two factors of the slope is missing: at A near 1 the sigmoid is flat as well."""
    return dA * A


sigmoid_backward_exercise = Exercise(
    reference=sigmoid_backward,
    cases=_sigmoid_cases,
    points=1,
    mistakes=(
        _squashed_again,
        _tanh_slope_on_sigmoid,
        _sigmoid_slope_alone,
        _sigmoid_slope_without_a,
        _gradient_added,
        _sigmoid_in_place,
        _sigmoid_slope_without_one_minus_a,
    ),
    no_loops=True,
    minutes=3,
    follow_up="Your function takes A. What goes wrong, and how badly, when somebody passes Z?",
    follow_up_answer=(
        "Nothing raises. It returns `dA * Z * (1 - Z)`, which has the wrong sign for Z below 0 or "
        "above 1, and grows like Z squared where the true slope is at most 0.25. At Z = -2 it uses "
        "-6, and the slope is 0.105. Weights of such a unit are pushed uphill, far too hard. The "
        "argument's name prevents it, and a gradient check finds it."
    ),
)


def _tanh_cases(rng):
    for label, shape in (("negative activations too", (4, 3)), ("a batch of one", (1, 5))):
        yield case(label, rng.normal(size=shape), np.tanh(1.5 * rng.normal(size=shape)))
    yield case("A = -0.6, where A (1 - A) is negative", np.array([[2.0]]), np.array([[-0.6]]))
    yield case("saturated units", np.array([[3.0, -2.0]]), np.array([[1 - 1e-9, -1.0]]))


def _sigmoid_slope_on_tanh(dA, A):
    """A (1 - A) belongs to the sigmoid. On tanh it even has the wrong sign where A < 0."""
    return dA * A * (1 - A)


def _tanh_again(dA, A):
    """`A` is already tanh of the sum: you took tanh of it once more."""
    return dA * (1 - np.tanh(A) ** 2)


def _square_forgotten(dA, A):
    """Try A = -1: tanh is flat there, and 1 - A is 2. What is missing?"""
    return dA * (1 - A)


def _tanh_slope_alone(dA, A):
    """The slope is right; where has the upstream gradient `dA` gone?"""
    return 1 - A**2


def _tanh_slope_squared(dA, A):
    """The slope is 1 minus the square of A, not the square of 1 minus A."""
    return dA * (1 - A) ** 2


def _tanh_in_place(dA, A):
    """The numbers are right, and `dA *=` has overwritten the array of the caller."""
    dA *= 1 - A**2
    return dA


tanh_backward_exercise = Exercise(
    reference=tanh_backward,
    cases=_tanh_cases,
    points=1,
    mistakes=(
        _sigmoid_slope_on_tanh,
        _tanh_again,
        _square_forgotten,
        _tanh_slope_alone,
        _tanh_slope_squared,
        _tanh_in_place,
    ),
    no_loops=True,
    minutes=3,
    follow_up="Tanh is 2 sigmoid(2z) - 1. Derive this slope from the sigmoid's.",
    follow_up_answer=(
        "Let `s = sigmoid(2z)`, so `a = 2s - 1`. The chain rule gives `da/dz = 2 * s * (1 - s) * "
        "2`, with one 2 from outside and one from inside. Put in `s = (1 + a) / 2` and `1 - s = (1 "
        "- a) / 2`: that is `(1 + a) * (1 - a)`, or `1 - a**2`. At 0 it is 1, four times the "
        "sigmoid's 0.25."
    ),
)
