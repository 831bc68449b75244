"""Tests of viz.explorers.gradient_depth."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from viz.explorers.gradient_depth import FUNCTIONS, gradient_depth_explorer, gradient_sizes


@pytest.mark.parametrize("activation", FUNCTIONS)
def test_there_is_a_size_a_layer_and_the_last_is_one(activation):
    sizes = gradient_sizes(7, activation, 1.0, 1.0)

    assert sizes.shape == (8,)
    assert sizes[-1] == 1.0


def test_twice_the_weights_double_the_gradient_at_every_relu():
    once, twice = (gradient_sizes(5, "relu", 1.0, gain) for gain in (1.0, 2.0))

    assert_allclose(twice / once, 2.0 ** np.arange(5, -1, -1), rtol=1e-12)


def test_relu_does_not_care_for_the_scale_of_the_input():
    small, large = (gradient_sizes(5, "relu", scale, 1.0) for scale in (0.5, 3.0))

    assert_allclose(small, large, rtol=1e-12)


def test_a_sigmoid_passes_at_most_a_quarter_of_the_largest_stretch_of_its_weights():
    # The norm of a 64 x 64 matrix of variance 1/64 is below 2.5, its quarter below 0.63.
    sizes = gradient_sizes(10, "sigmoid", 1.0, 1.0)

    assert (sizes[:-1] / sizes[1:]).max() < 0.63


def test_a_large_input_saturates_tanh():
    assert gradient_sizes(1, "tanh", 3.0, 1.0)[0] < gradient_sizes(1, "tanh", 0.3, 1.0)[0] / 2


def test_the_caption_says_what_arrives():
    explorer = gradient_depth_explorer()

    explorer.set(depth=4, activation="relu", input_scale=1.0, gain=1.0)

    assert f"{gradient_sizes(4, 'relu', 1.0, 1.0)[0]:.1e} of the gradient" in explorer.caption
