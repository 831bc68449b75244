"""Backpropagation through a network of any depth."""

import numpy as np

from grader.exercise import Exercise, case


def mlp_backward(dOut, caches, hidden, output):
    """Carry a gradient back through a network of fully connected layers.

    Parameters
    ----------
    dOut : ndarray of shape (N, M)
        Gradient of the loss with respect to what the last layer puts out.
    caches : list of tuple of ndarray
        One ``(A_in, W, Z)`` a layer, as `mlp_forward` of lesson 01 returns them: its input, its
        weights and its sum before the activation.
    hidden : str
        Activation of every layer but the last: ``"relu"`` or ``"tanh"``.
    output : str
        Activation of the last layer: ``"identity"`` or ``"sigmoid"``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to the network's input.
    grads : list of tuple of ndarray
        One ``(dW, db)`` a layer, in the order of `caches`.
    """
    slopes = {
        "identity": lambda Z: np.ones_like(Z),
        "sigmoid": lambda Z: (1 - np.tanh(Z / 2) ** 2) / 4,
        "relu": lambda Z: (Z > 0).astype(float),
        "tanh": lambda Z: 1 - np.tanh(Z) ** 2,
    }
    dA, grads = dOut, []
    for i in reversed(range(len(caches))):
        A_in, W, Z = caches[i]
        dZ = dA * slopes[output if i == len(caches) - 1 else hidden](Z)
        grads.insert(0, (A_in.T @ dZ, dZ.sum(axis=0)))
        dA = dZ @ W.T
    return dA, grads


def _forward(rng, n_examples, sizes, hidden):
    """Return an upstream gradient and the caches of a random network."""
    A, caches = rng.normal(size=(n_examples, sizes[0])), []
    for n_in, n_out in zip(sizes, sizes[1:]):
        W = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        Z = A @ W + 0.3 * rng.normal(size=n_out)
        caches.append((A, W, Z))
        A = np.maximum(Z, 0) if hidden == "relu" else np.tanh(Z)
    return rng.normal(size=(n_examples, sizes[-1])), caches


def _cases(rng):
    for label, n, sizes, hidden, output in (
        ("one layer", 4, [3, 2], "relu", "identity"),
        ("two layers, ReLU", 4, [3, 5, 2], "relu", "identity"),
        ("two layers, tanh and sigmoid", 3, [2, 4, 1], "tanh", "sigmoid"),
        ("three layers, tanh", 5, [3, 4, 6, 2], "tanh", "identity"),
        ("four layers, ReLU and sigmoid", 5, [3, 6, 4, 5, 2], "relu", "sigmoid"),
        ("every size equal", 3, [3, 3, 3], "tanh", "identity"),
        ("a batch of one", 1, [3, 4, 2], "relu", "identity"),
    ):
        yield case(label, *_forward(rng, n, sizes, hidden), hidden, output)


def _with_slopes(dOut, caches, slopes, transpose=True):
    """Return the gradients with one slope function a layer."""
    dA, grads = dOut, []
    for (A_in, W, Z), slope in list(zip(caches, slopes, strict=True))[::-1]:
        dZ = dA * slope(Z)
        grads.insert(0, (A_in.T @ dZ, dZ.sum(axis=0)))
        dA = dZ @ (W.T if transpose or W.shape[0] != W.shape[1] else W)
    return dA, grads


SLOPES = {
    "identity": np.ones_like,
    "sigmoid": lambda Z: (1 - np.tanh(Z / 2) ** 2) / 4,
    "relu": lambda Z: (Z > 0) * 1.0,
    "tanh": lambda Z: 1 - np.tanh(Z) ** 2,
}


def _names(caches, hidden, output):
    return [hidden] * (len(caches) - 1) + [output]


def _hidden_slope_at_the_output(dOut, caches, hidden, output):
    """The last layer has an activation of its own, and so a slope of its own."""
    return _with_slopes(dOut, caches, [SLOPES[hidden]] * len(caches))


def _hidden_slopes_left_out(dOut, caches, hidden, output):
    """Between two layers stands an activation: on the way back its slope is a factor as well."""
    names = _names(caches, "identity", output)
    return _with_slopes(dOut, caches, [SLOPES[name] for name in names])


def _output_slope_left_out(dOut, caches, hidden, output):
    """`dOut` belongs to what the last activation returned, so its slope is the first factor."""
    names = _names(caches, hidden, "identity")
    return _with_slopes(dOut, caches, [SLOPES[name] for name in names])


def _gradients_in_reverse(dOut, caches, hidden, output):
    """You collect from the last layer to the first; `grads` goes in the order of `caches`."""
    dX, grads = mlp_backward(dOut, caches, hidden, output)
    return dX, grads[::-1]


def _biases_averaged(dOut, caches, hidden, output):
    """A bias serves every row of the batch: its gradient sums over them."""
    dX, grads = mlp_backward(dOut, caches, hidden, output)
    return dX, [(dW, db / len(dOut)) for dW, db in grads]


def _not_transposed_if_square(dOut, caches, hidden, output):
    """With square weights both products fit. On the way back it is the transpose."""
    slopes = [SLOPES[name] for name in _names(caches, hidden, output)]
    return _with_slopes(dOut, caches, slopes, transpose=False)


def _slope_formula_fed_with_sums(dOut, caches, hidden, output):
    """1 - a² and a (1 - a) want the activation. The caches hold `Z`, the sum before it."""
    fed = dict(SLOPES, sigmoid=lambda Z: Z * (1 - Z), tanh=lambda Z: 1 - Z**2)
    return _with_slopes(dOut, caches, [fed[name] for name in _names(caches, hidden, output)])


def _stopped_at_the_first_sum(dOut, caches, hidden, output):
    """`dX` is the gradient of the input: one more product takes you there from the first sum."""
    _, grads = mlp_backward(dOut, caches, hidden, output)
    Z = caches[0][2]
    if len(caches) == 1:
        return dOut * SLOPES[output](Z), grads
    dA, _ = mlp_backward(dOut, caches[1:], hidden, output)
    return dA * SLOPES[hidden](Z), grads


def _all_averaged(dOut, caches, hidden, output):
    """If the loss is a mean, its 1/N came in with `dOut`: no layer divides once more."""
    dX, grads = mlp_backward(dOut, caches, hidden, output)
    return dX, [(dW / len(dOut), db / len(dOut)) for dW, db in grads]


def _activation_for_its_slope(dOut, caches, hidden, output):
    """You multiply by what each activation returns. On the way back it is its slope."""
    values = {
        "identity": np.ones_like,
        "sigmoid": lambda Z: (1 + np.tanh(Z / 2)) / 2,
        "relu": lambda Z: np.maximum(Z, 0),
        "tanh": np.tanh,
    }
    return _with_slopes(dOut, caches, [values[name] for name in _names(caches, hidden, output)])


def _output_activation_in_front(dOut, caches, hidden, output):
    """The output activation belongs to the last cache; you give it to the first."""
    names = [output] + [hidden] * (len(caches) - 1)
    return _with_slopes(dOut, caches, [SLOPES[name] for name in names])


mlp_backward_exercise = Exercise(
    reference=mlp_backward,
    cases=_cases,
    points=4,
    mistakes=(
        _hidden_slope_at_the_output,
        _hidden_slopes_left_out,
        _output_slope_left_out,
        _gradients_in_reverse,
        _biases_averaged,
        _not_transposed_if_square,
        _slope_formula_fed_with_sums,
        _stopped_at_the_first_sum,
        _all_averaged,
        _activation_for_its_slope,
        _output_activation_in_front,
    ),
    difficulty=4,
    minutes=15,
    follow_up="What does the backward pass cost, measured in forward passes? And in memory?",
    follow_up_answer=(
        "About two: each product forward has two back, one for `dW` and one for the layer's input. "
        "So a training step costs about three forward passes. In memory, every layer's input waits "
        "until its turn, which grows with depth and batch size, while inference keeps one layer at "
        "a time. To save memory, keep every second activation and recompute the others, for up to "
        "one more forward pass."
    ),
    asked=("https://notesoncomputing.com/coding_interview/backprop_mlp",),
)
