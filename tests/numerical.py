"""Oracles for the tests of reference_impl, independent of it."""

import mpmath
import numpy as np

__all__ = ["central_difference", "errors"]

EPS = 2.0**-52


def central_difference(f, x, upstream=1.0, step=1e-5):
    """Estimate the gradient of ``sum(upstream * f(x))``; its error is of order ``step**2``."""
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        above, below = np.array(x, float), np.array(x, float)
        above[index] += step
        below[index] -= step
        gradient[index] = np.sum(upstream * (f(above) - f(below))) / (2 * step)
    return gradient


def errors(got, truth, points):
    """Measure each value against 50 digits, relative to ``max(|truth|, eps * |x|)``.

    Where ``truth`` is ill-conditioned, an error up to 4 * condition * eps counts as none: it is
    what rounding the argument alone would cost. Below the smallest normal number there are no
    digits to ask for.
    """
    return np.array([_error(*pair, truth) for pair in zip(got, points, strict=True)])


def _error(got, x, truth):
    with mpmath.workdps(50):
        exact, x = truth(mpmath.mpf(float(x))), mpmath.mpf(float(x))
        slope = mpmath.diff(truth, x, h=mpmath.mpf(10) ** -20)
        miss = abs(mpmath.mpf(float(got)) - exact)
        if miss <= max(4 * EPS * abs(x * slope), mpmath.mpf(2) ** -1022 * max(1, abs(x))):
            return 0.0
        return float(miss / max(abs(exact), EPS * abs(x)))
