"""Graphs: neurons joined by weights, and steps of a computation joined by arrows."""

import itertools
from dataclasses import dataclass

from matplotlib.patches import Circle

from viz.style import BACKWARD, COLOURS, CONTEXT, FORWARD, PARAMETER, tint

RADIUS = 0.33


@dataclass(frozen=True)
class Node:
    """A step of a computation.

    Parameters
    ----------
    x, y : float
        Where its middle stands; steps one unit apart do not touch.
    text : str
        Written into it.
    kind : str
        ``"forward"``, ``"backward"``, ``"parameter"`` or ``"context"``: the colour.
    above, below : str
        A value over it in blue and a gradient under it in vermilion.
    """

    x: float
    y: float
    text: str
    kind: str = "forward"
    above: str = ""
    below: str = ""


def draw_graph(ax, nodes, edges):
    """Draw the graph of a computation.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    nodes : dict of str to Node
        The steps by name.
    edges : list of tuple of str
        ``(from, to)`` or ``(from, to, label)``, each drawn as an arrow.
    """
    boxes = {name: _draw_node(ax, node) for name, node in nodes.items()}
    for start, end, *label in edges:
        _draw_arrow(ax, (nodes[start], boxes[start]), (nodes[end], boxes[end]), *label)
    ax.set_xlim(min(n.x for n in nodes.values()) - 0.6, max(n.x for n in nodes.values()) + 0.6)
    ax.set_ylim(min(n.y for n in nodes.values()) - 0.6, max(n.y for n in nodes.values()) + 0.6)
    ax.axis("off")


def _draw_node(ax, node):
    colour = COLOURS[node.kind]
    look = {"boxstyle": "round,pad=0.4", "fc": tint(colour), "ec": colour, "lw": 1.5}
    text = ax.text(node.x, node.y, node.text, ha="center", va="center", bbox=look, zorder=3)
    for words, offset, colour in ((node.above, 16, FORWARD), (node.below, -16, BACKWARD)):
        ax.annotate(
            words,
            (node.x, node.y),
            (0, offset),
            textcoords="offset points",
            ha="center",
            va="bottom" if offset > 0 else "top",
            fontsize=9,
            color=colour,
        )
    return text.get_bbox_patch()


def _draw_arrow(ax, start, end, label=""):
    (tail, tail_box), (head, head_box) = start, end
    look = {"arrowstyle": "-|>", "color": CONTEXT, "lw": 1.2, "patchA": tail_box}
    ax.annotate("", (head.x, head.y), (tail.x, tail.y), arrowprops=look | {"patchB": head_box})
    middle = ((tail.x + head.x) / 2, (tail.y + head.y) / 2)
    ax.annotate(
        label, middle, (0, 4), textcoords="offset points", ha="center", va="bottom", fontsize=9
    )


def draw_network(ax, sizes, *, texts=None, weights=None, titles=(), notes=None):
    """Draw a fully connected network, one column of neurons a layer.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    sizes : list of int
        Units of each layer, the input first.
    texts : list of list of str, optional
        What stands in each unit, layer by layer.
    weights : list of ndarray, optional
        ``W`` of shape (D, M) a layer: written on its lines; thicker means larger, dashed negative.
    titles : sequence of str
        One a layer, above its column.
    notes : list of list of str, optional
        What stands below each unit.
    """
    # Notes below a unit need room before the next one.
    step = 1.4 if notes else 1.0
    top = step * (max(sizes) - 1) / 2
    places = [
        [(2.0 * i, step * ((size - 1) / 2 - j)) for j in range(size)]
        for i, size in enumerate(sizes)
    ]
    for i, (left, right) in enumerate(itertools.pairwise(places)):
        _draw_weights(ax, left, right, None if weights is None else weights[i])
    for i, column in enumerate(places):
        for j, (x, y) in enumerate(column):
            text = texts[i][j] if texts else ""
            _draw_unit(ax, x, y, text, "context" if i == 0 else "forward")
            if notes:
                ax.text(x, y - RADIUS - 0.06, notes[i][j], ha="center", va="top", fontsize=8)
    for x, title in zip([column[0][0] for column in places], titles, strict=False):
        ax.text(x, top + 0.5, title, ha="center", va="bottom", fontsize=9)
    ax.set_xlim(-0.8, places[-1][0][0] + 0.8)
    ax.set_ylim(-top - (0.85 if notes else 0.5), top + (0.9 if titles else 0.5))
    ax.set_aspect("equal")
    ax.axis("off")


def _draw_unit(ax, x, y, text, kind):
    colour = COLOURS[kind]
    ax.add_patch(Circle((x, y), RADIUS, fc=tint(colour), ec=colour, lw=1.5, zorder=3))
    ax.text(x, y, text, ha="center", va="center", fontsize=9, zorder=4)


def _draw_weights(ax, left, right, W):
    for i, (x0, y0) in enumerate(left):
        for j, (x1, y1) in enumerate(right):
            if W is None:
                ax.plot([x0, x1], [y0, y1], color=CONTEXT, lw=0.9, ls="-", zorder=1)
                continue
            weight = W[i, j]
            dash = "-" if weight >= 0 else (0, (4, 2))
            width = 0.6 + 1.6 * min(abs(weight), 2)
            ax.plot([x0, x1], [y0, y1], color=PARAMETER, lw=width, ls=dash, zorder=1)
            # A third of the way along, labels of crossing lines keep clear of each other.
            x, y = x0 + 0.36 * (x1 - x0), y0 + 0.36 * (y1 - y0)
            look = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"}
            ax.text(x, y, f"{weight:.1f}", ha="center", va="center", fontsize=8, bbox=look)
