"""Tests of viz.explorers.backward_steps."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from reference_impl.gradient_check import numerical_gradient
from viz.explorers.backward_steps import GRAPHS, KINDS, _go_back, backward_steps, draw_steps

LEAVES = {"x": 1.3, "w": -0.4, "b": 0.2, "y": 0.7}


def _last_value(graph, **leaves):
    _, nodes = GRAPHS[graph]
    values = dict(leaves)
    for one in nodes:
        values[one.name] = KINDS[one.kind][0](*(values[name] for name in one.reads))
    return values, values[nodes[-1].name]


@pytest.mark.parametrize("graph", GRAPHS)
def test_gradients_of_the_leaves_match_numerical_ones(graph):
    places, nodes = GRAPHS[graph]
    names = list(places)
    values, _ = _last_value(graph, **LEAVES)

    grads, _ = _go_back(nodes, values, len(nodes))

    def moved(point):
        return _last_value(graph, **(LEAVES | dict(zip(names, point, strict=True))))[1]

    want = numerical_gradient(moved, [LEAVES[name] for name in names])
    np.testing.assert_allclose([grads[name] for name in names], want, rtol=1e-7)


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_step_has_a_caption_of_its_own(graph):
    n_steps = 2 * len(GRAPHS[graph][1])

    captions = [draw_steps(Figure().subplots(), graph, k, **LEAVES) for k in range(n_steps + 1)]

    assert len(set(captions)) == n_steps + 1


def test_paths_that_meet_are_said_to_add_up():
    graph = "x y (x + y)"

    caption = draw_steps(Figure().subplots(), graph, 6, x=2.0, y=3.0, w=0.0, b=0.0)

    assert "dx = 21.000" in caption
    assert "dy = 16.000" in caption


def test_steps_beyond_the_last_change_nothing():
    graph = "x y (x + y)"

    ends = [draw_steps(Figure().subplots(), graph, k, **LEAVES) for k in (6, 10)]

    assert ends[0] == ends[1]


def test_explorer_starts_before_the_first_step():
    explorer = backward_steps()

    assert explorer.caption.startswith("Nothing is computed yet")
    explorer.set(step=1)
    assert "p = w × x = 0.500 × 2.000 = 1.000." in explorer.caption
