"""Tests of viz.explorers.regression_losses."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from viz.explorers.regression_losses import losses, regression_loss_explorer

NAMES = ("MSE", "MAE", "Huber")


def test_losses_by_hand():
    # Targets 1, 1.5, 2, 2.5 and the outlier 6; errors 1, 0.5, 0, -0.5, -4.
    found = losses(2.0, 6.0, 1.0)

    assert_allclose(found["MSE"], [(1 + 0.25 + 0 + 0.25 + 16) / 5, 2 * (1 + 0.5 - 0.5 - 4) / 5])
    assert_allclose(found["MAE"], [(1 + 0.5 + 0 + 0.5 + 4) / 5, (1 + 1 + 0 - 1 - 1) / 5])
    # Half the square up to 1, then the line |e| - 1/2.
    want = [(0.5 + 0.125 + 0 + 0.125 + 3.5) / 5, (1 + 0.5 + 0 - 0.5 - 1) / 5]
    assert_allclose(found["Huber"], want, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_slope_is_the_derivative(name):
    at, h = 4.3, 1e-6
    high, low = (losses(at + side * h, 10.0, 0.7)[name][0] for side in (1, -1))

    assert_allclose(losses(at, 10.0, 0.7)[name][1], (high - low) / (2 * h), rtol=1e-6)


@pytest.mark.parametrize("name, moved", [("MSE", 9.0 / 5), ("MAE", 0.0)])
def test_an_outlier_moves_the_lowest_point_of_squares_alone(name, moved):
    grid = np.linspace(0, 5, 501)

    near, far = (
        grid[np.argmin([losses(at, outlier, 1.0)[name][0] for at in grid])]
        for outlier in (3.0, 12.0)
    )

    assert_allclose(far - near, moved, atol=1e-9)


def test_the_caption_states_the_loss_and_where_it_is_lowest():
    explorer = regression_loss_explorer()

    explorer.set(prediction=2.0, outlier=6.0, delta=1.0)

    # The mean and the median of 1, 1.5, 2, 2.5, 6; the grid of the curve has steps of 0.05.
    assert "MSE = 3.50, slope -1.20" in explorer.caption
    assert "Lowest at MSE 2.60, MAE 2.00" in explorer.caption
