"""Tests of viz.curves."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import viz


def test_names_of_close_curves_do_not_overlap(ax):
    x = np.linspace(0, 1)

    viz.draw_curves(ax, x, {"one": x, "two": 0.99 * x, "three": 0.98 * x})

    heights = sorted(text.xy[1] for text in ax.texts)
    assert min(np.diff(heights)) > 0.05


def test_curves_differ_in_dash_as_well(ax):
    x = np.linspace(0, 1)

    viz.draw_curves(ax, x, {"one": x, "two": x**2, "three": x**3}, direct=False)

    assert len({line.get_linestyle() for line in ax.lines}) == 3


def test_colour_follows_the_meaning(ax):
    x = np.linspace(0, 1)

    viz.draw_curves(ax, x, {"slope": x, "value": x**2}, kinds={"slope": "backward"})

    assert [line.get_color() for line in ax.lines] == [viz.BACKWARD, "#CC79A7"]


def test_heatmap_writes_every_number(ax, written):
    viz.draw_heatmap(ax, [[0.5, 1.5]], rows=["r"], cols=["a", "b"], digits=1)

    assert written() == ["0.5", "1.5"]


def test_histograms_share_their_bins(ax, rng):
    viz.draw_histograms(ax, {"a": rng.normal(size=50), "b": 3 * rng.normal(size=50)}, bins=10)

    a, b = ax.lines
    assert np.array_equal(a.get_xdata(), b.get_xdata())


@pytest.mark.parametrize("number, colour", [(0.0, "white"), (1.0, "black")])
def test_numbers_can_be_read_on_their_cell(ax, number, colour):
    viz.draw_heatmap(ax, [[0.0, 1.0]])

    assert {t.get_text(): t.get_color() for t in ax.texts}[f"{number:.2f}"] == colour


def test_a_heatmap_may_go_without_numbers(ax, written):
    viz.draw_heatmap(ax, np.eye(3), digits=-1)

    assert written() == []


def test_a_histogram_has_an_area_of_one(ax, rng):
    viz.draw_histograms(ax, {"a": rng.normal(size=500)}, bins=20)

    edges, heights = ax.lines[0].get_data()
    assert_allclose(heights.sum() * (edges[1] - edges[0]), 1.0)
