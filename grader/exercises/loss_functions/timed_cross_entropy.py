"""Softmax cross-entropy and its gradient in one pass, against the clock."""

import numpy as np

from grader.exercise import Exercise
from grader.exercises.loss_functions.sparse import PAIRING, SCREEN, labelled_cases


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_cross_entropy_with_gradient(logits, labels):
    """Compute the mean softmax cross-entropy and its gradient in one pass.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Raw scores of any size.
    labels : ndarray of shape (N,)
        The true class of each row.

    Returns
    -------
    loss : float
        Mean over the rows.
    dlogits : ndarray of shape (N, C)
        Gradient of that mean.
    """
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    log_probs = shifted - np.log(sums)
    dlogits = np.exp(log_probs)
    dlogits[rows, labels] -= 1
    loss = float(-log_probs[rows, labels].mean())
    return loss, dlogits / len(labels)


def _only_the_loss_is_averaged(logits, labels):
    """The loss is averaged and its gradient is not: the pair must belong together."""
    loss, dlogits = softmax_cross_entropy_with_gradient(logits, labels)
    return loss, dlogits * len(labels)


def _only_the_gradient_is_averaged(logits, labels):
    """The gradient carries 1/N and the loss is a sum: the pair must belong together."""
    loss, dlogits = softmax_cross_entropy_with_gradient(logits, labels)
    return loss * len(labels), dlogits


def _clipped_log(logits, labels):
    """The gradient is right; the loss is floored by a clip. Work with the log of softmax."""
    _, dlogits = softmax_cross_entropy_with_gradient(logits, labels)
    probs = np.clip(_softmax(logits), 1e-12, 1)
    return float(-np.log(probs[np.arange(len(labels)), labels]).mean()), dlogits


def _probabilities_returned(logits, labels):
    """Your second value is softmax itself: the true class still wants its 1 subtracted."""
    loss, _ = softmax_cross_entropy_with_gradient(logits, labels)
    return loss, _softmax(logits) / len(labels)


def _overflowing_pair(logits, labels):
    """Both overflow for logits in the thousands: shift each row by its maximum once."""
    E = np.exp(logits)
    P = E / E.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = float(-np.log(P[rows, labels]).mean())
    P[rows, labels] -= 1
    return loss, P / len(labels)


def _pair_swapped(logits, labels):
    """The loss comes first, the gradient second."""
    return softmax_cross_entropy_with_gradient(logits, labels)[::-1]


def _neither_averaged(logits, labels):
    """Both are sums over the batch, loss and gradient. The contract is a mean and its gradient."""
    loss, dlogits = softmax_cross_entropy_with_gradient(logits, labels)
    return loss * len(labels), dlogits * len(labels)


def _log_of_softmax(logits, labels):
    """The gradient is right; the loss takes the log of an underflow. Build log-softmax first."""
    _, dlogits = softmax_cross_entropy_with_gradient(logits, labels)
    return float(-np.log(_softmax(logits)[np.arange(len(labels)), labels]).mean()), dlogits


def _gradient_over_the_loss(logits, labels):
    """You subtract the 1 in place before the loss reads the probability. Take the loss first."""
    rows, P = np.arange(len(labels)), _softmax(logits)
    P[rows, labels] -= 1
    return float(-np.log(P[rows, labels]).mean()), P / len(labels)


def _block_of_entries(logits, labels):
    """`[:, labels] -= 1` hits every row at every label: pair row n with label n."""
    loss, _ = softmax_cross_entropy_with_gradient(logits, labels)
    dlogits = _softmax(logits)
    dlogits[:, labels] -= 1
    return loss, dlogits / len(labels)


softmax_cross_entropy_with_gradient_exercise = Exercise(
    reference=softmax_cross_entropy_with_gradient,
    cases=labelled_cases,
    points=4,
    mistakes=(
        _only_the_loss_is_averaged,
        _only_the_gradient_is_averaged,
        _clipped_log,
        _probabilities_returned,
        _overflowing_pair,
        _pair_swapped,
        _neither_averaged,
        _log_of_softmax,
        _gradient_over_the_loss,
        _block_of_entries,
    ),
    no_loops=True,
    kind="timed",
    difficulty=3,
    minutes=12,
    follow_up="Two temporary arrays of shape (N, C) are enough. Where is the third one in yours?",
    follow_up_answer=(
        "In the model answer `log_probs` is one too many, and `dlogits / N` makes another. The "
        "loss needs a single entry a row, `np.log(sums) - shifted[rows, labels]`. So keep "
        "`shifted` and `E = np.exp(shifted)`, and let `sums = E.sum(axis=1)`. Then make `E` the "
        "gradient in place: `E /= sums[:, None]`, `E[rows, labels] -= 1`, `E /= N`."
    ),
    asked=(*SCREEN, *PAIRING),
)
