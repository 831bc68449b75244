"""Lesson 05."""

import math


def three_scales():
    fan_in, fan_out = 3 * 3 * 3, 64 * 3 * 3
    glorot = 2 / (fan_in + fan_out)
    return [
        ("27", fan_in),
        ("576", fan_out),
        ("603", fan_in + fan_out),
        ("0.272", math.sqrt(2 / fan_in)),
        ("0.0576", math.sqrt(glorot)),
        ("0.0998", math.sqrt(3 * glorot)),
    ]


def expected_initial_loss():
    return [("2.30", -math.log(1 / 10))]


def init_output_bias():
    entropy = -(0.01 * math.log(0.01) + 0.99 * math.log(0.99))
    return [("0.0560", entropy), ("0.693", math.log(2))]


def debug_he_initialization():
    return [("0.0505", math.sqrt(2 / 784))]


def glorot_normal():
    # What Glorot's weights and then ReLU make of the variance, in a square layer.
    factor = 300 * (2 / (300 + 300)) / 2
    scale = math.sqrt(factor**20)
    return [("0.001", scale), ("10", -math.log2(scale))]
