"""Batches far from normal, scales and shifts far from 1 and 0: the identity hides most faults."""

import numpy as np

from grader.exercise import case


def batch(rng, n, d, scale=3.0, shift=2.0):
    """Return a batch of `n` examples with `d` features that is not normalised."""
    return scale * rng.normal(size=(n, d)) + shift


def scale_and_shift(rng, d):
    """Return a gamma and a beta of `d` features, neither 1 nor 0."""
    return rng.uniform(0.5, 2.0, size=d), rng.normal(size=d)


def batches(rng):
    """Yield ``(X, gamma, beta, eps)``, one batch a case."""
    yield case("six examples, three features", batch(rng, 6, 3), *scale_and_shift(rng, 3), 1e-5)
    small = batch(rng, 5, 2, scale=1e-3, shift=0.0)
    yield case("features of scale 0.001", small, *scale_and_shift(rng, 2), 1e-5)
    large = batch(rng, 5, 2, scale=1e3)
    yield case("features of scale 1000", large, *scale_and_shift(rng, 2), 1e-5)
    yield case("two examples", batch(rng, 2, 4), *scale_and_shift(rng, 4), 1e-5)
    yield case("as many examples as features", batch(rng, 4, 4), *scale_and_shift(rng, 4), 1e-3)
    constant = batch(rng, 4, 2)
    constant[:, 1] = 0.7
    yield case("a constant feature", constant, *scale_and_shift(rng, 2), 1e-5, quiet=True)
    yield case("a batch of one", batch(rng, 1, 3), *scale_and_shift(rng, 3), 1e-5, quiet=True)
    seed = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    yield case("three rows by hand", seed, np.array([2.0, 0.5]), np.array([5.0, -1.0]), 1e-5)
