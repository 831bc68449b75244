"""The exclusive or, with weights set by hand."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.forward_propagation.network import mlp_forward


def xor_params():
    """Choose the weights of a ReLU network that computes the exclusive or.

    The network is ``mlp_forward(X, params, "relu", "identity")``. For the inputs (0, 0), (0, 1),
    (1, 0) and (1, 1) its output should be within 0.25 of 0, 1, 1 and 0. Nine parameters are enough.

    Returns
    -------
    params : list of tuple of ndarray
        One ``(W, b)`` of shapes (D, M) and (M,) a layer, at least two layers, two inputs, one
        output.
    """
    hidden = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]))
    output = (np.array([[1.0], [-2.0]]), np.array([0.0]))
    return [hidden, output]


def _xor_cases(rng):
    yield case("the four corners of the square")


CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _is_xor(args, params):
    """Say why a network does not compute the exclusive or, or return ""."""
    if not isinstance(params, (list, tuple)) or len(params) < 2:
        return "params should be a list of at least two layers `(W, b)`"
    width = 2
    for i, layer in enumerate(params):
        W, b = (np.asarray(array, dtype=float) for array in layer)
        if W.ndim != 2 or W.shape[0] != width or b.shape != W.shape[1:]:
            shapes = f"layer {i + 1} has `W` {W.shape} and `b` {b.shape}"
            return f"{shapes}; from {width} inputs to M units they are ({width}, M) and (M,)"
        width = W.shape[1]
    if width != 1:
        return f"the last layer has {width} outputs, expected 1"
    out, _ = mlp_forward(CORNERS, params, "relu", "identity")
    for corner, got, want in zip(CORNERS, out[:, 0], (0, 1, 1, 0), strict=True):
        if not abs(got - want) <= 0.25:
            inputs = tuple(int(entry) for entry in corner)
            return f"for the input {inputs} the output is {got:.6g}, expected {want}"
    return ""


def _xor_by_or():
    """Yours is the inclusive or: at (1, 1) something has to pull the output back down."""
    return [(np.eye(2), np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]


def _xor_without_threshold():
    """Both hidden units switch on together, so they are one unit: give one of them a bias of -1."""
    return [(np.ones((2, 2)), np.zeros(2)), (np.array([[1.0], [-2.0]]), np.zeros(1))]


def _xor_with_one_layer():
    """One linear layer draws one straight line, and no line separates these four points."""
    return [(np.ones((2, 1)), np.zeros(1))]


xor_params_exercise = Exercise(
    reference=xor_params,
    cases=_xor_cases,
    points=2,
    mistakes=(_xor_by_or, _xor_without_threshold, _xor_with_one_layer),
    accept=_is_xor,
    difficulty=3,
    minutes=12,
    follow_up="Can one hidden ReLU unit do it? And what if the input may skip to the output?",
    follow_up_answer=(
        "No. The output is then monotone in one sum `x @ w + b`, so a threshold on it draws one "
        "straight line, and no line separates these points. With a skip connection one unit is "
        "enough: `x1 + x2 - 2 * relu(x1 + x2 - 1)` gives 0, 1, 1 and 0. The skip carries the sum, "
        "and the unit takes 2 away at (1, 1)."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)
