"""Lesson 02."""

import math
import statistics

import numpy as np

STANDARD = statistics.NormalDist()


def bce():
    z, y = -800, 1
    return [("800", max(z, 0) - z * y + math.log1p(math.exp(-abs(z))))]


def bce_with_logits_backward():
    p, y = 0.01, 1
    cross_entropy, squared = p - y, 2 * (p - y) * p * (1 - p)
    return [("-0.99", cross_entropy), ("-0.0196", squared), ("50", cross_entropy / squared)]


def class_weighted_bce():
    odds = 20 * 0.01 / 0.99
    p = odds / (1 + odds)
    # The slope of the expected weighted loss is 0 there, in the logit.
    assert math.isclose(20 * 0.01 * (p - 1) + 0.99 * p, 0, abs_tol=1e-12)
    return [("17", 100 * p)]


def sparse_cross_entropy():
    return [("2.30", -math.log(1 / 10))]


def cat_or_dog():
    def slopes(a):
        return a - 1, 2 * (a - 1) * a * (1 - a)

    confident, mild = slopes(0.01), slopes(0.3)
    assert math.isclose(confident[0] / confident[1], 1 / (2 * 0.01 * 0.99))
    return [
        ("-0.99", confident[0]),
        ("-0.0196", confident[1]),
        ("50", confident[0] / confident[1]),
        ("2.4", mild[0] / mild[1]),
    ]


def huber():
    return [
        ("95", 100 * _efficiency(1.35)),
        ("1.35", _delta_of_efficiency(0.95)),
        ("1.48", 1 / STANDARD.inv_cdf(0.75)),
    ]


def mae_backward():
    data = np.array([1.0, 2, 3, 4, 100])
    constants = np.arange(101.0)
    errors = constants[:, None] - data
    return [
        ("3", constants[np.abs(errors).mean(axis=1).argmin()]),
        ("22", constants[(errors**2).mean(axis=1).argmin()]),
    ]


def _efficiency(delta):
    """Return the variance of a Gaussian mean over that of the Huber estimate."""
    inside = 2 * STANDARD.cdf(delta) - 1
    second_moment = inside - 2 * delta * STANDARD.pdf(delta) + delta**2 * (1 - inside)
    return inside**2 / second_moment


def _delta_of_efficiency(wanted):
    low, high = 0.1, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _efficiency(middle) < wanted else (low, middle)
    return low
