"""How much of a gradient reaches the first layer: depth, activation and input scale (lesson 04)."""

import numpy as np

from reference_impl import activations
from viz.controls import choice, slider
from viz.explorer import Explorer
from viz.style import BACKWARD, CONTEXT

WIDTH, BATCH, SEED = 64, 64, 0
FUNCTIONS = {
    "sigmoid": activations.sigmoid,
    "tanh": activations.tanh,
    "relu": activations.relu,
}


def gradient_depth_explorer():
    """Return an explorer of the gradient on its way back through a random network.

    Returns
    -------
    explorer : Explorer
        Its controls set the depth, the activation, the scale of the input and of the weights.
    """
    return Explorer(
        _draw,
        {
            "depth": slider("layers", 10, 1, 30, 1),
            "activation": choice("activation", FUNCTIONS, "sigmoid"),
            "input_scale": slider("input scale", 1.0, 0.1, 10.0, 0.1),
            "gain": slider("weight scale", 1.0, 0.2, 3.0, 0.1),
        },
        alt="Size of the gradient at every layer, from the last layer back to the first",
        figsize=(5.5, 3),
    )


def gradient_sizes(depth, activation, input_scale, gain):
    """Measure the gradient in front of every layer, relative to the one behind the last.

    Parameters
    ----------
    depth : int
        Number of layers, each of 64 units.
    activation : str
        ``"sigmoid"``, ``"tanh"`` or ``"relu"``.
    input_scale, gain : float
        Standard deviation of the input, and of the weights times the root of the width.

    Returns
    -------
    sizes : ndarray of shape (depth + 1,)
        Entry 0 is the first layer's input, the last entry is 1.
    """
    rng = np.random.default_rng(SEED)
    A, layers = input_scale * rng.normal(size=(BATCH, WIDTH)), []
    for _ in range(depth):
        W = rng.normal(scale=gain / np.sqrt(WIDTH), size=(WIDTH, WIDTH))
        Z = A @ W
        A = FUNCTIONS[activation](Z)
        layers.append((Z, A, W))
    dA = rng.normal(size=A.shape)
    sizes = [np.linalg.norm(dA)]
    for Z, A, W in reversed(layers):
        dA = _slope_applied(activation, dA, Z, A) @ W.T
        sizes.append(np.linalg.norm(dA))
    return np.array(sizes[::-1]) / sizes[0]


def _slope_applied(activation, dA, Z, A):
    if activation == "relu":
        return activations.relu_backward(dA, Z)
    backward = {"sigmoid": activations.sigmoid_backward, "tanh": activations.tanh_backward}
    return backward[activation](dA, A)


def _draw(ax, depth, activation, input_scale, gain):
    sizes = gradient_sizes(depth, activation, input_scale, gain)
    # A network of ReLUs can lose its gradient altogether; a logarithm has no place for 0.
    shown = np.where(sizes > 0, sizes, np.nan)
    ax.semilogy(range(depth + 1), shown, "o-", color=BACKWARD, markersize=4)
    ax.axhline(1.0, color=CONTEXT, linestyle=":")
    ax.set(xlabel="layer, 0 is the input", ylabel="gradient, relative to the end")
    ax.xaxis.get_major_locator().set_params(integer=True)
    reached = f"{sizes[0]:.1e}"
    network = f"{depth} layer{'s' if depth > 1 else ''} of {activation.replace('relu', 'ReLU')}"
    ax.set_title(f"{network}: {reached} of the gradient arrives")
    factor = sizes[0] ** (1 / depth) if sizes[0] > 0 else 0.0
    return (
        f"{network}, input scale {input_scale:.1f}, weight scale "
        f"{gain:.1f}/√64: {reached} of the gradient arrives, a factor of {factor:.2f} a layer."
    )
