"""Recomputes the numbers that options and feedback state, question by question.

Each function returns pairs: the text that stands in the bank, and the number it should say.
"""

import math

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def output_bias_for_rare_positives():
    entropy = -(0.01 * math.log(0.01) + 0.99 * math.log(0.99))
    return [("-4.595", math.log(0.01 / 0.99)), ("0.056", entropy), ("0.693", math.log(2))]


def tanh_always_steeper():
    z = np.linspace(0.1, 5, 490_001)
    slower = 1 - np.tanh(z) ** 2 < _sigmoid(z) * (1 - _sigmoid(z))
    return [
        ("1.66", z[slower.argmax()]),
        ("0.0099", 1 - math.tanh(3) ** 2),
        ("0.0452", _sigmoid(3) * (1 - _sigmoid(3))),
    ]


def why_cross_entropy_with_sigmoid():
    return [("-0.99", 0.01 - 1), ("-0.0196", 2 * (0.01 - 1) * 0.01 * 0.99)]


def adam_without_correction():
    t = np.arange(1, 200)
    ratio = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    assert 10 <= t[ratio.argmax()] <= 12
    return [("3.16", ratio[0]), ("6.57", ratio.max()), ("0.0316", math.sqrt(0.001))]


def neuron_by_hand():
    a = _sigmoid(-0.1)
    return [("0.249", a * (1 - a))]


def relu_with_tiny_weights():
    return [("0.16", 0.01 * math.sqrt(512 / 2))]


def xavier_with_relu():
    return [("0.00098", 0.5**10)]


def he_on_the_wrong_axis():
    return [
        ("0.088", math.sqrt(2 / 256)),
        ("0.051", math.sqrt(2 / 784)),
        ("1.75", math.sqrt(784 / 256)),
    ]


def sigmoid_slope_on_tanh():
    return [("-0.96", -0.6 * 1.6), ("0.64", 1 - 0.36)]


def fan_in_of_a_convolution():
    return [("0.65", math.sqrt(27 / 64))]


def one_over_fan_in():
    ratio = math.sqrt(1 / 10) / math.sqrt(2 / 1010)
    return [("7", ratio)]


def running_mean_by_hand():
    return [("0.73", 0.9**3), ("44", math.ceil(math.log(0.01) / math.log(0.9)))]


def initial_loss_of_forty_five():
    return [("2.303", math.log(10))]


def unsimplified_sigmoid_gradient():
    z = np.arange(30, 45, 0.05)
    return [("36.7", z[(1 - _sigmoid(z) == 0).argmax()]), ("4e-18", math.exp(-40))]


def gradient_step_by_hand():
    return [("0.2236", math.hypot(0.1, 0.2)), ("0.0022", 0.01 * math.hypot(0.1, 0.2))]


def exponential_overflow():
    return [("11.09", math.log(float(np.finfo(np.float16).max)))]


def sigmoid_applied_twice():
    return [("0.69", math.log(2)), ("0.731", _sigmoid(1))]


def tanh_layer_that_learns_slowly():
    return [
        ("0.21", 0.3 * (1 - 0.3)),
        ("0.91", 1 - 0.3**2),
        ("-0.96", -0.6 * (1 - -0.6)),
        ("0.64", 1 - (-0.6) ** 2),
    ]
