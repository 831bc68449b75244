"""Runs of several steps: state that is lost, aliased or reset shows only after the first."""

import numpy as np

from grader.exercise import case


def runs(rng, *settings):
    """Yield a parameter, the gradients of some steps and the settings, one run a case."""
    yield case("four steps, five weights", rng.normal(size=5), rng.normal(size=(4, 5)), *settings)
    yield case("a weight matrix", rng.normal(size=(2, 3)), rng.normal(size=(3, 2, 3)), *settings)
    tiny = 1e-6 * rng.normal(size=(3, 4))
    yield case("gradients of a millionth", rng.normal(size=4), tiny, *settings)
    still = rng.normal(size=(4, 3))
    still[:, 1] = 0
    yield case("a weight without gradient", rng.normal(size=3), still, *settings)
    yield case("a constant gradient", rng.normal(size=2), np.full((6, 2), 0.6), *settings)
    yield case("a single step", rng.normal(size=3), rng.normal(size=(1, 3)), *settings)
