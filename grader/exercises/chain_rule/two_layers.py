"""A two-layer network: loss and all four gradients."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.chain_rule._inputs import two_layer_cases


def two_layer_loss_and_grads(X, Y, W1, b1, W2, b2):
    """Run a network of two sigmoid layers forward and back.

    The loss is the mean squared error over all entries of `Y`, without a factor ½.

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
        ``mean((A2 - Y)**2)``.
    grads : dict of ndarray
        ``"dW1"``, ``"db1"``, ``"dW2"`` and ``"db2"``, each of the shape of its parameter.
    """
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = np.mean((A2 - Y) ** 2)

    # The mean divides by all N * M entries.
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    grads = {"db2": dZ2.sum(axis=0), "dW2": A1.T @ dZ2}
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    grads |= {"db1": dZ1.sum(axis=0), "dW1": X.T @ dZ1}
    return loss, grads


def _scaled(factor, X, Y, W1, b1, W2, b2):
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, {name: factor * grad for name, grad in grads.items()}


def _from_slopes(X, Y, W1, b1, W2, b2, hidden_slope, output_slope):
    """Return loss and gradients with other slopes in place of the sigmoid's."""
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / Y.size * output_slope(A2, A1 @ W2 + b2)
    dZ1 = dZ2 @ W2.T * hidden_slope(A1, X @ W1 + b1)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
    return np.mean((A2 - Y) ** 2), grads


def _slope_from_a(A, Z):
    return A * (1 - A)


def _mean_forgotten(X, Y, W1, b1, W2, b2):
    """The loss is a mean. What does its derivative divide by?"""
    return _scaled(Y.size, X, Y, W1, b1, W2, b2)


def _mean_over_examples_only(X, Y, W1, b1, W2, b2):
    """`np.mean` divides by every entry of `Y`, rows times columns; you divide by the rows alone."""
    return _scaled(Y.shape[1], X, Y, W1, b1, W2, b2)


def _factor_two_forgotten(X, Y, W1, b1, W2, b2):
    """All gradients are half of the expected ones: this loss has no ½ to cancel the 2."""
    return _scaled(0.5, X, Y, W1, b1, W2, b2)


def _turned_around(X, Y, W1, b1, W2, b2):
    """Every sign is turned: subtract the target from the prediction, not the other way round."""
    return _scaled(-1.0, X, Y, W1, b1, W2, b2)


def _slope_fed_with_sums(X, Y, W1, b1, W2, b2):
    """The slope a (1 - a) wants the activation. You gave it the sum before the sigmoid."""

    def slope(A, Z):
        return Z * (1 - Z)

    return _from_slopes(X, Y, W1, b1, W2, b2, slope, slope)


def _hidden_slope_forgotten(X, Y, W1, b1, W2, b2):
    """The output layer is right. On the way into the hidden sums one factor is missing."""
    return _from_slopes(X, Y, W1, b1, W2, b2, lambda A, Z: np.ones_like(A), _slope_from_a)


def _output_slope_forgotten(X, Y, W1, b1, W2, b2):
    """That is the gradient for cross-entropy. With a squared loss the output's slope stays."""
    return _from_slopes(X, Y, W1, b1, W2, b2, _slope_from_a, lambda A, Z: np.ones_like(A))


def _biases_not_summed(X, Y, W1, b1, W2, b2):
    """A bias serves every example, so its gradient has no batch axis: sum over the rows."""
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    return loss, grads | {"db2": dZ2, "db1": dZ2 @ W2.T * A1 * (1 - A1)}


def _loss_summed(X, Y, W1, b1, W2, b2):
    """The gradients fit the mean, but your loss is the sum over all entries."""
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss * Y.size, grads


def _half_in_both(X, Y, W1, b1, W2, b2):
    """Loss and gradients fit each other, and both are half: the docstring has no factor ½."""
    loss, grads = _scaled(0.5, X, Y, W1, b1, W2, b2)
    return loss / 2, grads


def _sum_in_both(X, Y, W1, b1, W2, b2):
    """Loss and gradients fit each other, for a sum. The docstring asks for the mean."""
    loss, grads = _scaled(Y.size, X, Y, W1, b1, W2, b2)
    return loss * Y.size, grads


def _examples_only_in_both(X, Y, W1, b1, W2, b2):
    """You divide by the rows, in loss and gradients. The mean is over all entries of `Y`."""
    loss, grads = _scaled(Y.shape[1], X, Y, W1, b1, W2, b2)
    return loss * Y.shape[1], grads


def _divided_by_the_rows_again(X, Y, W1, b1, W2, b2):
    """Your gradients are too small by the number of rows: the mean is in `dZ2` already."""
    return _scaled(1 / len(Y), X, Y, W1, b1, W2, b2)


def _biases_averaged(X, Y, W1, b1, W2, b2):
    """The weights are right. A bias adds up what its rows send back; you take their mean."""
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, grads | {"db1": grads["db1"] / len(Y), "db2": grads["db2"] / len(Y)}


def _biases_as_rows(X, Y, W1, b1, W2, b2):
    """The sums are right; `db1` and `db2` have the biases' shape, without an axis of size 1."""
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, grads | {"db1": grads["db1"][None, :], "db2": grads["db2"][None, :]}


def _both_slopes_forgotten(X, Y, W1, b1, W2, b2):
    """Neither sigmoid appears in your backward pass. Which factor does each of them add?"""
    return _from_slopes(X, Y, W1, b1, W2, b2, *[lambda A, Z: np.ones_like(A)] * 2)


def _slope_of_tanh(X, Y, W1, b1, W2, b2):
    """1 - a² is the slope of tanh. What did the forward pass use in the hidden layer?"""
    return _from_slopes(X, Y, W1, b1, W2, b2, lambda A, Z: 1 - A**2, _slope_from_a)


def _sigmoid_taken_again(X, Y, W1, b1, W2, b2):
    """`A1` and `A2` are what the sigmoid returned; your slopes take the sigmoid of them again."""

    def slope(A, Z):
        again = 1 / (1 + np.exp(-A))
        return again * (1 - again)

    return _from_slopes(X, Y, W1, b1, W2, b2, slope, slope)


def _output_weights_not_transposed(X, Y, W1, b1, W2, b2):
    """On the way back the gradient meets the transpose of `W2`; a square `W2` hides that."""
    square = W2 if W2.shape[0] != W2.shape[1] else W2.T
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    dZ1 = dZ2 @ square.T * A1 * (1 - A1)
    loss, grads = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return loss, grads | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


two_layer_loss_and_grads_exercise = Exercise(
    reference=two_layer_loss_and_grads,
    cases=two_layer_cases,
    points=4,
    mistakes=(
        _mean_forgotten,
        _mean_over_examples_only,
        _factor_two_forgotten,
        _turned_around,
        _slope_fed_with_sums,
        _hidden_slope_forgotten,
        _output_slope_forgotten,
        _biases_not_summed,
        _loss_summed,
        _half_in_both,
        _sum_in_both,
        _examples_only_in_both,
        _divided_by_the_rows_again,
        _biases_averaged,
        _biases_as_rows,
        _both_slopes_forgotten,
        _slope_of_tanh,
        _sigmoid_taken_again,
        _output_weights_not_transposed,
    ),
    difficulty=3,
    minutes=15,
    follow_up="Swap the output to cross-entropy on logits. Which lines change, and which stay?",
    follow_up_answer=(
        "The loss and the line of `dZ2` change. The loss is computed from the logits, and `dZ2 = "
        "(A2 - Y) / N` for a mean over examples: the slope `A2 * (1 - A2)` cancels. Every line "
        "after it stays, because none of them knows the loss. With softmax the forward pass "
        "changes too: `A2` is the softmax of the logits, and `Y` is one-hot."
    ),
    asked=(
        "https://huyenchip.com/ml-interviews-book/",
        "https://prachub.com/interview-questions/implement-numpy-neural-network-layers",
    ),
)
