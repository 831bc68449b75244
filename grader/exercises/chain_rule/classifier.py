"""The round that is asked most: Affine, ReLU, Affine, softmax with cross-entropy."""

import numpy as np

from grader.exercise import Exercise, case


def classifier_loss_and_grads(X, y, W1, b1, W2, b2):
    """Run a ReLU network with softmax cross-entropy forward and back.

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
    loss : float
        The cross-entropy, its mean over the examples; finite for logits in the thousands.
    grads : dict of ndarray
        ``"dW1"``, ``"db1"``, ``"dW2"`` and ``"db2"``, each of the shape of its parameter.
    """
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    logits = A1 @ W2 + b2

    # Minus the largest of its row, no logit can make exp overflow.
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    log_probs = shifted - np.log(sums)
    rows = np.arange(len(y))
    loss = -log_probs[rows, y].mean()

    dlogits = np.exp(log_probs)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    grads = {"db2": dlogits.sum(axis=0), "dW2": A1.T @ dlogits}
    dZ1 = dlogits @ W2.T * (Z1 > 0)
    grads |= {"db1": dZ1.sum(axis=0), "dW1": X.T @ dZ1}
    return loss, grads


def classifier_cases(rng):
    """Yield cases of different sizes, a square one and one with large logits."""
    for label, n, d, h, c in (
        ("four examples, sizes 3-6-5", 4, 3, 6, 5),
        ("a batch of one", 1, 3, 5, 2),
        ("six examples of two classes", 6, 2, 4, 2),
        ("every size equal", 4, 4, 4, 4),
    ):
        yield case(label, *_network(rng, n, d, h, c))
    X, y, W1, b1, W2, b2 = _network(rng, 5, 3, 4, 3)
    yield case("logits in the thousands", X, y, W1, b1, 1e3 * W2, b2, quiet=True)
    yield case("all examples of one class", X, np.full(5, 2), W1, b1, W2, b2)
    yield case("no hidden unit is active", X, y, W1, b1 - 50, W2, b2)


def _network(rng, n, d, h, c):
    X, y = rng.normal(size=(n, d)), rng.integers(c, size=n)
    W1, W2 = rng.normal(size=(d, h)), rng.normal(size=(h, c))
    return X, y, W1, rng.normal(size=h), W2, rng.normal(size=c)


def _gradients(X, y, W1, b1, W2, b2, dlogits, gate=None):
    """Return the four gradients that follow from one of the logits."""
    Z1 = X @ W1 + b1
    dA1 = dlogits @ W2.T
    dZ1 = dA1 * (Z1 > 0) if gate is None else gate(dA1, Z1)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
    return grads | {"dW2": np.maximum(Z1, 0).T @ dlogits, "db2": dlogits.sum(axis=0)}


def _dlogits(X, y, W1, b1, W2, b2):
    probs = _probs(X, W1, b1, W2, b2)
    return (probs - np.eye(probs.shape[1])[y]) / len(y)


def _probs(X, W1, b1, W2, b2):
    logits = np.maximum(X @ W1 + b1, 0) @ W2 + b2
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def _loss(*args):
    return classifier_loss_and_grads(*args)[0]


def _mean_in_the_loss_only(X, y, W1, b1, W2, b2):
    """The loss is a mean over N examples; its gradient divides by N as well."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args) * len(y))


def _mean_over_classes_too(X, y, W1, b1, W2, b2):
    """You divide by every entry of the logits. The loss is a mean over the examples alone."""
    args = (X, y, W1, b1, W2, b2)
    n_classes = W2.shape[1]
    return _loss(*args) / n_classes, _gradients(*args, _dlogits(*args) / n_classes)


def _gradient_over_classes_too(X, y, W1, b1, W2, b2):
    """The loss is right. It averages over the examples; its gradient divides by classes as well."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args) / W2.shape[1])


def _gate_left_out(X, y, W1, b1, W2, b2):
    """The output layer is right. Which hidden units take part in the prediction at all?"""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args), lambda dA1, Z1: dA1)


def _gate_from_the_gradient(X, y, W1, b1, W2, b2):
    """The gate of ReLU is set in the forward pass: look at `Z1`, not at the gradient."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args), lambda dA1, Z1: np.maximum(dA1, 0))


def _softmax_slope_added(X, y, W1, b1, W2, b2):
    """Probabilities minus one-hot already holds the slope of softmax; p (1 - p) is one too many."""
    args = (X, y, W1, b1, W2, b2)
    probs = _probs(X, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args) * probs * (1 - probs))


def _one_taken_from_whole_columns(X, y, W1, b1, W2, b2):
    """`probs[:, y] -= 1` takes 1 from every row of these columns. One entry a row is meant."""
    args = (X, y, W1, b1, W2, b2)
    probs = _probs(X, W1, b1, W2, b2)
    probs[:, y] -= 1
    return _loss(*args), _gradients(*args, probs / len(y))


def _exponentials_overflow(X, y, W1, b1, W2, b2):
    """The exponential of 1000 is infinite. Which shift of a row leaves its softmax as it is?"""
    args = (X, y, W1, b1, W2, b2)
    exps = np.exp(np.maximum(X @ W1 + b1, 0) @ W2 + b2)
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(len(y)), y]).mean()
    return loss, _gradients(*args, (probs - np.eye(W2.shape[1])[y]) / len(y))


def _log_of_a_clipped_probability(X, y, W1, b1, W2, b2):
    """The gradients are right; clipped probabilities cap your loss at 27.6 an example."""
    args = (X, y, W1, b1, W2, b2)
    probs = np.clip(_probs(X, W1, b1, W2, b2), 1e-12, 1)
    loss = -np.log(probs[np.arange(len(y)), y]).mean()
    return loss, classifier_loss_and_grads(*args)[1]


def _one_shift_for_all_rows(X, y, W1, b1, W2, b2):
    """Shift each row by its own largest logit; a row far below the global one underflows to 0."""
    args = (X, y, W1, b1, W2, b2)
    logits = np.maximum(X @ W1 + b1, 0) @ W2 + b2
    exps = np.exp(logits - logits.max())
    with np.errstate(all="ignore"):
        probs = exps / exps.sum(axis=1, keepdims=True)
        loss = -np.log(probs[np.arange(len(y)), y]).mean()
    return loss, _gradients(*args, (probs - np.eye(W2.shape[1])[y]) / len(y))


def _raw_sums_in_the_weight_gradient(X, y, W1, b1, W2, b2):
    """The output layer's input is what ReLU let through, so `dW2` needs `A1` and not `Z1`."""
    loss, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    return loss, grads | {"dW2": (X @ W1 + b1).T @ _dlogits(X, y, W1, b1, W2, b2)}


def _loss_summed(X, y, W1, b1, W2, b2):
    """The gradients fit the mean, but your loss is the sum over the examples."""
    loss, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    return loss * len(y), grads


def _sum_in_both(X, y, W1, b1, W2, b2):
    """Loss and gradients fit each other, for a sum. The docstring asks for the mean."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args) * len(y), _gradients(*args, _dlogits(*args) * len(y))


def _loss_with_the_wrong_sign(X, y, W1, b1, W2, b2):
    """A logarithm of a probability is negative: which sign makes it a loss?"""
    loss, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    return -loss, grads


def _loss_over_all_entries(X, y, W1, b1, W2, b2):
    """The gradients are right; your loss divides by the classes too, and not only by N."""
    loss, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    return loss / W2.shape[1], grads


def _label_minus_probability(X, y, W1, b1, W2, b2):
    """Every gradient has the wrong sign: which of the two is subtracted at the logits?"""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, -_dlogits(*args))


def _one_hot_forgotten(X, y, W1, b1, W2, b2):
    """Your gradient of the logits never sees `y`. What is subtracted at the true class?"""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _probs(X, W1, b1, W2, b2) / len(y))


def _divided_twice(X, y, W1, b1, W2, b2):
    """The 1/N is in the gradient of the logits already; all four have it twice."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args) / len(y))


def _biases_averaged(X, y, W1, b1, W2, b2):
    """The weights are right. The 1/N is in the logits' gradient already: sum for the biases."""
    loss, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    return loss, grads | {name: grads[name] / len(y) for name in ("db1", "db2")}


def _gate_times_the_value(X, y, W1, b1, W2, b2):
    """ReLU's slope is 0 or 1; you multiply by what it returned."""
    args = (X, y, W1, b1, W2, b2)
    return _loss(*args), _gradients(*args, _dlogits(*args), lambda dA1, Z1: dA1 * np.maximum(Z1, 0))


def _log_of_a_lost_probability(X, y, W1, b1, W2, b2):
    """The gradients are right. A tiny probability rounds to 0: subtract logarithms instead."""
    _, grads = classifier_loss_and_grads(X, y, W1, b1, W2, b2)
    probs = _probs(X, W1, b1, W2, b2)
    return -np.log(probs[np.arange(len(y)), y]).mean(), grads


def _relu_left_out(X, y, W1, b1, W2, b2):
    """Already the loss is off: between your two affine layers nothing bends."""
    logits = (X @ W1 + b1) @ W2 + b2
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dlogits = (np.exp(log_probs) - np.eye(W2.shape[1])[y]) / len(y)
    dZ1 = dlogits @ W2.T
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
    grads |= {"dW2": (X @ W1 + b1).T @ dlogits, "db2": dlogits.sum(axis=0)}
    return -log_probs[np.arange(len(y)), y].mean(), grads


classifier_loss_and_grads_exercise = Exercise(
    reference=classifier_loss_and_grads,
    cases=classifier_cases,
    points=6,
    mistakes=(
        _mean_in_the_loss_only,
        _mean_over_classes_too,
        _gradient_over_classes_too,
        _gate_left_out,
        _gate_from_the_gradient,
        _softmax_slope_added,
        _one_taken_from_whole_columns,
        _exponentials_overflow,
        _log_of_a_clipped_probability,
        _one_shift_for_all_rows,
        _raw_sums_in_the_weight_gradient,
        _loss_summed,
        _sum_in_both,
        _loss_with_the_wrong_sign,
        _loss_over_all_entries,
        _label_minus_probability,
        _one_hot_forgotten,
        _divided_twice,
        _biases_averaged,
        _gate_times_the_value,
        _log_of_a_lost_probability,
        _relu_left_out,
    ),
    kind="timed",
    difficulty=4,
    minutes=25,
    follow_up="Name the shape of every gradient on the way, from the loss to dW1, without looking.",
    follow_up_answer=(
        "The loss is a number. `dlogits` is (N, C), `dW2` (H, C), `db2` (C,), `dA1` and `dZ1` (N, "
        "H), `dW1` (D, H), `db1` (H,). The rule: a gradient has the shape of what it is the "
        "gradient of. That fixes every transpose. From `X`, (N, D), and `dZ1`, (N, H), only `X.T @ "
        "dZ1` has the shape of `W1`."
    ),
    asked=(
        "https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",
        "https://notesoncomputing.com/coding_interview/backprop_mlp",
        "https://www.educative.io/courses/ai-engineer-interview-prep/neural-networks-training",
    ),
)
