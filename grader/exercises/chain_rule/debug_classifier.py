"""A debug round: the gradient check names the layer, the eye has to name the line."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.chain_rule.classifier import classifier_cases, classifier_loss_and_grads


def debug_classifier_gradients(X, y, W1, b1, W2, b2):
    """Compute the gradients of a ReLU network with softmax cross-entropy, mean over examples.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    y : ndarray of shape (N,)
        The class of each, an integer from 0 to C - 1.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer.
    b1 : ndarray of shape (H,)
        Its bias.
    W2 : ndarray of shape (H, C)
        Weights of the output layer.
    b2 : ndarray of shape (C,)
        Its bias.

    Returns
    -------
    grads : dict of ndarray
        ``"dW1"``, ``"db1"``, ``"dW2"`` and ``"db2"``, each of the shape of its parameter.
    """
    A1 = np.maximum(X @ W1 + b1, 0)
    logits = A1 @ W2 + b2
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)

    one_hot = np.eye(W2.shape[1])[y]
    dlogits = (probs - one_hot) / len(y)
    dA1 = dlogits @ W2.T
    dZ1 = dA1 * (A1 > 0)
    grads = {"db2": dlogits.sum(axis=0), "dW2": A1.T @ dlogits}
    return grads | {"db1": dZ1.sum(axis=0), "dW1": X.T @ dZ1}


def _with_two_faults(X, y, W1, b1, W2, b2):
    A1 = np.maximum(X @ W1 + b1, 0)
    logits = A1 @ W2 + b2
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)

    one_hot = np.eye(W2.shape[1])[y]
    dlogits = (probs - one_hot) / one_hot.size
    dA1 = dlogits @ W2.T
    dZ1 = dA1 * (A1 >= 0)
    grads = {"db2": dlogits.sum(axis=0), "dW2": A1.T @ dlogits}
    return grads | {"db1": dZ1.sum(axis=0), "dW1": X.T @ dZ1}


def _right(*args):
    return classifier_loss_and_grads(*args)[1]


def _hidden(grads, dW1, db1):
    return grads | {"dW1": dW1, "db1": db1}


def _left_as_it_was(X, y, W1, b1, W2, b2):
    """Check `db2` first: by which factor is it off? Then ask when `A1 >= 0` is ever False."""
    return _with_two_faults(X, y, W1, b1, W2, b2)


def _scale_mended_only(X, y, W1, b1, W2, b2):
    """The output layer is right now. What does ReLU return where it is closed, and is that >= 0?"""
    return {
        name: W2.shape[1] * grad for name, grad in _with_two_faults(X, y, W1, b1, W2, b2).items()
    }


def _gate_mended_only(X, y, W1, b1, W2, b2):
    """The gate is right now. All four are too small by one factor: compare it with your sizes."""
    return {name: grad / W2.shape[1] for name, grad in _right(X, y, W1, b1, W2, b2).items()}


def _no_mean_at_all(X, y, W1, b1, W2, b2):
    """The gate is right now, and the mean over the examples has gone."""
    return {name: len(y) * grad for name, grad in _right(X, y, W1, b1, W2, b2).items()}


def _gate_by_the_gradient(X, y, W1, b1, W2, b2):
    """A gate is set by what went forward. Yours looks at the sign of what comes back."""
    args = (X, y, W1, b1, W2, b2)
    A1 = np.maximum(X @ W1 + b1, 0)
    probs_gap = _gap(A1, y, W2, b2)
    dZ1 = np.maximum(probs_gap @ W2.T, 0)
    return _hidden(_right(*args), X.T @ dZ1, dZ1.sum(axis=0))


def _gate_times_the_value(X, y, W1, b1, W2, b2):
    """ReLU's slope is 0 or 1; you multiply by what it returned."""
    A1 = np.maximum(X @ W1 + b1, 0)
    dZ1 = _gap(A1, y, W2, b2) @ W2.T * A1
    return _hidden(_right(X, y, W1, b1, W2, b2), X.T @ dZ1, dZ1.sum(axis=0))


def _gap(A1, y, W2, b2):
    logits = A1 @ W2 + b2
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (exps / exps.sum(axis=1, keepdims=True) - np.eye(W2.shape[1])[y]) / len(y)


def _output_layer_mended_only(X, y, W1, b1, W2, b2):
    """The output layer is right. Divide where the hidden layer still inherits it: at `dlogits`."""
    grads = _right(X, y, W1, b1, W2, b2)
    return grads | {name: grads[name] / W2.shape[1] for name in ("dW1", "db1")}


def _divided_by_the_classes(X, y, W1, b1, W2, b2):
    """The gate is right now. You divide by the number of classes; the mean is over the examples."""
    factor = len(y) / W2.shape[1]
    return {name: factor * grad for name, grad in _right(X, y, W1, b1, W2, b2).items()}


debug_classifier_gradients_exercise = Exercise(
    reference=debug_classifier_gradients,
    starts_from=_with_two_faults,
    cases=classifier_cases,
    points=3,
    mistakes=(
        _left_as_it_was,
        _scale_mended_only,
        _gate_mended_only,
        _no_mean_at_all,
        _gate_by_the_gradient,
        _gate_times_the_value,
        _output_layer_mended_only,
        _divided_by_the_classes,
    ),
    kind="debug",
    difficulty=3,
    minutes=8,
    follow_up="In which order did you check the four gradients, and why start at the last layer?",
    follow_up_answer=(
        "`db2`, `dW2`, `db1`, `dW1`: from the loss back. An early gradient is built from the later "
        "ones, so a fault at the end spoils everything before it, while a fault in the hidden "
        "layer leaves the last one right. `db2` comes first because it holds `dlogits` alone. Here "
        "it was C times too small, which points at the mean before the gate of ReLU plays any part."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
