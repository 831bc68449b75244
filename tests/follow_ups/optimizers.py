"""Lesson 06."""

import math

import numpy as np


def momentum_step():
    velocity, n_steps = 0.0, 0
    while velocity < 0.9 * 10:
        velocity, n_steps = 0.9 * velocity + 1, n_steps + 1
    return [("22", n_steps)]


def largest_stable_lr():
    best = 2 / (1 + 50)
    factors = [1 - best * curvature for curvature in (1, 50)]
    assert math.isclose(factors[0], -factors[1])
    with_momentum = (math.sqrt(50) - 1) / (math.sqrt(50) + 1)
    return [
        ("0.0392", best),
        ("0.961", factors[0]),
        ("173", math.ceil(math.log(1e-3) / math.log(factors[0]))),
        ("0.75", with_momentum),
        ("25", math.ceil(math.log(1e-3) / math.log(with_momentum))),
    ]


def adam_step():
    t = np.arange(1, 200)
    excess = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    return [
        ("3.16", excess[0]),
        ("3.16", 0.1 / math.sqrt(0.001)),
        ("6.57", excess.max()),
        ("12", t[excess.argmax()]),
    ]


def rmsprop_step():
    mean_square, lengths = 0.0, []
    for _ in range(100):
        mean_square = 0.99 * mean_square + 0.01
        lengths.append(1 / math.sqrt(mean_square))
    assert math.isclose(lengths[0], 10)
    return [("1.26", lengths[-1])]
