"""Sigmoid and tanh: values, stability, and slopes in two forms."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.activations._inputs import entries, extremes

LAYERS = ("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",)


def sigmoid(Z):
    """Squash every entry into (0, 1).

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.

    Returns
    -------
    A : ndarray
        ``1 / (1 + exp(-Z))``, without overflow and with all digits in the tail, of the shape
        and float dtype of ``Z``.
    """
    # exp of what is not positive cannot overflow: a form for each sign.
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + small), small / (1 + small))


def _sigmoid_cases(rng):
    yield from entries(rng)
    yield from extremes()
    single = rng.normal(size=5).astype(np.float32)
    yield case("single precision stays single", single, keeps_dtype=True)


def _overflows_below(Z):
    """The values are right, but `exp` overflows on the way: which sign of its argument is safe?

    `np.where` computes both of its branches.
    """
    return 1 / (1 + np.exp(-Z))


def _nan_above(Z):
    """At 1000 yours is inf / inf, which is nan. That form is for negative inputs only."""
    return np.exp(Z) / (1 + np.exp(Z))


def _sign_of_the_exponent(Z):
    """Yours falls where the sigmoid rises: check the sign of the exponent at Z = 3."""
    return 1 - sigmoid(Z)


def _clipped_input(Z):
    """Clipping the input avoids the overflow and loses the tails: sigmoid(-30) is 9.4e-14."""
    return 1 / (1 + np.exp(-np.clip(Z, -20, 20)))


def _clipped_far(Z):
    """Clipped at 500, the tail stays at 7e-218 for ever; sigmoid(-1000) is 0 in float64."""
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


def _through_tanh(Z):
    """At -30 you add 1 to nearly -1, and the digits cancel. Which form subtracts nothing?"""
    return 0.5 * (1 + np.tanh(Z / 2))


def _wrong_sign_below(Z):
    """At -0.4 yours is 2.03: multiply 1 / (1 + exp(-z)) by exp(z) above and below once more."""
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + small), small / np.where(Z >= 0, 1, 1 - small))


def _tanh_instead(Z):
    """Yours reaches -1: that is tanh. The sigmoid stays between 0 and 1."""
    return np.tanh(Z)


def _slope_instead(Z):
    """That is the slope `a * (1 - a)`, not the value."""
    return sigmoid(Z) * (1 - sigmoid(Z))


def _double_precision(Z):
    """float32 came in and float64 goes out: which constant or function widened it?"""
    return sigmoid(Z.astype(np.float64))


sigmoid_exercise = Exercise(
    reference=sigmoid,
    cases=_sigmoid_cases,
    points=3,
    mistakes=(
        _overflows_below,
        _nan_above,
        _sign_of_the_exponent,
        _clipped_input,
        _clipped_far,
        _through_tanh,
        _wrong_sign_below,
        _tanh_instead,
        _slope_instead,
        _double_precision,
    ),
    minutes=7,
    rtol=1e-5,
    atol=0.0,
    follow_up="From which z on is 1 - a exactly 0 in float64, and why does the loss care?",
    follow_up_answer=(
        "From about 37, because `exp(-z)` is then below half the spacing of floats above 1, and "
        "`1 + exp(-z)` rounds to 1. A negative example costs `-log(0)`, which is inf, and the "
        "unsimplified gradient is nan. So I compute the loss from the logit. In float32 it "
        "happens from 17 on."
    ),
    asked=LAYERS,
)


def tanh_from_sigmoid(Z):
    """Compute tanh through the sigmoid, stable for any input and without `np.tanh`.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.

    Returns
    -------
    A : ndarray
        ``2 * sigmoid(2 * Z) - 1``, which is tanh.
    """
    small = np.exp(-2 * np.abs(Z))
    return np.sign(Z) * (1 - small) / (1 + small)


def _tanh_cases(rng):
    yield from entries(rng)
    yield from extremes()


def _four_exponentials(Z):
    """The textbook quotient is nan from 710 on: inf over inf. One exponential is enough."""
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


def _inner_two_forgotten(Z):
    """Tanh is a sigmoid stretched in both directions; you stretched the output only."""
    return tanh_from_sigmoid(Z / 2)


def _outer_stretch_forgotten(Z):
    """Yours stays between 0 and 1: stretch the output to (-1, 1) as well."""
    return 0.5 * (1 + tanh_from_sigmoid(Z))


def _naive_inner_sigmoid(Z):
    """The identity is right; the sigmoid inside overflows at -1000."""
    return 2 / (1 + np.exp(-2 * Z)) - 1


tanh_from_sigmoid_exercise = Exercise(
    reference=tanh_from_sigmoid,
    cases=_tanh_cases,
    points=2,
    mistakes=(
        _four_exponentials,
        _inner_two_forgotten,
        _outer_stretch_forgotten,
        _naive_inner_sigmoid,
    ),
    forbidden=("np.tanh",),
    minutes=6,
    follow_up="Why did people prefer it to the sigmoid in hidden layers?",
    follow_up_answer=(
        "Its outputs are centred on 0, so the weight gradients of a unit in the next layer need "
        "not all share one sign. And its slope at 0 is 1, not a quarter: ten layers at z = 0 with "
        "weights of 1 pass on everything instead of a millionth. It saturates too, far out even "
        "more than the sigmoid, so ReLU took its place."
    ),
)


def sigmoid_slope_from_z(Z):
    """Compute the slope of the sigmoid from its input.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, not activations.

    Returns
    -------
    slope : ndarray
        ``sigmoid(Z) * (1 - sigmoid(Z))``, without overflow.
    """
    small = np.exp(-np.abs(Z))
    return small / (1 + small) ** 2


def _slope_from_z_cases(rng):
    yield from entries(rng)
    yield from extremes()


def _z_taken_for_a(Z):
    """`Z * (1 - Z)` holds only for an activation. Here Z is the input of the sigmoid."""
    return Z * (1 - Z)


def _overflow_on_the_way(Z):
    """The values are right, but `exp` overflows. At z and -z the slope is equal: which is safe?"""
    a = 1 / (1 + np.exp(-Z))
    return a * (1 - a)


def _one_factor_only(Z):
    """At z = 0 the slope is a quarter. Yours is a half: which factor is missing?"""
    return sigmoid(Z)


def _tanh_slope(Z):
    """`1 - tanh(Z)**2` is the slope of tanh: 1 at 0, where the sigmoid has a quarter."""
    return 1 - np.tanh(Z) ** 2


sigmoid_slope_from_z_exercise = Exercise(
    reference=sigmoid_slope_from_z,
    cases=_slope_from_z_cases,
    points=2,
    mistakes=(_z_taken_for_a, _overflow_on_the_way, _one_factor_only, _tanh_slope),
    minutes=5,
    follow_up="Ten such layers, every z at 0: what is left of a gradient of 1?",
    follow_up_answer=(
        "A quarter to the tenth power, about 9.5e-7, if the weights are 1. That is the best case, "
        "since the slope is smaller everywhere else. Weights of 4 would cancel the quarter, but "
        "they push z away from 0, where the slope falls."
    ),
)


def sigmoid_slope_from_a(A):
    """Compute the slope of the sigmoid from its output.

    Parameters
    ----------
    A : ndarray
        Activations, between 0 and 1.

    Returns
    -------
    slope : ndarray
        ``A * (1 - A)``.
    """
    return A * (1 - A)


def _unit_cases(rng):
    yield case("five activations", rng.uniform(0.05, 0.95, size=5))
    yield case("two axes", rng.uniform(size=(3, 4)))
    yield case("saturated on both sides", np.array([0.0, 1.0, 0.5]))


def _squashed_again(A):
    """A is the sigmoid's output already; you squashed it a second time."""
    return sigmoid(A) * (1 - sigmoid(A))


def _slope_of_tanh(A):
    """`1 - A**2` belongs to tanh. At a = 0.5 the sigmoid has slope 0.25."""
    return 1 - A**2


def _a_squared(A):
    """Multiply by what is left to 1, not by the activation itself."""
    return A * A


sigmoid_slope_from_a_exercise = Exercise(
    reference=sigmoid_slope_from_a,
    cases=_unit_cases,
    points=1,
    mistakes=(_squashed_again, _slope_of_tanh, _a_squared),
    difficulty=1,
    minutes=3,
    follow_up="Which of the two forms would you put into a library, and how would you name it?",
    follow_up_answer=(
        "The one from a, for backward passes: the forward pass has a at hand, so no exponential "
        "is needed. The name says what goes in, `sigmoid_slope_from_a`. A `sigmoid_derivative(x)` "
        "that returns `x * (1 - x)` invites pre-activations: at z = 2 it gives -2, and the slope "
        "is 0.105. To users I would offer only `sigmoid_backward(dA, A)`."
    ),
)


def tanh_slope_from_a(A):
    """Compute the slope of tanh from its output.

    Parameters
    ----------
    A : ndarray
        Activations, between -1 and 1.

    Returns
    -------
    slope : ndarray
        ``1 - A**2``.
    """
    return 1 - A**2


def _signed_cases(rng):
    yield case("activations of both signs", np.array([-0.6, -0.1, 0.3, 0.9]))
    yield case("two axes", rng.uniform(-1, 1, size=(3, 4)))
    yield case("saturated on both sides", np.array([-1.0, 1.0, 0.0]))


def _sigmoid_slope_on_tanh(A):
    """`A * (1 - A)` is the sigmoid's slope. For a negative activation even its sign is wrong."""
    return A * (1 - A)


def _tanh_applied_again(A):
    """A is the output of tanh already: do not apply tanh once more."""
    return 1 - np.tanh(A) ** 2


def _square_forgotten(A):
    """A slope of tanh is never above 1; yours is 1.6 at a = -0.6. Square the activation."""
    return 1 - A


tanh_slope_from_a_exercise = Exercise(
    reference=tanh_slope_from_a,
    cases=_signed_cases,
    points=1,
    mistakes=(_sigmoid_slope_on_tanh, _tanh_applied_again, _square_forgotten),
    difficulty=1,
    minutes=3,
    follow_up="Is the slope of tanh always larger than the sigmoid's?",
    follow_up_answer=(
        "No, only near 0. Since tanh(z) = 2 sigmoid(2z) - 1, its slope is four times the "
        "sigmoid's at 2z: higher in the middle and falling twice as fast. At 0 it is 1 against "
        "0.25, at 3 it is 0.0099 against 0.0452. So they cross somewhere between."
    ),
)
