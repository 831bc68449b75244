"""ReLU and its relatives."""

from statistics import NormalDist

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.activations._inputs import entries

LAYERS = (
    "https://prachub.com/interview-questions/implement-common-neural-network-layers-in-pytorch",
)


def relu(Z):
    """Keep what is positive and set the rest to 0.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape; infinities allowed.

    Returns
    -------
    A : ndarray
        ``max(0, Z)``, entry by entry.
    """
    return np.maximum(Z, 0)


def _relu_cases(rng):
    yield from entries(rng)
    yield case("infinities", np.array([-np.inf, np.inf, -1.0]), quiet=True)


def _step(Z):
    """That is the slope of ReLU: 1 for every positive entry. 2.5 must stay 2.5."""
    return (Z > 0) * 1.0


def _product_with_the_mask(Z):
    """-inf times 0 is nan. Choose between the entry and 0 instead of multiplying."""
    return Z * (Z > 0)


def _absolute(Z):
    """Negative entries become 0, not positive."""
    return np.abs(Z)


def _in_place(Z):
    """You overwrote `Z`. The backward pass still asks which entries were positive."""
    Z[Z < 0] = 0
    return Z


def _capped(Z):
    """ReLU has no upper bound; yours stops at 1."""
    return np.clip(Z, 0, 1)


def _minimum(Z):
    """Yours keeps the negative half: take the larger of the two, not the smaller."""
    return np.minimum(Z, 0)


relu_exercise = Exercise(
    reference=relu,
    cases=_relu_cases,
    points=1,
    mistakes=(_step, _product_with_the_mask, _absolute, _in_place, _capped, _minimum),
    difficulty=1,
    minutes=3,
    follow_up="Is ReLU differentiable? What does a framework return at 0?",
    follow_up_answer=(
        "Everywhere but at 0, where the slope jumps from 0 to 1. PyTorch and TensorFlow return 0 "
        "there, a valid subgradient, as any number from 0 to 1 would be. It matters only where z "
        "is exactly 0, for instance with all weights and biases at 0, and then nothing passes "
        "back."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/", *LAYERS),
)


def leaky_relu(Z, negative_slope):
    """Keep what is positive and shrink what is negative.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape.
    negative_slope : float
        Slope for negative entries; may be above 1.

    Returns
    -------
    A : ndarray
        ``Z`` where positive, else ``negative_slope * Z``.
    """
    return np.where(Z > 0, Z, negative_slope * Z)


def _leaky_cases(rng):
    for plain in entries(rng):
        yield case(plain.label, *plain.args, 0.1)
    yield case("the usual slope", rng.normal(size=5), 0.01)
    yield case("a slope above 1", np.array([-2.0, 3.0, -0.5]), 1.5)
    yield case("a slope of 0", np.array([-2.0, 3.0]), 0.0)


def _larger_of_the_two(Z, negative_slope):
    """`max(slope * z, z)` picks the right branch only while the slope is at most 1."""
    return np.maximum(negative_slope * Z, Z)


def _constant_below(Z, negative_slope):
    """-4 should give -4 times the slope; yours gives the same constant for every negative entry."""
    return np.where(Z > 0, Z, -negative_slope)


def _leak_upwards(Z, negative_slope):
    """Negative entries stay negative: your leak has the wrong sign."""
    return np.where(Z > 0, Z, -negative_slope * Z)


def _slope_on_both_sides(Z, negative_slope):
    """Positive entries pass unchanged; you scaled them too."""
    return negative_slope * Z


def _fixed_slope(Z, negative_slope):
    """You hard-coded 0.01: use the parameter."""
    return np.where(Z > 0, Z, 0.01 * Z)


leaky_relu_exercise = Exercise(
    reference=leaky_relu,
    cases=_leaky_cases,
    points=1,
    mistakes=(
        _larger_of_the_two,
        _constant_below,
        _leak_upwards,
        _slope_on_both_sides,
        _fixed_slope,
    ),
    difficulty=1,
    minutes=4,
    follow_up="What does the leak buy, and what would a learned slope cost?",
    follow_up_answer=(
        "It keeps a gradient where the unit is off, so a unit no longer dies. A learned slope, "
        "PReLU, costs one parameter a channel or a layer, and a gradient that sums `dA * Z` over "
        "the negative entries. I exempt it from weight decay, which would pull it back to ReLU."
    ),
)


def elu(Z, alpha):
    """Keep what is positive and bend the rest towards ``-alpha``.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.
    alpha : float
        The value approached at minus infinity is ``-alpha``.

    Returns
    -------
    A : ndarray
        ``Z`` where positive, else ``alpha * (exp(Z) - 1)``, without overflow and with
        all digits near 0.
    """
    # np.where computes both branches: no large entry may reach exp.
    return np.where(Z > 0, Z, alpha * np.expm1(np.minimum(Z, 0)))


def _elu_cases(rng):
    for plain in entries(rng):
        yield case(plain.label, *plain.args, 1.0)
    yield case("alpha of 0.5", rng.normal(size=5), 0.5)
    yield case("inputs of ±1000", np.array([-1000.0, 1000.0]), 1.3, quiet=True)
    yield case("inputs near 0", np.array([-1e-12, -1e-9, 1e-9]), 1.0)


def _both_branches_computed(Z, alpha):
    """`np.where` computes both branches: exp(1000) overflows although it is thrown away."""
    return np.where(Z > 0, Z, alpha * np.expm1(Z))


def _digits_lost_near_zero(Z, alpha):
    """exp(z) - 1 loses its digits near 0: NumPy has a function for exactly this difference."""
    return np.where(Z > 0, Z, alpha * (np.exp(np.minimum(Z, 0)) - 1))


def _one_not_subtracted(Z, alpha):
    """The branches must meet at 0: exp(0) is 1, so something is still to be subtracted."""
    return np.where(Z > 0, Z, alpha * np.exp(np.minimum(Z, 0)))


def _alpha_inside(Z, alpha):
    """Alpha scales the curve, not the exponent."""
    return np.where(Z > 0, Z, np.expm1(alpha * np.minimum(Z, 0)))


def _alpha_forgotten(Z, alpha):
    """Where is alpha? Far below 0 the value should approach minus alpha; yours approaches -1."""
    return np.where(Z > 0, Z, np.expm1(np.minimum(Z, 0)))


elu_exercise = Exercise(
    reference=elu,
    cases=_elu_cases,
    points=2,
    mistakes=(
        _both_branches_computed,
        _digits_lost_near_zero,
        _one_not_subtracted,
        _alpha_inside,
        _alpha_forgotten,
    ),
    rtol=1e-6,
    atol=0.0,
    minutes=6,
    follow_up="What does a mean activation nearer to 0 do for the next layer?",
    follow_up_answer=(
        "It works like centred inputs. If all inputs of a unit are positive, its weight gradients "
        "share the sign of dz for each example, and descent zigzags. Values of both signs remove "
        "that, and their mean hardly acts as an extra bias on the next layer. ELU pays for it "
        "with an exponential."
    ),
)


def gelu_tanh(Z):
    """Compute GELU in its tanh form.

    Parameters
    ----------
    Z : ndarray
        Pre-activations of any shape and any size.

    Returns
    -------
    A : ndarray
        ``0.5 * Z * (1 + tanh(sqrt(2 / pi) * (Z + 0.044715 * Z**3)))``.
    """
    inner = np.sqrt(2 / np.pi) * (Z + 0.044715 * Z**3)
    return 0.5 * Z * (1 + np.tanh(inner))


def _gelu_cases(rng):
    yield from entries(rng)
    yield case("inputs of ±1000", np.array([-1000.0, 1000.0]), quiet=True)


def _root_forgotten(Z):
    """The factor inside is the square root of 2 / pi, about 0.798."""
    return 0.5 * Z * (1 + np.tanh(2 / np.pi * (Z + 0.044715 * Z**3)))


def _cubic_term_forgotten(Z):
    """Near 0 yours is close; at 2 it is off by 2 percent. Which odd power is missing?"""
    return 0.5 * Z * (1 + np.tanh(np.sqrt(2 / np.pi) * Z))


def _cubic_outside_the_root(Z):
    """Yours is off in the third digit: what does sqrt(2 / pi) multiply, one term or the bracket?"""
    inner = np.sqrt(2 / np.pi) * Z + 0.044715 * Z**3
    return 0.5 * Z * (1 + np.tanh(inner))


def _gate_only(Z):
    """That is the gate. GELU multiplies the input by it."""
    return gelu_tanh(Z) / np.where(Z == 0, 1, Z)


def _half_forgotten(Z):
    """For a large positive entry the output should be the entry, and yours is twice that."""
    return 2 * gelu_tanh(Z)


def _sigmoid_gate(Z):
    """A sigmoid of 1.702 z as the gate is the other approximation; this one is through tanh."""
    return Z * 0.5 * (1 + np.tanh(1.702 * Z / 2))


def _exact(Z):
    """That is the exact GELU, through `erf`. The tanh form differs from the fourth digit on."""
    return Z * np.vectorize(NormalDist().cdf)(Z)


gelu_tanh_exercise = Exercise(
    reference=gelu_tanh,
    cases=_gelu_cases,
    points=2,
    mistakes=(
        _root_forgotten,
        _cubic_term_forgotten,
        _cubic_outside_the_root,
        _gate_only,
        _half_forgotten,
        _sigmoid_gate,
        _exact,
    ),
    minutes=5,
    follow_up="GELU is not monotone. Where is its minimum, and does that hurt?",
    follow_up_answer=(
        "Near z = -0.75, at about -0.17. It does no harm in practice: the dip is shallow, the "
        "slope is never below -0.13, and a network does not need monotone units. One consequence: "
        "two inputs can share an output, so the backward pass must cache z, not a."
    ),
)
