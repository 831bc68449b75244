"""Tests of viz.graph."""

import numpy as np
import pytest

import viz


def test_graph_has_a_box_a_node_and_an_arrow_an_edge(ax, written):
    nodes = {"x": viz.Node(0, 0, "x", above="2"), "y": viz.Node(1, 0, "x²", below="1")}

    viz.draw_graph(ax, nodes, [("x", "y", "square")])

    assert {"x", "x²", "2", "1", "square"} <= set(written())
    assert sum(text.arrow_patch is not None for text in ax.texts if hasattr(text, "arrow_patch"))


def test_network_has_a_line_a_weight(ax):
    viz.draw_network(ax, [2, 3, 1])

    assert len(ax.lines) == 2 * 3 + 3 * 1


def test_negative_weights_are_dashed(ax, written):
    viz.draw_network(ax, [1, 2], weights=[np.array([[1.0, -1.0]])])

    positive, negative = ax.lines
    assert positive.get_linestyle() == "-"
    assert negative.get_linestyle() != "-"
    assert {"1.0", "-1.0"} <= set(written())


def test_an_arrow_to_a_step_that_is_not_there_is_refused(ax):
    with pytest.raises(KeyError, match="z"):
        viz.draw_graph(ax, {"x": viz.Node(0, 0, "x")}, [("x", "z")])


def test_every_step_lies_within_the_axes(ax):
    viz.draw_graph(ax, {"a": viz.Node(-3, 2, "a"), "b": viz.Node(5, -1, "b")}, [])

    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert left < -3 < 5 < right
    assert low < -1 < 2 < high


def test_titles_and_notes_stand_at_their_units(ax, written):
    viz.draw_network(ax, [1, 1], texts=[["2"], ["3"]], titles=("in", "out"), notes=[["x"], ["h"]])

    assert sorted(written()) == ["2", "3", "h", "in", "out", "x"]
