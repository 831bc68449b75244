"""A network of any depth."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.forward_propagation._inputs import network


def mlp_forward(X, params, hidden, output):
    """Run a batch through a network of fully connected layers.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    params : list of tuple of ndarray
        One ``(W, b)`` a layer, in order.
    hidden : str
        Activation of every layer but the last: ``"relu"`` or ``"tanh"``.
    output : str
        Activation of the last layer: ``"identity"`` or ``"sigmoid"``.

    Returns
    -------
    out : ndarray of shape (N, M)
        What the last layer puts out.
    caches : list of tuple of ndarray
        One ``(A_in, W, Z)`` a layer: its input, its weights and its sum.
    """
    functions = {
        "identity": lambda Z: Z,
        "relu": lambda Z: np.maximum(Z, 0),
        "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
        "tanh": np.tanh,
    }
    A, caches = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        caches.append((A, W, Z))
        A = functions[output if i == len(params) - 1 else hidden](Z)
    return A, caches


def _mlp_cases(rng):
    yield case("one layer", rng.normal(size=(4, 3)), network(rng, [3, 2]), "relu", "identity")
    yield case(
        "two layers, ReLU", rng.normal(size=(4, 3)), network(rng, [3, 5, 2]), "relu", "identity"
    )
    yield case(
        "two layers, tanh and sigmoid",
        rng.normal(size=(3, 2)),
        network(rng, [2, 4, 1]),
        "tanh",
        "sigmoid",
    )
    yield case(
        "four layers", rng.normal(size=(5, 3)), network(rng, [3, 4, 6, 4, 2]), "relu", "identity"
    )
    yield case(
        "a batch of one", rng.normal(size=(1, 3)), network(rng, [3, 4, 2]), "tanh", "identity"
    )


def _output_activated_too(X, params, hidden, output):
    """Can your network put out a negative number? The last layer has an activation of its own."""
    return mlp_forward(X, params, hidden, hidden)


def _no_activation(X, params, hidden, output):
    """Nothing non-linear stands between your layers, so all of them equal a single one."""
    return mlp_forward(X, params, "identity", output)


def _output_activation_everywhere(X, params, hidden, output):
    """The hidden layers take `hidden`; `output` is for the last layer alone."""
    return mlp_forward(X, params, output, output)


def _last_layer_dropped(X, params, hidden, output):
    """One layer is missing: count the caches, there is one for each `(W, b)`."""
    return mlp_forward(X, params[:-1], hidden, hidden)


def _always_the_first_input(X, params, hidden, output):
    """The cache of a layer holds that layer's own input; only the first one's is `X`."""
    out, caches = mlp_forward(X, params, hidden, output)
    return out, [(X, W, Z) for _, W, Z in caches]


def _activations_cached(X, params, hidden, output):
    """Keep `Z`, the sum before the activation: the backward pass asks for its slope there."""
    out, caches = mlp_forward(X, params, hidden, output)
    activations = [cache[0] for cache in caches[1:]] + [out]
    return out, [(A, W, after) for (A, W, _), after in zip(caches, activations, strict=True)]


def _output_name_ignored(X, params, hidden, output):
    """The last layer puts out its sum, whatever `output` says: apply that activation there."""
    return mlp_forward(X, params, hidden, "identity")


def _biases_left_out(X, params, hidden, output):
    """Put in `X = 0`: the biases should still show. You only multiply."""
    return mlp_forward(X, [(W, np.zeros_like(b)) for W, b in params], hidden, output)


def _biases_cached(X, params, hidden, output):
    """The output is right. The third array of each cache is the sum `Z`, not the bias."""
    out, caches = mlp_forward(X, params, hidden, output)
    return out, [(A, W, b) for (A, W, _), (_, b) in zip(caches, params, strict=True)]


def _next_input_cached(X, params, hidden, output):
    """You store `A` after you have overwritten it. A cache holds what its own layer read."""
    out, caches = mlp_forward(X, params, hidden, output)
    later = [cache[0] for cache in caches[1:]] + [out]
    return out, [(A, W, Z) for A, (_, W, Z) in zip(later, caches, strict=True)]


mlp_forward_exercise = Exercise(
    reference=mlp_forward,
    cases=_mlp_cases,
    points=4,
    mistakes=(
        _output_activated_too,
        _no_activation,
        _output_activation_everywhere,
        _last_layer_dropped,
        _always_the_first_input,
        _activations_cached,
        _output_name_ignored,
        _biases_left_out,
        _biases_cached,
        _next_input_cached,
    ),
    minutes=12,
    follow_up="A colleague wants the same network for three classes. What changes in your code?",
    follow_up_answer=(
        "The loop and the hidden layers stay. The last `W` gets three columns and the last `b` "
        "three entries, and `functions` gets a softmax over each row, shifted by the row's "
        "maximum. In training I would put out logits with `identity` and leave the softmax to the "
        "loss, which is stable from logits."
    ),
    asked=(
        "https://notesoncomputing.com/coding_interview/backprop_mlp",
        "https://huyenchip.com/ml-interviews-book/",
    ),
)
