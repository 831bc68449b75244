"""Tests of viz.style, viz.shapes, viz.graph and viz.curves."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import viz
from viz import style


@pytest.fixture
def ax():
    with mpl.rc_context(style.rc()):
        yield Figure().subplots()


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def test_shapes_stand_below_their_boxes(ax):
    viz.draw_shapes(
        ax, [viz.Box("X", 4, 3), "@", viz.Box("W", 3, 2, "parameter"), "+", viz.Box("b", 0, 2)]
    )

    assert _texts(ax) == ["X", "(4, 3)", "@", "W", "(3, 2)", "+", "b", "(2,)"]


def test_large_arrays_are_drawn_small_and_named_in_full(ax):
    viz.draw_shapes(ax, [viz.Box("X", 128, 784)])

    assert _texts(ax) == ["X", "(128, 784)"]
    assert len(ax.patches) == 6 * 6 + 1


def test_letters_may_stand_for_sizes(ax):
    viz.draw_shapes(ax, [viz.Box("X", 4, 3, shape="(N, D)")])

    assert "(N, D)" in _texts(ax)


def test_graph_has_a_box_a_node_and_an_arrow_an_edge(ax):
    nodes = {"x": viz.Node(0, 0, "x", above="2"), "y": viz.Node(1, 0, "x²", below="1")}

    viz.draw_graph(ax, nodes, [("x", "y", "square")])

    assert {"x", "x²", "2", "1", "square"} <= set(_texts(ax))
    assert sum(text.arrow_patch is not None for text in ax.texts if hasattr(text, "arrow_patch"))


def test_network_has_a_line_a_weight(ax):
    viz.draw_network(ax, [2, 3, 1])

    assert len(ax.lines) == 2 * 3 + 3 * 1


def test_negative_weights_are_dashed(ax):
    viz.draw_network(ax, [1, 2], weights=[np.array([[1.0, -1.0]])])

    positive, negative = ax.lines
    assert positive.get_linestyle() == "-"
    assert negative.get_linestyle() != "-"
    assert {"1.0", "-1.0"} <= set(_texts(ax))


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


def test_heatmap_writes_every_number(ax):
    viz.draw_heatmap(ax, [[0.5, 1.5]], rows=["r"], cols=["a", "b"], digits=1)

    assert _texts(ax) == ["0.5", "1.5"]


def test_histograms_share_their_bins(ax, rng):
    viz.draw_histograms(ax, {"a": rng.normal(size=50), "b": 3 * rng.normal(size=50)}, bins=10)

    a, b = ax.lines
    assert np.array_equal(a.get_xdata(), b.get_xdata())


def test_same_drawing_same_bytes():
    pictures = []
    for _ in range(2):
        with mpl.rc_context(style.rc()):
            figure = Figure()
            viz.draw_shapes(figure.subplots(), [viz.Box("X", 2, 2)])
            pictures.append(style.png(figure))

    assert pictures[0] == pictures[1]
    assert b"Software" not in pictures[0]


def test_use_style_sets_the_colours():
    with mpl.rc_context():
        viz.use_style()

        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"][0] == "#0072B2"


def test_titles_stand_at_the_left():
    assert style.rc()["axes.titlelocation"] == "left"


def test_tint_of_nothing_is_white():
    assert style.tint(viz.FORWARD, 0) == (1, 1, 1)
