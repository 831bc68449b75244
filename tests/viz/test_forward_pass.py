"""Tests of viz.forward_pass."""

import math

import pytest

from viz.forward_pass import draw_flow, draw_neuron


def test_a_neuron_shows_every_number_of_its_sum(ax, written):
    draw_neuron(ax, (2.0, -1.0), (0.5, 3.0), 0.25, ("tanh", math.tanh))

    # 2 * 0.5 = 1, -1 * 3 = -3, 1 - 3 + 0.25 = -1.75, tanh(-1.75) = -0.94138
    assert {"x1 = 2", "× 0.5", "1", "× 3", "-3"} <= set(written())
    assert {"add, +0.25", "z = -1.75", "tanh", "a = -0.9414"} <= set(written())


def test_inputs_without_weights_are_refused(ax):
    with pytest.raises(ValueError, match="zip"):
        draw_neuron(ax, (1.0, 2.0), (1.0,), 0.0, ("tanh", math.tanh))


def test_a_batch_keeps_its_rows_and_changes_its_columns(ax, written):
    draw_flow(ax, [3, 5, 2], 4)

    assert [text for text in written() if text] == [
        *("X", "(4, 3)", "W1 (3, 5)", "b1 (5,)"),
        *("A1", "(4, 5)", "W2 (5, 2)", "b2 (2,)"),
        *("A2", "(4, 2)"),
    ]


def test_a_wide_layer_stays_within_the_axes(ax):
    draw_flow(ax, [784, 10], 128)

    left, right = ax.get_xlim()
    assert all(left <= p.get_x() and p.get_x() + p.get_width() <= right for p in ax.patches)
