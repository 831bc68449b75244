"""A 2-2-1 network whose every number can be changed and seen (lesson 01)."""

import numpy as np

from viz.controls import choice, slider
from viz.explorer import Explorer
from viz.graph import draw_network

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}
START = {
    "x1": 1.0,
    "x2": -0.5,
    "w11": 0.8,
    "w12": -0.6,
    "w21": 0.4,
    "w22": 1.0,
    "b1": 0.1,
    "b2": -0.2,
    "v1": 1.2,
    "v2": -0.7,
    "c": 0.3,
}
NAMES = {
    "x1": "input x1",
    "x2": "input x2",
    "w11": "W1[0, 0] x1 → h1",
    "w12": "W1[0, 1] x1 → h2",
    "w21": "W1[1, 0] x2 → h1",
    "w22": "W1[1, 1] x2 → h2",
    "b1": "b1[0] of h1",
    "b2": "b1[1] of h2",
    "v1": "W2[0, 0] h1 → out",
    "v2": "W2[1, 0] h2 → out",
    "c": "b2[0] of out",
}


def small_network():
    """Return an explorer of a network of two inputs, two hidden units and one output.

    Returns
    -------
    explorer : Explorer
        Its sliders set the inputs, the nine parameters and the two activations.
    """
    controls = {name: slider(label, START[name], -2.0, 2.0) for name, label in NAMES.items()}
    controls["hidden"] = choice("hidden activation", ACTIVATIONS, "relu")
    controls["output"] = choice("output activation", ("identity", "sigmoid"))
    return Explorer(
        _draw,
        controls,
        alt="A network of two inputs, two hidden units and one output, with every value written in",
        groups={
            "Inputs and activations": ("x1", "x2", "hidden", "output"),
            "Hidden layer": ("w11", "w12", "w21", "w22", "b1", "b2"),
            "Output layer": ("v1", "v2", "c"),
        },
        figsize=(6, 3.6),
    )


def forward(values):
    """Compute every number of the network.

    Parameters
    ----------
    values : dict of str to float or str
        What the controls are set to.

    Returns
    -------
    steps : dict of str to ndarray
        ``X``, ``Z1``, ``A1``, ``Z2``, ``out`` of a batch of one, and the weights ``W1``, ``W2``.
    """
    X = np.array([[values["x1"], values["x2"]]])
    W1 = np.array([[values["w11"], values["w12"]], [values["w21"], values["w22"]]])
    W2 = np.array([[values["v1"]], [values["v2"]]])
    Z1 = X @ W1 + np.array([values["b1"], values["b2"]])
    A1 = ACTIVATIONS[values["hidden"]](Z1)
    Z2 = A1 @ W2 + np.array([values["c"]])
    out = ACTIVATIONS[values["output"]](Z2)
    return {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out, "W1": W1, "W2": W2}


def _draw(ax, **values):
    steps = forward(values)
    x1, x2 = steps["X"][0]
    (z1, z2), (a1, a2) = steps["Z1"][0], steps["A1"][0]
    z, out = steps["Z2"].item(), steps["out"].item()
    draw_network(
        ax,
        [2, 2, 1],
        texts=[[_short(x1), _short(x2)], [_short(a1), _short(a2)], [_short(out)]],
        weights=[steps["W1"], steps["W2"]],
        titles=("inputs", f"hidden, {values['hidden']}", f"output, {values['output']}"),
        notes=[
            ["x1", "x2"],
            [
                f"z = {_short(z1)}\nb = {values['b1']:.1f}",
                f"z = {_short(z2)}\nb = {values['b2']:.1f}",
            ],
            [f"z = {_short(z)}\nb = {values['c']:.1f}"],
        ],
    )
    ax.set_title(f"Every unit adds up, shifts, then bends: the output is {_short(out)}")
    return (
        f"Z1 = ({_short(z1)}, {_short(z2)}); A1 = {values['hidden']}(Z1) = "
        f"({_short(a1)}, {_short(a2)}); Z2 = {_short(z)}; "
        f"output = {values['output']}(Z2) = {_short(out)}."
    )


def _short(number):
    """Write a number with two digits and no minus before zero."""
    return f"{round(float(number), 2) + 0.0:.2f}"
