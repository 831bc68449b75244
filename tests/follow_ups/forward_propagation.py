"""Lesson 01."""

import math


def collapse_linear():
    narrow, wide = 1000 * 10 + 10 * 1000, 1000 * 1000
    return [("50", wide / narrow)]


def count_params():
    first, second = 784 * 256 + 256, 256 * 10 + 10
    halved = 784 * 128 + 128 + 128 * 10 + 10
    assert math.isclose(halved / (first + second), 0.5, abs_tol=0.001)
    return [("99", 100 * first / (first + second))]


def xor_params():
    def out(x1, x2):
        return x1 + x2 - 2 * max(0, x1 + x2 - 1)

    return [("0", out(0, 0)), ("1", out(0, 1)), ("1", out(1, 0)), ("0", out(1, 1))]
