"""Glorot and He, normal and uniform."""

import numpy as np

from grader.compare import show
from grader.exercise import Exercise, case

THEORY = ("https://github.com/alexeygrigorev/data-science-interviews/blob/master/theory.md",)


def drive_initializer(answer, shape, seed):
    """Draw twice from one generator, and once from another of the same seed."""
    rng = np.random.default_rng(seed)
    first, second = answer(shape, rng), answer(shape, rng)
    if first is None:
        return None
    return [first, second, answer(shape, np.random.default_rng(seed))]


def _shapes(rng):
    seeds = [int(seed) for seed in rng.integers(1, 10**6, size=3)]
    yield case("wide to narrow", (400, 50), seeds[0])
    yield case("narrow to wide", (20, 900), seeds[1])
    yield case("as many inputs as outputs", (150, 150), seeds[2])


def statistics_agree(std_of, largest_of):
    """Return a judge that holds the drawn weights against their documented distribution."""

    def judge(args, draws):
        shape, _ = args
        std, largest = std_of(*shape), largest_of(*shape)
        spread = 5 / np.sqrt(2 * shape[0] * shape[1])
        if len(draws) != 3:
            return "the weights should be a NumPy array"
        for W in draws:
            if not isinstance(W, np.ndarray):
                return f"the weights should be a NumPy array; it returned {show(W)}"
        first, second, again = draws
        if first.shape != tuple(shape):
            return f"the weights have shape {first.shape}, expected {tuple(shape)}"
        # Infinities of both signs have no mean, and no comparison with NaN is true.
        if first.dtype.kind != "f" or not np.isfinite(first).all():
            return "the weights should be finite floats"
        first = first.astype(float)
        got_std, got_mean, got_largest = first.std(), first.mean(), np.abs(first).max()
        if not abs(got_std / std - 1) <= spread:
            return f"the standard deviation is {got_std:.4g}, expected about {std:.4g}"
        if not abs(got_mean) <= 5 * std / np.sqrt(shape[0] * shape[1]):
            return f"the mean is {got_mean:.4g}, expected about 0"
        if largest and not 0.9 * largest <= got_largest <= largest * (1 + 1e-9):
            return f"the largest weight is {got_largest:.4g}, expected just below {largest:.4g}"
        if not largest and not got_largest >= 2.5 * std:
            return "no weight lies beyond 2.5 standard deviations, as some of a normal draw do"
        if np.array_equal(first, second):
            return "two layers get the same weights"
        if not np.array_equal(first, again):
            return "the same generator gives other weights: draw from `rng` only"
        return ""

    return judge


def he_normal(shape, rng):
    """Draw weights for a layer in front of a ReLU.

    Parameters
    ----------
    shape : tuple of int
        (D, M), inputs first.
    rng : numpy.random.Generator
        Where all random numbers come from.

    Returns
    -------
    W : ndarray of shape (D, M)
        Normal, mean 0, variance ``2 / D``.
    """
    return rng.normal(scale=np.sqrt(2 / shape[0]), size=shape)


def _he_variance_as_std(shape, rng):
    """2 / fan_in is the variance; the generator asks for a standard deviation."""
    return rng.normal(scale=2 / shape[0], size=shape)


def _he_without_the_two(shape, rng):
    """ReLU throws away half of the second moment; what makes up for it is missing."""
    return rng.normal(scale=np.sqrt(1 / shape[0]), size=shape)


def _he_by_fan_out(shape, rng):
    """With inputs first the fan-in is `shape[0]`; you divided by the number of outputs."""
    return rng.normal(scale=np.sqrt(2 / shape[1]), size=shape)


def _he_seeded_inside(shape, rng):
    """Seeded inside, every layer gets the same weights: draw from the generator passed in."""
    return np.random.default_rng(0).normal(scale=np.sqrt(2 / shape[0]), size=shape)


def _he_of_zeros(shape, rng):
    """All weights 0: no weight gets a gradient, and only the output bias ever moves."""
    return np.zeros(shape)


def _he_of_both_fans(shape, rng):
    """2 / (fan_in + fan_out) is Glorot's variance; He's rule looks at the inputs alone."""
    return rng.normal(scale=np.sqrt(2 / sum(shape)), size=shape)


def _he_unscaled(shape, rng):
    """Weights of deviation 1 for every layer: where does the number of inputs come in?"""
    return rng.normal(size=shape)


def _he_hundredth(shape, rng):
    """A fixed 0.01 is He's deviation for 20 000 inputs only: it has to depend on the shape."""
    return 0.01 * rng.normal(size=shape)


def _he_uniform(shape, rng):
    """The variance is right and the distribution is uniform; a normal one is asked for."""
    limit = np.sqrt(6 / shape[0])
    return rng.uniform(-limit, limit, size=shape)


def _he_turned_over(shape, rng):
    """You divide by the deviation you want: a normal draw is multiplied by it."""
    return rng.normal(size=shape) / np.sqrt(2 / shape[0])


def _he_as_the_mean(shape, rng):
    """The first argument of `rng.normal` is the mean: your deviation landed there."""
    return rng.normal(np.sqrt(2 / shape[0]), size=shape)


def _he_by_product(shape, rng):
    """You divide by the number of all weights; one sum adds up the inputs of one unit."""
    return rng.normal(scale=np.sqrt(2 / np.prod(shape)), size=shape)


def _he_root_of_the_two(shape, rng):
    """Your root covers the 2 alone: the fan-in belongs under it too."""
    return rng.normal(scale=np.sqrt(2) / shape[0], size=shape)


def _he_root_of_the_fan(shape, rng):
    """Your root covers the fan-in alone: the 2 belongs under it too."""
    return rng.normal(scale=2 / np.sqrt(shape[0]), size=shape)


he_normal_exercise = Exercise(
    reference=he_normal,
    cases=_shapes,
    driver=drive_initializer,
    accept=statistics_agree(lambda d, m: np.sqrt(2 / d), lambda d, m: 0.0),
    points=2,
    mistakes=(
        _he_variance_as_std,
        _he_without_the_two,
        _he_by_fan_out,
        _he_seeded_inside,
        _he_of_zeros,
        _he_of_both_fans,
        _he_unscaled,
        _he_hundredth,
        _he_uniform,
        _he_turned_over,
        _he_as_the_mean,
        _he_by_product,
        _he_root_of_the_two,
        _he_root_of_the_fan,
    ),
    minutes=6,
    follow_up="Why does the fan-in keep the forward pass at scale, and what does the fan-out keep?",
    follow_up_answer=(
        "A sum adds up as many terms as the fan-in says, so `Var(z) = fan_in * Var(w) * E[x**2]`. "
        "ReLU makes `E[x**2]` half of the variance before it, so `2 / fan_in` makes the factor 1. "
        "On the way back an input's gradient adds up as many terms as the fan-out says, so `2 / "
        "fan_out` keeps the gradient's scale."
    ),
    asked=THEORY,
)


def glorot_normal(shape, rng):
    """Draw weights for a layer in front of tanh or a sigmoid.

    Parameters
    ----------
    shape : tuple of int
        (D, M), inputs first.
    rng : numpy.random.Generator
        Where all random numbers come from.

    Returns
    -------
    W : ndarray of shape (D, M)
        Normal, mean 0, variance ``2 / (D + M)``.
    """
    std = np.sqrt(2 / (shape[0] + shape[1]))
    return rng.normal(scale=std, size=shape)


def _lecun_called_glorot(shape, rng):
    """1 / fan_in is LeCun's rule, often sold as Xavier. Glorot's looks at both fans."""
    return rng.normal(scale=np.sqrt(1 / shape[0]), size=shape)


def _glorot_with_one(shape, rng):
    """The numerator is 2, because the denominator is the sum of both fans, not their mean."""
    return rng.normal(scale=np.sqrt(1 / sum(shape)), size=shape)


def _glorot_variance_as_std(shape, rng):
    """2 / (fan_in + fan_out) is the variance; take the root for the standard deviation."""
    return rng.normal(scale=2 / sum(shape), size=shape)


def _glorot_by_product(shape, rng):
    """The fans are added, not multiplied: your weights are far too small."""
    return rng.normal(scale=np.sqrt(2 / (shape[0] * shape[1])), size=shape)


def _glorot_hundredth(shape, rng):
    """A fixed 0.01 knows nothing of the fans: a wide layer needs less spread than a narrow one."""
    return 0.01 * rng.normal(size=shape)


def _he_called_glorot(shape, rng):
    """2 / fan_in is He's variance, for ReLU. Glorot's looks at both fans."""
    return rng.normal(scale=np.sqrt(2 / shape[0]), size=shape)


def _uniform_for_normal(shape, rng):
    """The variance is right and the distribution is uniform; a normal one is asked for."""
    limit = np.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, size=shape)


def _two_over_the_mean(shape, rng):
    """Glorot's variance is 1 over the mean of the fans: 2 over the mean is twice as much."""
    return rng.normal(scale=np.sqrt(2 / np.mean(shape)), size=shape)


def _limit_as_std(shape, rng):
    """The root of 6 / (D + M) is the limit of the uniform form; the normal one has its own."""
    return rng.normal(scale=np.sqrt(6 / sum(shape)), size=shape)


def _variances_added(shape, rng):
    """You add 1 / D and 1 / M; Glorot's variance is 1 over the mean of D and M."""
    return rng.normal(scale=np.sqrt(1 / shape[0] + 1 / shape[1]), size=shape)


def _mean_of_the_variances(shape, rng):
    """You take the mean of 1 / D and 1 / M; Glorot's is 1 over the mean of D and M."""
    return rng.normal(scale=np.sqrt((1 / shape[0] + 1 / shape[1]) / 2), size=shape)


glorot_normal_exercise = Exercise(
    reference=glorot_normal,
    cases=_shapes,
    driver=drive_initializer,
    accept=statistics_agree(lambda d, m: np.sqrt(2 / (d + m)), lambda d, m: 0.0),
    points=2,
    mistakes=(
        _lecun_called_glorot,
        _glorot_with_one,
        _glorot_variance_as_std,
        _glorot_by_product,
        _glorot_hundredth,
        _he_called_glorot,
        _uniform_for_normal,
        _two_over_the_mean,
        _limit_as_std,
        _variances_added,
        _mean_of_the_variances,
    ),
    minutes=5,
    follow_up="You put it in front of ReLU. What happens to the variance from layer to layer?",
    follow_up_answer=(
        "It halves in every layer if the widths are equal: `n * (2 / (n + n)) / 2` is a half, "
        "because ReLU keeps half of the second moment. Gradients shrink in the same way. Twenty "
        "layers leave a scale of `2**-10`, about 0.001. He's rule doubles the variance and makes "
        "the factor 1."
    ),
    asked=THEORY,
)


def glorot_uniform(shape, rng):
    """Draw uniform weights with Glorot's variance.

    Parameters
    ----------
    shape : tuple of int
        (D, M), inputs first.
    rng : numpy.random.Generator
        Where all random numbers come from.

    Returns
    -------
    W : ndarray of shape (D, M)
        Uniform between ``-limit`` and ``limit``, with ``limit = sqrt(6 / (D + M))``.
    """
    limit = np.sqrt(6 / (shape[0] + shape[1]))
    return rng.uniform(-limit, limit, size=shape)


def _std_as_limit(shape, rng):
    """A uniform distribution on (-a, a) has variance a**2 / 3: your limit lacks the root of 3."""
    limit = np.sqrt(2 / sum(shape))
    return rng.uniform(-limit, limit, size=shape)


def _positive_half(shape, rng):
    """Your draw starts at 0, so all weights are positive: centre it on 0."""
    return np.sqrt(6 / sum(shape)) * rng.random(size=shape)


def _he_limit(shape, rng):
    """That is He's limit, from the fan-in alone: Glorot's looks at both fans."""
    limit = np.sqrt(6 / shape[0])
    return rng.uniform(-limit, limit, size=shape)


def _normal_with_limit(shape, rng):
    """The limit is where a uniform distribution ends; you used it as a standard deviation."""
    return rng.normal(scale=np.sqrt(6 / sum(shape)), size=shape)


def _normal_for_uniform(shape, rng):
    """The variance is right and the distribution is normal; a uniform one is asked for."""
    return rng.normal(scale=np.sqrt(2 / sum(shape)), size=shape)


def _root_of_the_limit_missing(shape, rng):
    """6 / (fan_in + fan_out) is the square of the limit: take the root."""
    limit = 6 / sum(shape)
    return rng.uniform(-limit, limit, size=shape)


def _limit_as_lower_end(shape, rng):
    """`rng.uniform` takes both ends: given one number, it draws from there up to 1."""
    return rng.uniform(np.sqrt(6 / sum(shape)), size=shape)


def _three_for_six(shape, rng):
    """limit**2 / 3 has to be 2 / (fan_in + fan_out): solve it for the limit again."""
    limit = np.sqrt(3 / sum(shape))
    return rng.uniform(-limit, limit, size=shape)


def _half_the_range(shape, rng):
    """Minus a half centres the draw, and it reaches half as far as the limit then."""
    return np.sqrt(6 / sum(shape)) * (rng.random(size=shape) - 0.5)


glorot_uniform_exercise = Exercise(
    reference=glorot_uniform,
    cases=_shapes,
    driver=drive_initializer,
    accept=statistics_agree(lambda d, m: np.sqrt(2 / (d + m)), lambda d, m: np.sqrt(6 / (d + m))),
    points=2,
    mistakes=(
        _std_as_limit,
        _positive_half,
        _he_limit,
        _normal_with_limit,
        _normal_for_uniform,
        _root_of_the_limit_missing,
        _limit_as_lower_end,
        _three_for_six,
        _half_the_range,
    ),
    minutes=5,
    follow_up="Normal or uniform: does it matter, and how would you find out?",
    follow_up_answer=(
        "Hardly, at equal variance. The derivation uses only mean 0 and the variance, and a sum "
        "over many inputs is close to normal either way. A uniform draw has no far outliers. To "
        "find out, I would train both with several seeds and compare the difference of the means "
        "with the spread between seeds."
    ),
)
