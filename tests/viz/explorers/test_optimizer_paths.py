"""Tests of the landscapes that the optimizers walk through."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from viz.explorers.optimizer_paths import FAR, NAMES, STARTS, descend, gradient_at, loss_at

EVERY_LANDSCAPE = pytest.mark.parametrize("landscape", STARTS)


@EVERY_LANDSCAPE
@pytest.mark.parametrize("turn", [0, 30])
def test_gradient_is_the_slope_of_the_loss(rng, landscape, turn):
    w, h = rng.normal(size=2), 1e-6
    around = [(w + h * side, w - h * side) for side in np.eye(2)]
    slopes = [
        (loss_at(landscape, a, turn) - loss_at(landscape, b, turn)) / (2 * h) for a, b in around
    ]

    assert_allclose(gradient_at(landscape, w, turn), slopes, rtol=1e-6)


@EVERY_LANDSCAPE
def test_no_point_lies_below_zero(rng, landscape):
    assert loss_at(landscape, 5 * rng.normal(size=(100, 2))).min() >= 0


def test_descent_takes_the_same_path_turned():
    straight, turned = (descend("sgd", "ravine", 0.03, 20, turn) for turn in (0, 45))

    assert_allclose(np.linalg.norm(straight, axis=1), np.linalg.norm(turned, axis=1))


@pytest.mark.parametrize("name", NAMES)
def test_every_path_starts_at_one_point(name):
    path = descend(name, "noisy bowl", 0.03, 10)

    assert path.shape == (11, 2)
    assert_allclose(path[0], STARTS["noisy bowl"])


def test_a_path_that_leaves_ends_early():
    path = descend("sgd", "ravine", 1.0, 100)

    assert len(path) < 20
    assert np.isfinite(path).all()
    assert np.abs(path[-1]).max() > FAR
