"""Figures of the forward pass: one neuron step by step, and the shapes of a batch on its way."""

from viz.graph import Node, draw_graph
from viz.shapes import LONGEST, draw_box
from viz.style import COLOURS, CONTEXT

GAP = 3.2


def draw_neuron(ax, x, w, b, activation):
    """Draw what one neuron computes: products, their sum with the bias, the activation.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    x, w : sequence of float
        Inputs and weights, one product each.
    b : float
        The bias.
    activation : tuple
        Its name and its function of one number.
    """
    name, function = activation
    z = sum(xi * wi for xi, wi in zip(x, w, strict=True)) + b
    middle = (len(x) - 1) / 2
    nodes, edges = {}, []
    for i, (xi, wi) in enumerate(zip(x, w, strict=True)):
        y = len(x) - 1 - i
        nodes[f"x{i}"] = Node(0, y, f"x{i + 1} = {xi:g}", "context")
        nodes[f"p{i}"] = Node(1.5, y, f"× {wi:g}", "parameter", above=f"{xi * wi:g}")
        edges += [(f"x{i}", f"p{i}"), (f"p{i}", "sum")]
    nodes["sum"] = Node(3, middle, f"add, {b:+g}", "parameter", above=f"z = {z:g}")
    nodes["f"] = Node(4.4, middle, name, above=f"a = {function(z):.4g}")
    draw_graph(ax, nodes, [*edges, ("sum", "f")])


def draw_flow(ax, sizes, n_examples):
    """Draw the shapes of a batch on its way through a network.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    sizes : list of int
        Units of each layer, the input first.
    n_examples : int
        Examples in the batch.
    """
    rows = min(n_examples, LONGEST)
    left = 0.0
    for i, size in enumerate(sizes):
        cols = min(size, LONGEST)
        name = "X" if i == 0 else f"A{i}"
        draw_box(ax, name, (n_examples, size), left, "context" if i == 0 else "forward")
        left += cols
        if i + 1 < len(sizes):
            _draw_step(ax, i + 1, (size, sizes[i + 1]), left)
            left += GAP
    ax.set_xlim(-0.5, left + 0.5)
    ax.set_ylim(-rows / 2 - 1.2, rows / 2 + 0.4)
    ax.set_aspect("equal")
    ax.axis("off")


def _draw_step(ax, number, shape, left):
    look = {"arrowstyle": "-|>", "color": CONTEXT, "lw": 1.4}
    ax.annotate("", (left + GAP - 0.25, 0), (left + 0.25, 0), arrowprops=look)
    middle, green = left + GAP / 2, COLOURS["parameter"]
    words = {"ha": "center", "fontsize": 8, "color": green}
    ax.text(middle, 0.3, f"W{number} {shape}", va="bottom", **words)
    ax.text(middle, -0.3, f"b{number} ({shape[1]},)", va="top", **words)
