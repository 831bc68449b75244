"""Activations and gradients of every layer of an untrained network (lesson 05)."""

from functools import cache

import numpy as np

from reference_impl.mlp import ACTIVATIONS
from viz.controls import choice, slider
from viz.explorer import Explorer
from viz.style import BACKWARD, FORWARD, tint

WIDTH, BATCH, SEED = 128, 64, 0
SCHEMES = {
    "zeros": lambda n: 0.0,
    "normal, 0.01": lambda n: 0.01,
    "Glorot (here also LeCun)": lambda n: np.sqrt(1 / n),
    "He": lambda n: np.sqrt(2 / n),
    "normal, 1": lambda n: 1.0,
}
"""Standard deviation of the weights of a layer of n inputs and n outputs, by name."""
RANGES = {"tanh": (-1.0, 1.0), "relu": (0.0, 4.0), "sigmoid": (0.0, 1.0)}


def initial_signals_explorer():
    """Return an explorer of the signals in a network that has not been trained.

    Returns
    -------
    explorer : Explorer
        Its controls set the scheme of the weights, the activation and the number of layers.
    """
    return Explorer(
        _draw,
        {
            "scheme": choice("weights", list(SCHEMES), "normal, 0.01"),
            "activation": choice("activation", list(RANGES), "relu"),
            "depth": slider("layers", 10, 1, 30, 1),
        },
        alt="Histograms of the activations and of the gradients of five layers, first layer on top",
        figsize=(7.5, 3.6),
        subplots={"ncols": 2, "gridspec_kw": {"wspace": 0.08}},
    )


def initial_signals(std, activation, depth, width=WIDTH, batch=BATCH):
    """Send a batch forwards and a gradient of scale 1 backwards through square layers.

    Parameters
    ----------
    std : float
        Standard deviation of the normal weights; biases are 0.
    activation : str
        ``"tanh"``, ``"relu"``, ``"sigmoid"`` or ``"identity"``, behind every layer.
    depth, width, batch : int
        Number of layers, of units in each, and of examples.

    Returns
    -------
    activations : list of ndarray of shape (batch, width)
        What leaves each layer, first layer first; the input is standard normal.
    gradients : list of ndarray of shape (batch, width)
        Gradient with respect to the sums of each layer, if the one with respect to the last
        activations is standard normal.
    """
    X, weights, dA = _draws(depth, width, batch)
    forward, backward = ACTIVATIONS[activation]
    A, sums, activations, gradients = X, [], [], []
    for W in weights:
        sums.append(std * (A @ W))
        A = forward(sums[-1])
        activations.append(A)
    for W, Z, A in zip(weights[::-1], sums[::-1], activations[::-1], strict=True):
        dZ = backward(dA, Z, A)
        gradients.append(dZ)
        dA = std * (dZ @ W.T)
    return activations, gradients[::-1]


@cache
def _draws(depth, width, batch):
    """Draw once what every scheme only scales."""
    rng = np.random.default_rng(SEED)
    X, dA = rng.normal(size=(2, batch, width))
    return X, [rng.normal(size=(width, width)) for _ in range(depth)], dA


def _draw(axes, scheme, activation, depth):
    activations, gradients = initial_signals(SCHEMES[scheme](WIDTH), activation, depth)
    shown = np.unique(np.linspace(0, depth - 1, 5).round().astype(int))
    forward, backward = axes
    _ridges(forward, activations, shown, RANGES[activation], FORWARD)
    _ridges(backward, gradients, shown, (-4.0, 4.0), BACKWARD)
    forward.set_xlabel("activation, without exact zeros")
    backward.set_xlabel("gradient, without exact zeros")
    there, back = _activations_say(activations, activation), _gradients_say(gradients)
    forward.set_title(f"Activations {there}")
    backward.set_title(f"Gradients {back}")
    return (
        f"{depth} layer{'s' * (depth > 1)} of {activation}, weights: {scheme}. "
        f"Activations {there}: {_listed(activations, shown)}. "
        f"Gradients {back}: {_listed(gradients, shown)}."
    )


def _listed(arrays, shown):
    stds = ", ".join(f"{arrays[i].std():.1e} in layer {i + 1}" for i in shown)
    return f"standard deviation {stds}"


def _ridges(ax, arrays, shown, limits, colour):
    """Draw a histogram a layer, the first on top; what is out of range counts at the edge."""
    edges, right = np.linspace(*limits, 42), ax.get_yaxis_transform()
    for row, i in enumerate(shown):
        # Half of what ReLU lets through is exactly 0; the rest could not be seen beside it.
        numbers = arrays[i][arrays[i] != 0] if arrays[i].any() else arrays[i]
        heights, _ = np.histogram(np.clip(numbers, *limits), edges)
        base = len(shown) - 1 - row
        tops = base + 0.8 * heights / heights.max()
        ax.stairs(tops, edges, baseline=base, fill=True, color=tint(colour, 0.35))
        ax.stairs(tops, edges, baseline=base, color=colour, linewidth=1)
        ax.text(1.02, base + 0.2, f"{arrays[i].std():.1e}", transform=right, fontsize=9)
    ax.text(1.02, len(shown) - 0.2, "std", transform=right, fontsize=9)
    ax.set_yticks(np.arange(len(shown))[::-1] + 0.25, [f"layer {i + 1}" for i in shown])
    ax.set_ylim(-0.05, len(shown))
    ax.grid(visible=False)


def _activations_say(activations, activation):
    """Say what became of the signal on its way to the last layer."""
    first, last = activations[0].std(), activations[-1].std()
    low, _ = RANGES[activation]
    if activation != "relu":
        saturated = np.mean((activations[-1] > 0.99) | (activations[-1] < low + 0.01))
        if saturated > 0.25:
            return f"saturate: {saturated:.0%} are at an end"
    if last == 0:
        return "are all the same"
    if last < first / 10:
        return f"fade: {last / first:.0e} of their spread is left"
    return f"explode: {last / first:.0e} times" if last > 10 * first else "keep their spread"


def _gradients_say(gradients):
    """Say what became of the gradient on its way back to the first layer."""
    first, last = gradients[-1].std(), gradients[0].std()
    if last == 0:
        return "never reach layer 1"
    if last < first / 10:
        return f"vanish: {last / first:.0e} is left"
    return f"explode: {last / first:.0e} times" if last > 10 * first else "keep their scale"
