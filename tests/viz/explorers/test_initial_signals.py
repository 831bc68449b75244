"""Tests of viz.explorers.initial_signals."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from viz.explorers.initial_signals import SCHEMES, _draw, initial_signals

SMALL = {"width": 8, "batch": 5}


def test_every_layer_has_its_arrays():
    activations, gradients = initial_signals(0.1, "relu", 3, **SMALL)

    assert [A.shape for A in activations] == [dZ.shape for dZ in gradients] == [(5, 8)] * 3


def test_twice_the_weights_double_the_signal_at_every_layer_of_relu():
    once, twice = (initial_signals(std, "relu", 4, **SMALL) for std in (0.1, 0.2))

    for k in range(4):
        assert_allclose(twice[0][k], 2.0 ** (k + 1) * once[0][k], rtol=1e-12)
        assert_allclose(twice[1][k], 2.0 ** (3 - k) * once[1][k], rtol=1e-12)


@pytest.mark.parametrize("activation, slope", [("tanh", lambda A: 1 - A**2), ("relu", np.sign)])
def test_one_layer_passes_the_gradient_times_its_slope(activation, slope):
    (A,), (dZ,) = initial_signals(0.3, activation, 1, **SMALL)
    _, (dA,) = initial_signals(0.3, "identity", 1, **SMALL)

    assert_allclose(dZ, dA * slope(A), rtol=1e-12)


def test_weights_of_he_keep_the_size_of_what_relu_passes():
    activations, _ = initial_signals(SCHEMES["He"](128), "relu", 10)

    sizes = [np.mean(A**2) for A in activations]
    assert max(sizes) < 2 * min(sizes)


@pytest.mark.parametrize(
    "scheme, activation, said",
    [
        ("zeros", "tanh", ["are all the same", "never reach layer 1"]),
        ("normal, 0.01", "relu", ["Activations fade", "Gradients vanish"]),
        ("normal, 1", "relu", ["Activations explode", "Gradients explode"]),
        ("normal, 1", "tanh", ["saturate"]),
        ("He", "relu", ["keep their spread", "keep their scale"]),
    ],
)
def test_the_caption_names_what_becomes_of_the_signal(scheme, activation, said):
    caption = _draw(Figure().subplots(ncols=2), scheme, activation, 10)

    assert [words for words in said if words not in caption] == []
