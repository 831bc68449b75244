"""Lesson 08."""

import math


def claims_about_ablation():
    variance = 0.975 * 0.025 / 359
    return [
        ("359", round(0.2 * 1797)),
        ("97.5", 100 * 350 / 359),
        ("0.023", 2 * math.sqrt(2 * variance)),
    ]


def debug_training_script():
    # The inner softmax gives the outer one logits from 0 to 1: right and sure, wrong and sure.
    right = math.log(math.e + 9) - 1
    wrong = math.log(math.e + 9)
    return [("1.46", right), ("2.46", wrong)]


def worst_class():
    error = math.sqrt(0.75 * 0.25 / 12)
    return [("0.125", error), ("0.5", 0.75 - 2 * error), ("1", 0.75 + 2 * error)]


def precision_recall_f1():
    # Flag where the expected cost of a miss, 50 p, exceeds that of a false alarm, 1 - p.
    return [("51", 50 + 1), ("0.02", 1 / (50 + 1))]


def average_precision():
    n, positives = 20_000, 1000
    # In a random order the k-th example, if positive, has on average this many positives above it.
    above = ((k - 1) * (positives - 1) / (n - 1) for k in range(1, n + 1))
    return [("0.05", sum((1 + hits) / k for k, hits in enumerate(above, start=1)) / n)]


def r_squared():
    return [("1.3", 1 - -0.3)]
