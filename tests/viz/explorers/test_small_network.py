"""Tests of viz.explorers.small_network."""

from numpy.testing import assert_allclose

from viz.explorers.small_network import NAMES, START, forward


def test_small_network_by_hand():
    steps = forward(START | {"hidden": "relu", "output": "identity"})

    # z1 = 1 * 0.8 - 0.5 * 0.4 + 0.1, z2 = 1 * -0.6 - 0.5 * 1.0 - 0.2
    assert_allclose(steps["Z1"], [[0.7, -1.3]])
    assert_allclose(steps["A1"], [[0.7, 0.0]])
    # 0.7 * 1.2 + 0 * -0.7 + 0.3
    assert_allclose(steps["out"], [[1.14]])


def test_every_number_of_the_small_network_has_a_slider():
    assert START.keys() == NAMES.keys()
