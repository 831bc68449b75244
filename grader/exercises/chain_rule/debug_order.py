"""A debug round: a gradient sent back through weights that have already moved."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.chain_rule._inputs import two_layer_cases, with_lr
from grader.exercises.chain_rule.two_layers import two_layer_loss_and_grads


def debug_two_layer_step(X, Y, W1, b1, W2, b2, lr):
    """Take one gradient step on a two-layer sigmoid network.

    The loss is the mean squared error over all entries of `Y`. The arrays passed in stay as
    they are.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    Y : ndarray of shape (N, M)
        Targets.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer.
    b1 : ndarray of shape (H,)
        Its bias.
    W2 : ndarray of shape (H, M)
        Weights of the output layer.
    b2 : ndarray of shape (M,)
        Its bias.
    lr : float
        Step size.

    Returns
    -------
    W1_new : ndarray of shape (D, H)
        Hidden weights after the step.
    b1_new : ndarray of shape (H,)
        Hidden bias after the step.
    W2_new : ndarray of shape (H, M)
        Output weights after the step.
    b2_new : ndarray of shape (M,)
        Output bias after the step.
    """
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))

    # First all gradients, at the old parameters; then the steps.
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    W2_new, b2_new = W2 - lr * A1.T @ dZ2, b2 - lr * dZ2.sum(axis=0)
    W1_new, b1_new = W1 - lr * X.T @ dZ1, b1 - lr * dZ1.sum(axis=0)
    return W1_new, b1_new, W2_new, b2_new


def _as_published(X, Y, W1, b1, W2, b2, lr):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))

    # Output layer.
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    W2 = W2 - lr * A1.T @ dZ2
    b2 = b2 - lr * dZ2.sum(axis=0)

    # Hidden layer.
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    W1 = W1 - lr * X.T @ dZ1
    b1 = b1 - lr * dZ1.sum(axis=0)
    return W1, b1, W2, b2


def _stepped(params, grads, lr):
    return tuple(
        value - lr * grads[f"d{name}"]
        for name, value in zip(("W1", "b1", "W2", "b2"), params, strict=True)
    )


def _left_as_it_was(X, Y, W1, b1, W2, b2, lr):
    """Which `W2` did the forward pass use, and which one does the gradient go back through?"""
    return _as_published(X, Y, W1, b1, W2, b2, lr)


def _old_name_for_the_same_array(X, Y, W1, b1, W2, b2, lr):
    """`old = W2` copies nothing, and `-=` changes the array under both names, the caller's too."""
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    old = W2
    W2 -= lr * A1.T @ dZ2
    dZ1 = dZ2 @ old.T * A1 * (1 - A1)
    return W1 - lr * X.T @ dZ1, b1 - lr * dZ1.sum(axis=0), W2, b2 - lr * dZ2.sum(axis=0)


def _forward_pass_run_again(X, Y, W1, b1, W2, b2, lr):
    """You take the hidden gradient at the new output layer. One step has one forward pass."""
    _, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    _, _, W2, b2 = _stepped((W1, b1, W2, b2), grads, lr)
    _, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return W1 - lr * grads["dW1"], b1 - lr * grads["db1"], W2, b2


def _uphill(X, Y, W1, b1, W2, b2, lr):
    """The order is right now. A gradient points uphill: which way should the step go?"""
    return debug_two_layer_step(X, Y, W1, b1, W2, b2, -lr)


def _output_layer_not_stepped(X, Y, W1, b1, W2, b2, lr):
    """The hidden layer is right now, and the output layer no longer moves."""
    W1, b1, _, _ = debug_two_layer_step(X, Y, W1, b1, W2, b2, lr)
    return W1, b1, W2, b2


def _mended_for_weights_only(X, Y, W1, b1, W2, b2, lr):
    """`W1` is right now; `b1` still comes from a gradient that went through the new `W2`."""
    W1_new, _, W2_new, b2_new = debug_two_layer_step(X, Y, W1, b1, W2, b2, lr)
    return W1_new, _as_published(X, Y, W1, b1, W2, b2, lr)[1], W2_new, b2_new


debug_two_layer_step_exercise = Exercise(
    reference=debug_two_layer_step,
    starts_from=_as_published,
    cases=lambda rng: with_lr(two_layer_cases(rng), 0.5),
    points=2,
    mistakes=(
        _left_as_it_was,
        _old_name_for_the_same_array,
        _forward_pass_run_again,
        _uphill,
        _output_layer_not_stepped,
        _mended_for_weights_only,
    ),
    kind="debug",
    minutes=5,
    follow_up="A gradient check on the gradients alone misses this one. What would you test?",
    follow_up_answer=(
        "The step itself. Recover the gradient from it, `(W1 - W1_new) / lr`, for all four "
        "parameters, and compare with the numerical gradient at the old ones. Use a large `lr`, "
        "because the error grows with it: at 0.5, in the published network, `dW1` comes out up to "
        "16.4 % too small. And check that the arrays passed in are unchanged."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
