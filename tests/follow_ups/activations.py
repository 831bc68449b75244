"""Lesson 04."""

import math

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _sigmoid_slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _tanh_slope(z):
    return 1 - np.tanh(z) ** 2


def _crossing():
    """Return where the slopes meet, by halving an interval."""
    low, high = 1.0, 3.0
    for _ in range(50):
        middle = (low + high) / 2
        if _tanh_slope(middle) > _sigmoid_slope(middle):
            low = middle
        else:
            high = middle
    return low


def _rounds_to_one(dtype):
    """Return the first z, in steps of a hundredth, at which 1 - sigmoid is 0."""
    z = np.arange(10, 45, 0.01).astype(dtype)
    return float(z[(1 - _sigmoid(z) == 0).argmax()])


def slopes_cross_at():
    return [
        ("1.66", _crossing()),
        ("0.25", _sigmoid_slope(0.0)),
        ("0.0099", _tanh_slope(3.0)),
        ("0.0452", _sigmoid_slope(3.0)),
    ]


def gradient_through_depth():
    return [("0.16", 0.01 * math.sqrt(512 / 2))]


def gelu_tanh():
    z = np.linspace(-4, 0, 40_001)
    a = 0.5 * z * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
    return [
        ("-0.75", z[a.argmin()]),
        ("-0.17", a.min()),
        ("-0.13", np.gradient(a, z).min()),
    ]


def log_sigmoid():
    z = -1000.0
    return [("1000", math.log1p(math.exp(-abs(z))) - min(z, 0.0))]


def softmax_with_backward():
    entries = 50_000**2
    return [("2.5", entries / 1e9), ("10", entries * np.dtype(np.float32).itemsize / 1e9)]


def sigmoid():
    return [("37", _rounds_to_one(np.float64)), ("17", _rounds_to_one(np.float32))]


def tanh_from_sigmoid():
    # Said in words: a millionth, and the flatter one far out.
    assert 5e-7 < 0.25**10 < 1.5e-6
    assert _tanh_slope(3.0) < _sigmoid_slope(3.0)
    return []


def sigmoid_slope_from_z():
    return [("9.5e-7", _sigmoid_slope(0.0) ** 10)]


def sigmoid_slope_from_a():
    return [("-2", 2 * (1 - 2)), ("0.105", _sigmoid_slope(2.0))]


def tanh_slope_from_a():
    return [
        ("0.25", _sigmoid_slope(0.0)),
        ("0.0099", _tanh_slope(3.0)),
        ("0.0452", _sigmoid_slope(3.0)),
    ]
