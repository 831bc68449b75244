"""Training with and without batch normalization at any rate and initial scale (lesson 07)."""

import functools
import itertools

import numpy as np

from reference_impl.batchnorm import batchnorm_backward, batchnorm_forward
from reference_impl.cross_entropy import softmax_cross_entropy, softmax_cross_entropy_backward
from reference_impl.datasets import load_digits
from viz.controls import slider
from viz.explorer import Explorer
from viz.style import CONTEXT, FORWARD

SIZES, N_EXAMPLES, N_STEPS, SEED = (64, 32, 32, 10), 300, 60, 0
CHANCE = np.log(SIZES[-1])


def batchnorm_explorer():
    """Return an explorer of two training runs, one with batch normalization and one without.

    Returns
    -------
    explorer : Explorer
        Its sliders set the learning rate and the scale of the initial weights, as powers of ten.
    """
    return Explorer(
        _draw,
        {
            "log_lr": slider("log10 of the rate", -0.5, -2.0, 1.0, 0.25),
            "log_scale": slider("log10 of weights", -1.0, -3.0, 0.5, 0.25),
        },
        alt="Loss over 60 steps on digits, with and without batch normalization",
        figsize=(5.5, 3),
    )


@functools.cache
def _digits():
    X, y = load_digits()
    X = X[:N_EXAMPLES]
    return (X - X.mean()) / X.std(), y[:N_EXAMPLES]


def training_losses(lr, scale, *, normalised):
    """Train a 64-32-32-10 ReLU network on 300 digits by gradient descent.

    Parameters
    ----------
    lr, scale : float
        Learning rate, and standard deviation of the initial weights.
    normalised : bool
        Whether batch normalization stands in front of every ReLU.

    Returns
    -------
    losses : ndarray of shape (61,)
        Loss before each step and after the last; nan from where it is no longer finite.
    """
    rng = np.random.default_rng(SEED)
    X, y = _digits()
    params = [
        [rng.normal(scale=scale, size=(d, m)), np.zeros(m), np.ones(m)]
        for d, m in itertools.pairwise(SIZES)
    ]
    losses = np.full(N_STEPS + 1, np.nan)
    with np.errstate(all="ignore"):
        for step in range(N_STEPS + 1):
            logits, caches = _forward(X, params, normalised)
            losses[step] = softmax_cross_entropy(logits, y)
            if not losses[step] < 1e6:
                losses[step] = np.nan
                break
            _descend(params, caches, softmax_cross_entropy_backward(logits, y), lr, normalised)
    return losses


def _forward(X, params, normalised):
    A, caches = X, []
    for i, (W, b, gamma) in enumerate(params):
        hidden, Z, cache = i < len(params) - 1, A @ W, None
        if hidden and normalised:
            zeros, ones = np.zeros_like(b), np.ones_like(b)
            Z, cache, _, _ = batchnorm_forward(Z, gamma, b, zeros, ones, training=True)
        else:
            Z = Z + b
        caches.append((A, Z, cache))
        A = np.maximum(Z, 0) if hidden else Z
    return A, caches


def _descend(params, caches, dA, lr, normalised):
    for i in reversed(range(len(params))):
        (A, Z, cache), layer = caches[i], params[i]
        hidden = i < len(params) - 1
        dZ = np.where(Z > 0, dA, 0) if hidden else dA
        db, dgamma = dZ.sum(axis=0), 0.0
        if hidden and normalised:
            dZ, dgamma, db = batchnorm_backward(dZ, cache)
        dA = dZ @ layer[0].T
        layer[0] = layer[0] - lr * A.T @ dZ
        layer[1], layer[2] = layer[1] - lr * db, layer[2] - lr * dgamma


def _draw(ax, log_lr, log_scale):
    lr, scale = 10.0**log_lr, 10.0**log_scale
    runs = {
        "with": training_losses(lr, scale, normalised=True),
        "without": training_losses(lr, scale, normalised=False),
    }
    for (name, losses), style in zip(runs.items(), ("-", "--"), strict=True):
        ax.plot(losses, style, color=FORWARD if name == "with" else CONTEXT, label=name)
    ax.axhline(CHANCE, color=CONTEXT, linestyle=":", linewidth=1)
    # A run that ends stays in sight, if only with its lowest loss.
    lowest = [losses.min() for losses in runs.values() if np.isfinite(losses[-1])]
    ax.set(xlabel="step", ylabel="loss", ylim=(0, max([3.5, *(1.3 * low for low in lowest)])))
    ax.legend(title="batch normalization")
    ends = {name: losses[-1] for name, losses in runs.items()}
    ax.set_title(_claim(ends))
    told = f"{_told(ends['with'])} with batch normalization, and {_told(ends['without'])} without"
    return f"Learning rate {lr:.3g}, weight scale {scale:.3g}: after {N_STEPS} steps {told}."


def _claim(ends):
    learned = [name for name, end in ends.items() if end < 1.0]
    if len(learned) == 2:
        return "Both runs learn here"
    if not learned:
        return "Neither run gets below a loss of 1 here"
    return f"Here only the run {learned[0]} batch normalization learns"


def _told(end):
    return "the loss is no longer finite" if np.isnan(end) else f"the loss is {end:.2f}"
