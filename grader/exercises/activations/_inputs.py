"""Inputs that hide no fault: fractions, both signs, extremes, several axes."""

import numpy as np

from grader.exercise import case


def entries(rng):
    """Yield one array a case."""
    yield case("a row with fractions", np.array([-3.0, -0.4, 0.7, 2.5]))
    yield case("two axes", 2 * rng.normal(size=(4, 3)))
    yield case("three axes", rng.normal(size=(2, 3, 2)))
    yield case("entries of 0", np.array([0.0, -0.0, 1.5]))


def extremes():
    """Yield inputs at which a naive formula overflows."""
    yield case("inputs of ±30 and ±1000", np.array([-1000.0, 1000.0, -30.0, 30.0]), quiet=True)
