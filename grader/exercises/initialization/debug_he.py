"""A debug round on an initializer that was really published."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.initialization.schemes import drive_initializer, statistics_agree


def debug_he_initialization(shape, rng):
    """Draw He's weights for a layer stored as in PyTorch.

    Two published faults are in it. A test on one square layer finds neither.

    Parameters
    ----------
    shape : tuple of int
        (M, D), outputs first.
    rng : numpy.random.Generator
        Where all random numbers come from.

    Returns
    -------
    W : ndarray of shape (M, D)
        Normal, mean 0, variance ``2 / D``.
    """
    return rng.normal(scale=np.sqrt(2 / shape[1]), size=shape)


def _as_published(shape, rng):
    rng = np.random.default_rng(0)
    return rng.normal(size=shape) * np.sqrt(2 / shape[0])


def _cases(rng):
    seeds = [int(seed) for seed in rng.integers(1, 10**6, size=3)]
    yield case("256 outputs, 784 inputs", (256, 784), seeds[0])
    yield case("900 outputs, 20 inputs", (900, 20), seeds[1])
    yield case("as many outputs as inputs", (150, 150), seeds[2])


def _nothing_mended(shape, rng):
    """Both faults are still there. Whose generator draws? Which axis does an output sum over?"""
    return _as_published(shape, rng)


def _generator_not_mended(shape, rng):
    """The scale is right now. Two layers of one shape still get the very same numbers."""
    return np.random.default_rng(0).normal(size=shape) * np.sqrt(2 / shape[1])


def _axis_not_mended(shape, rng):
    """The generator is right now. With outputs first, `shape[0]` is not the fan-in."""
    return rng.normal(size=shape) * np.sqrt(2 / shape[0])


def _root_dropped(shape, rng):
    """2 / fan_in is a variance; the root went missing while you mended the axis."""
    return rng.normal(size=shape) * (2 / shape[1])


def _both_fans(shape, rng):
    """Your deviation mixes both sizes of the shape: which of them does one output sum over?"""
    return rng.normal(size=shape) * np.sqrt(2 / sum(shape))


def _two_dropped(shape, rng):
    """The axis is right now, but the 2 that makes up for ReLU went missing."""
    return rng.normal(size=shape) * np.sqrt(1 / shape[1])


def _stored_the_other_way(shape, rng):
    """You turned the shape round; the weights stay outputs first, only the fan-in was misread."""
    return rng.normal(size=shape[::-1]) * np.sqrt(2 / shape[1])


debug_he_initialization_exercise = Exercise(
    reference=debug_he_initialization,
    starts_from=_as_published,
    cases=_cases,
    driver=drive_initializer,
    accept=statistics_agree(lambda m, d: np.sqrt(2 / d), lambda m, d: 0.0),
    points=2,
    mistakes=(
        _nothing_mended,
        _generator_not_mended,
        _axis_not_mended,
        _root_dropped,
        _both_fans,
        _two_dropped,
        _stored_the_other_way,
    ),
    kind="debug",
    minutes=6,
    follow_up="Which two tests catch the two faults, and why does one square layer show neither?",
    follow_up_answer=(
        "For the axis: draw (256, 784) and compare the standard deviation with `sqrt(2 / 784)`, "
        "about 0.0505. For the generator: draw two layers of one shape from one `rng` and assert "
        "that they differ. In a square layer both axes are the same number, and a single draw "
        "from seed 0 looks as random as any other."
    ),
)
