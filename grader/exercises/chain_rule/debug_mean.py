"""A debug round: the gradient that does not belong to the loss, and still trains."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.chain_rule._inputs import two_layer_cases
from grader.exercises.chain_rule.two_layers import two_layer_loss_and_grads


def debug_two_layer_gradients(X, Y, W1, b1, W2, b2):
    """Compute the mean squared error of a two-layer sigmoid network, and its gradients.

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

    Returns
    -------
    loss : float
        The mean over all entries of ``(A2 - Y)**2``. This line is right; leave it.
    grads : dict of ndarray
        The gradients of exactly this loss: ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``.
    """
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = np.mean((Y - A2) ** 2)

    dA2 = 2 * (A2 - Y) / Y.size
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    grads = {"dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
    grads |= {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
    return loss, grads


def _as_published(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = np.mean((Y - A2) ** 2)

    dA2 = 2 * (A2 - Y)
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    grads = {"dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
    grads |= {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
    return loss, grads


def _scaled(factor, X, Y, W1, b1, W2, b2):
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, {name: factor * grad for name, grad in grads.items()}


def _left_as_it_was(X, Y, W1, b1, W2, b2):
    """Run a gradient check: by which factor is every entry off, and what is that number here?"""
    return _as_published(X, Y, W1, b1, W2, b2)


def _halved_for_the_published_net(X, Y, W1, b1, W2, b2):
    """A factor of ½ mends the published network only, where the mean is over two entries."""
    return _scaled(Y.size / 2, X, Y, W1, b1, W2, b2)


def _divided_by_the_examples(X, Y, W1, b1, W2, b2):
    """You divide by the number of rows. `np.mean` without an axis divides by more than that."""
    return _scaled(Y.shape[1], X, Y, W1, b1, W2, b2)


def _divided_by_the_outputs(X, Y, W1, b1, W2, b2):
    """Right for one example; with a batch, `np.mean` divides by the rows as well."""
    return _scaled(Y.shape[0], X, Y, W1, b1, W2, b2)


def _loss_bent_to_fit(X, Y, W1, b1, W2, b2):
    """Now the loss fits the gradient, but the loss was the part that was right."""
    loss, grads = _as_published(X, Y, W1, b1, W2, b2)
    return loss * Y.size, grads


def _mended_in_one_layer(X, Y, W1, b1, W2, b2):
    """The output layer is mended. Divide earlier, so that the hidden layer inherits it."""
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, grads | {"dW1": Y.size * grads["dW1"], "db1": Y.size * grads["db1"]}


def _divided_twice(X, Y, W1, b1, W2, b2):
    """Now the 1/n of the mean stands twice on the way to the weights. Once is right."""
    return _scaled(1 / Y.size, X, Y, W1, b1, W2, b2)


debug_two_layer_gradients_exercise = Exercise(
    reference=debug_two_layer_gradients,
    starts_from=_as_published,
    cases=two_layer_cases,
    points=2,
    mistakes=(
        _left_as_it_was,
        _halved_for_the_published_net,
        _divided_by_the_examples,
        _divided_by_the_outputs,
        _loss_bent_to_fit,
        _mended_in_one_layer,
        _divided_twice,
    ),
    kind="debug",
    minutes=6,
    follow_up="A colleague says: the loss fell with the wrong gradient too. What do you answer?",
    follow_up_answer=(
        "That a falling loss shows a direction that is roughly downhill, and no more. Every entry "
        "of this gradient is `Y.size` times too large, which acts like a larger learning rate, so "
        "it trains. It does harm near the largest stable rate, with weight decay or with clipping, "
        "and the factor changes with the batch. A gradient check shows one ratio in every entry, "
        "and that names the fault."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
