"""Forward and back through a small graph, one node at a time, every number written (lesson 03)."""

import math
from dataclasses import dataclass

from viz.controls import choice, slider
from viz.explorer import Explorer
from viz.graph import Node, draw_graph
from viz.style import BACKWARD, CONTEXT, FORWARD

WIDE, HIGH = 1.3, 1.5

START = {"x": 2.0, "w": 0.5, "b": 0.1, "y": 1.0}
NAMES = {
    "x": "x",
    "w": "w (neuron only)",
    "b": "b (neuron only)",
    "y": "y",
}


@dataclass(frozen=True)
class Step:
    """One node that computes something: where it stands and what it reads."""

    name: str
    kind: str
    reads: tuple[str, ...]
    place: tuple[float, float]


# How to compute each kind of node, its slope in each operand, and how the slope is said.
KINDS = {
    "×": (lambda a, b: a * b, lambda out, a, b: (b, a), "the other factor"),
    "+": (lambda a, b: a + b, lambda out, a, b: (1.0, 1.0), "1"),
    "−": (lambda a, b: a - b, lambda out, a, b: (1.0, -1.0), "1 and −1"),
    "tanh": (math.tanh, lambda out, a: (1 - out**2,), "1 − a²"),
    "square": (lambda a: a * a, lambda out, a: (2 * a,), "2e"),
}
GRAPHS = {
    "tanh neuron": (
        {"w": (0, 1.1), "x": (0, 0.1), "b": (0.5, -0.6), "y": (2.5, -0.6)},
        (
            Step("p", "×", ("w", "x"), (1, 0.5)),
            Step("z", "+", ("p", "b"), (2, 0.5)),
            Step("a", "tanh", ("z",), (3, 0.5)),
            Step("e", "−", ("a", "y"), (4, 0.5)),
            Step("L", "square", ("e",), (5, 0.5)),
        ),
    ),
    "x y (x + y)": (
        {"x": (0, 1), "y": (0, 0)},
        (
            Step("p", "×", ("x", "y"), (1.7, 1)),
            Step("s", "+", ("x", "y"), (1.7, 0)),
            Step("f", "×", ("p", "s"), (3.4, 0.5)),
        ),
    ),
}


def backward_steps():
    """Return an explorer that walks forward and back through a small graph.

    Returns
    -------
    explorer : Explorer
        Choose the graph, the step and the numbers at the leaves.
    """
    controls = {"graph": choice("graph", tuple(GRAPHS)), "step": slider("step", 0, 0, 10, 1)}
    controls |= {name: slider(NAMES[name], START[name], -3.0, 3.0) for name in START}
    return Explorer(
        draw_steps,
        controls,
        alt="The graph of a computation; values stand above its nodes, gradients below",
        groups={"Walk": ("graph", "step"), "Numbers": tuple(START)},
        figsize=(7, 3),
    )


def draw_steps(ax, graph, step, **leaves):
    """Draw a graph after a number of steps, first forward, then back.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    graph : str
        A key of `GRAPHS`.
    step : int
        Nodes gone through; more than there are means all.
    **leaves : float
        The numbers ``x``, ``w``, ``b`` and ``y``.

    Returns
    -------
    caption : str
        What this step computes, with its numbers.
    """
    places, steps = GRAPHS[graph]
    n_forward, n_back = min(step, len(steps)), min(max(step - len(steps), 0), len(steps))
    values = {name: leaves[name] for name in places}
    caption = f"Nothing is computed yet: {len(steps)} steps forward, then {len(steps)} back."
    for one in steps[:n_forward]:
        values[one.name] = KINDS[one.kind][0](*(values[name] for name in one.reads))
        caption = _said_forward(one, values)
    grads, edges = _go_back(steps, values, n_back)
    if n_back:
        caption = _said_back(steps[-n_back], values, grads)
    nodes = _nodes(places, steps)
    draw_graph(ax, nodes, [(name, one.name) for one in steps for name in one.reads])
    _write_numbers(ax, nodes, values, grads, edges)
    ax.set_title(_claim(len(steps), step))
    return f"{_count(len(steps), step)}{caption}"


def _go_back(steps, values, n_back):
    """Return the gradients after some backward steps, and the slopes along the arrows gone."""
    grads, edges = {}, {}
    if n_back:
        grads[steps[-1].name] = 1.0
    for one in steps[::-1][:n_back]:
        for name, slope in zip(one.reads, _slopes(one, values), strict=True):
            grads[name] = grads.get(name, 0.0) + slope * grads[one.name]
            edges[name, one.name] = slope
    return grads, edges


def _slopes(one, values):
    return KINDS[one.kind][1](values[one.name], *(values[name] for name in one.reads))


def _said_forward(one, values):
    read = [_short(values[name]) for name in one.reads]
    if one.kind == "tanh":
        right = f"tanh({one.reads[0]}) = tanh({read[0]})"
    elif one.kind == "square":
        right = f"{one.reads[0]}² = {read[0]}²"
    else:
        right = f" {one.kind} ".join(one.reads) + " = " + f" {one.kind} ".join(map(_bracket, read))
    return f"{one.name} = {right} = {_short(values[one.name])}."


def _said_back(one, values, grads):
    gradient = _short(grads[one.name])
    parts = [
        f"d{name} gets {_bracket(gradient)} · {_bracket(_short(slope))} = "
        f"{_short(slope * grads[one.name])}{_total(name, slope * grads[one.name], grads)}"
        for name, slope in zip(one.reads, _slopes(one, values), strict=True)
    ]
    seed = " (a loss has slope 1 in itself)" if one.name in "Lf" else ""
    slope = KINDS[one.kind][2]
    return (
        f"d{one.name} = {gradient}{seed}; the slope of {one.kind} is {slope}; {'; '.join(parts)}."
    )


def _total(name, message, grads):
    if abs(grads[name] - message) < 1e-12:
        return ""
    return f", and with what came before d{name} = {_short(grads[name])}"


def _nodes(places, steps):
    nodes = {}
    for name, (x, y) in places.items():
        kind = "parameter" if name in "wb" else "context"
        nodes[name] = Node(WIDE * x, HIGH * y, name, kind)
    for one in steps:
        sign = {"square": "e²"}.get(one.kind, one.kind)
        nodes[one.name] = Node(WIDE * one.place[0], HIGH * one.place[1], f"{one.name}: {sign}")
    return nodes


def _write_numbers(ax, nodes, values, grads, edges):
    """Write values above the nodes, gradients below, slopes on the arrows, clear of the lines."""
    for name, value in values.items():
        _write(ax, nodes[name], _short(value), FORWARD, 18)
    for name, gradient in grads.items():
        _write(ax, nodes[name], f"d{name} {_short(gradient)}", BACKWARD, -19)
    for (start, end), slope in edges.items():
        tail, head = nodes[start], nodes[end]
        # Nearer to the tail, where crossing arrows keep apart.
        share = 0.5 if tail.y == head.y else 0.38 if head.x - tail.x > 1.5 else 0.52
        at = Node(tail.x + share * (head.x - tail.x), tail.y + share * (head.y - tail.y), "")
        _write(ax, at, f"· {_short(slope)}", CONTEXT, 0 if tail.y != head.y else 8)


def _write(ax, node, text, colour, offset):
    ax.annotate(
        text,
        (node.x, node.y),
        (0, offset),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=8,
        color=colour,
        bbox={"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.85},
        zorder=4,
    )


def _claim(n_steps, step):
    if step == 0:
        return "A walk forward and back finds every gradient"
    if step <= n_steps:
        return "Forward: a node reads the values before it"
    if step < 2 * n_steps:
        return "Backward: gradient in, times the slope, gradient out"
    return "One backward pass has found every gradient"


def _count(n_steps, step):
    if step == 0:
        return ""
    if step <= n_steps:
        return f"Forward, step {step} of {n_steps}: "
    return f"Backward, step {min(step, 2 * n_steps) - n_steps} of {n_steps}: "


def _bracket(number):
    return f"({number})" if number.startswith("−") else number


def _short(number):
    """Write a number with three digits, a true minus and none before zero."""
    return f"{round(float(number), 3) + 0.0:.3f}".replace("-", "−")
