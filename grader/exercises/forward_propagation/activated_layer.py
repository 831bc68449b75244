"""A layer with its activation."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.forward_propagation._inputs import layer


def layer_forward(X, W, b, activation):
    """Apply a linear layer and its activation to a batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W : ndarray of shape (D, M)
        Weights.
    b : ndarray of shape (M,)
        Bias.
    activation : str
        ``"identity"``, ``"relu"``, ``"sigmoid"`` or ``"tanh"``.

    Returns
    -------
    A : ndarray of shape (N, M)
        The activation of ``Z = X @ W + b``.
    cache : tuple of ndarray
        ``(X, W, Z)``, what the backward pass will need.

    Raises
    ------
    ValueError
        If `activation` is none of the four.
    """
    Z = X @ W + b
    if activation == "identity":
        A = Z
    elif activation == "relu":
        A = np.maximum(Z, 0)
    elif activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif activation == "tanh":
        A = np.tanh(Z)
    else:
        raise ValueError(f"there is no activation {activation!r}")
    return A, (X, W, Z)


def _layer_cases(rng):
    for activation in ("identity", "relu", "sigmoid", "tanh"):
        yield case(f"{activation}, four examples", *layer(rng, 4, 3, 2), activation)
    yield case("a batch of one", *layer(rng, 1, 2, 5), "relu")
    yield case("as many examples as units", *layer(rng, 3, 2, 3), "tanh")
    yield case("an unknown activation", *layer(rng, 2, 2, 2), "Relu6")


def _activation_skipped(X, W, b, activation):
    """Your output is the weighted sum itself: without the activation, depth adds nothing."""
    _, cache = layer_forward(X, W, b, activation)
    return cache[2], cache


def _activated_value_cached(X, W, b, activation):
    """The cache wants `Z` before the activation; `A = Z` copies nothing, so make `A` a new one."""
    A, (X, W, _) = layer_forward(X, W, b, activation)
    return A, (X, W, A)


def _layer_bias_forgotten(X, W, b, activation):
    """With all inputs 0 the layer should still answer with the activation of its bias."""
    return layer_forward(X, W, np.zeros_like(b), activation)


def _bias_after_the_activation(X, W, b, activation):
    """The bias shifts the sum before the activation; you added it to the activated values."""
    A, (X, W, Z) = layer_forward(X, W, np.zeros_like(b), activation)
    return A + b, (X, W, Z)


def _layer_unknown_is_identity(X, W, b, activation):
    """An unknown name should raise ValueError: a misspelt activation must not pass in silence."""
    known = activation in ("identity", "relu", "sigmoid", "tanh")
    return layer_forward(X, W, b, activation if known else "identity")


def _input_activated(X, W, b, activation):
    """You bend the inputs and then add up. The activation acts on the sum `X @ W + b`."""
    bent, _ = layer_forward(X, np.eye(X.shape[1]), np.zeros(X.shape[1]), activation)
    return bent @ W + b, (X, W, bent @ W + b)


def _bias_cached_for_the_sum(X, W, b, activation):
    """The output is right. The third array of the cache is the sum `Z`, not the bias."""
    return layer_forward(X, W, b, activation)[0], (X, W, b)


def _maximum_over_the_batch(X, W, b, activation):
    """`np.max(Z, 0)` takes the largest of each column. Entry by entry it is `np.maximum`."""
    A, cache = layer_forward(X, W, b, activation)
    return np.max(cache[2], 0) if activation == "relu" else A, cache


def _exponent_turned(X, W, b, activation):
    """Your sigmoid falls where it should rise: look at the sign in the exponent."""
    A, cache = layer_forward(X, W, b, activation)
    return 1 - A if activation == "sigmoid" else A, cache


layer_forward_exercise = Exercise(
    reference=layer_forward,
    cases=_layer_cases,
    points=3,
    mistakes=(
        _activation_skipped,
        _activated_value_cached,
        _layer_bias_forgotten,
        _bias_after_the_activation,
        _layer_unknown_is_identity,
        _input_activated,
        _bias_cached_for_the_sum,
        _maximum_over_the_batch,
        _exponent_turned,
    ),
    minutes=8,
    follow_up="Which of the three cached arrays could you recompute instead of keeping?",
    follow_up_answer=(
        "`Z`: one more product `X @ W + b` brings it back, as long as the parameters have not "
        "been updated yet. `W` is stored as a parameter anyway, so the cache only refers to it. "
        "`X` comes back only by running the layers before this one again. For ReLU even the sign "
        "of `Z` is enough, one bit an entry."
    ),
)
