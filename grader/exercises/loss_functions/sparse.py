"""Softmax cross-entropy from logits and integer labels, and its gradient."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.loss_functions.log_softmax import log_softmax

SCREEN = ("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",)
PAIRING = ("https://mlprep.co/topics/ml-coding/softmax-cross-entropy/",)


def _softmax(Z):
    return np.exp(log_softmax(Z))


def sparse_cross_entropy(logits, labels):
    """Compute the mean softmax cross-entropy of logits and integer labels.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Raw scores of any size.
    labels : ndarray of shape (N,)
        The true class of each row, an integer from 0 to C - 1.

    Returns
    -------
    loss : float
        Mean over the rows of ``logsumexp(logits[n]) - logits[n, labels[n]]``.

    Raises
    ------
    ValueError
        If a label is below 0 or not below C.
    """
    n_examples, n_classes = logits.shape
    if np.min(labels) < 0 or np.max(labels) >= n_classes:
        raise ValueError(f"labels must be from 0 to {n_classes - 1}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    log_probs = shifted - np.log(sums)
    return float(-log_probs[np.arange(n_examples), labels].mean())


def labelled_cases(rng):
    yield case("five examples, three classes", rng.normal(size=(5, 3)), rng.integers(0, 3, size=5))
    yield case("a batch of one", rng.normal(size=(1, 4)), np.array([3]))
    yield case("as many examples as classes", rng.normal(size=(3, 3)), np.array([2, 0, 2]))
    yield case("an untrained network", np.zeros((4, 10)), rng.integers(0, 10, size=4))
    yield case(
        "a logit of 1000 on the wrong class", np.array([[0.0, 1e3]]), np.array([0]), quiet=True
    )
    # A thousand or more apart, so that every probability is exactly 0 or 1.
    large = 1e3 * (rng.permutation(12).reshape(3, 4) - 5)
    yield case("logits in the thousands", large, np.array([0, 3, 1]), quiet=True)
    near = 1e3 + rng.normal(size=(2, 3))
    yield case("logits near 1000", near, np.array([2, 0]), quiet=True)
    yield case("two classes", rng.normal(size=(6, 2)), rng.integers(0, 2, size=6))


def _label_cases(rng):
    yield from labelled_cases(rng)
    yield case("a label that is no class", rng.normal(size=(2, 3)), np.array([0, 3]))
    yield case("a negative label", rng.normal(size=(2, 3)), np.array([0, -1]))


def _check_labels(logits, labels):
    if np.min(labels) < 0 or np.max(labels) >= logits.shape[1]:
        raise ValueError("labels")


def _logits_as_probabilities(logits, labels):
    """Logits can be negative: they are no probabilities. Normalise first, in log space."""
    _check_labels(logits, labels)
    return float(-np.log(logits[np.arange(len(labels)), labels]).mean())


def _block_of_entries(logits, labels):
    """`[:, labels]` is an (N, N) block. Pair the indices: row n with label n."""
    _check_labels(logits, labels)
    return float(-log_softmax(logits)[:, labels].mean())


def _log_of_an_underflow(logits, labels):
    """Softmax underflows to 0 and its log is -inf: subtract logsumexp instead."""
    _check_labels(logits, labels)
    return float(-np.log(_softmax(logits))[np.arange(len(labels)), labels].mean())


def _clipped_softmax(logits, labels):
    """[0, 1000] with label 0 costs 1000; the clip makes it 27.6 and its gradient 0."""
    _check_labels(logits, labels)
    probs = np.clip(_softmax(logits), 1e-12, 1)
    return float(-np.log(probs)[np.arange(len(labels)), labels].mean())


def _one_shift_for_all(logits, labels):
    """Shifted by the largest logit of all rows, a row far below it underflows. Shift each row."""
    _check_labels(logits, labels)
    shifted = logits - logits.max()
    picked = shifted[np.arange(len(labels)), labels]
    return float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - picked))


def _summed_losses(logits, labels):
    """Duplicate the batch: yours doubles. The contract is a mean."""
    return sparse_cross_entropy(logits, labels) * len(labels)


def _labels_unchecked(logits, labels):
    """A label of -1 silently reads the last class. Refuse labels outside 0 to C - 1."""
    return float(-log_softmax(logits)[np.arange(len(labels)), labels].mean())


def _softmax_of_softmax(logits, labels):
    """The loss takes logits; you normalised them before it normalises them again."""
    return sparse_cross_entropy(_softmax(logits), labels)


def _unshifted_softmax(logits, labels):
    """`exp` overflows above 709, and inf / inf is nan. Subtract each row's maximum first."""
    _check_labels(logits, labels)
    E = np.exp(logits)
    return float(-np.log((E / E.sum(axis=1, keepdims=True))[np.arange(len(labels)), labels]).mean())


def _unshifted_logsumexp(logits, labels):
    """The right formula, and its `exp` overflows above 709. Take each row's maximum out first."""
    _check_labels(logits, labels)
    picked = logits[np.arange(len(labels)), labels]
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - picked))


def _minus_forgotten(logits, labels):
    """A log of a probability is at most 0, a loss at least 0. Where is the minus?"""
    return -sparse_cross_entropy(logits, labels)


def _one_loss_each(logits, labels):
    """One loss for each row is left; the contract is a single number, their mean."""
    _check_labels(logits, labels)
    return -log_softmax(logits)[np.arange(len(labels)), labels]


def _mean_over_all_entries(logits, labels):
    """Average over the N rows, not over the N * C entries: yours is too small by the factor C."""
    return sparse_cross_entropy(logits, labels) / logits.shape[1]


def _down_the_columns(logits, labels):
    """Each row is one example: reduce along axis 1. Yours compares the rows of a class."""
    _check_labels(logits, labels)
    return float(-log_softmax(logits.T).T[np.arange(len(labels)), labels].mean())


def _picked_unshifted(logits, labels):
    """You shifted inside the sum only: the logit you pick needs the same shift."""
    _check_labels(logits, labels)
    sums = np.exp(logits - logits.max(axis=1, keepdims=True)).sum(axis=1)
    return float(np.mean(np.log(sums) - logits[np.arange(len(labels)), labels]))


sparse_cross_entropy_exercise = Exercise(
    reference=sparse_cross_entropy,
    cases=_label_cases,
    points=4,
    mistakes=(
        _labels_unchecked,
        _logits_as_probabilities,
        _block_of_entries,
        _log_of_an_underflow,
        _clipped_softmax,
        _one_shift_for_all,
        _summed_losses,
        _softmax_of_softmax,
        _unshifted_softmax,
        _unshifted_logsumexp,
        _minus_forgotten,
        _one_loss_each,
        _mean_over_all_entries,
        _down_the_columns,
        _picked_unshifted,
    ),
    difficulty=3,
    minutes=10,
    follow_up="What should it be for an untrained network with C classes, and why check that?",
    follow_up_answer=(
        "About log C, since even belief gives the true class 1 / C: 2.30 for ten classes. The "
        "check costs one forward pass and finds faults before training. Far above it the logits "
        "are too large, or the loss is a sum. Far below it somebody loaded trained weights, the "
        "biases know the class shares, or the mean runs over too many entries."
    ),
    asked=PAIRING,
)


def softmax_cross_entropy_backward(logits, labels):
    """Compute the gradient of the mean softmax cross-entropy.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Raw scores of any size.
    labels : ndarray of shape (N,)
        The true class of each row.

    Returns
    -------
    dlogits : ndarray of shape (N, C)
        ``(softmax(logits) - onehot(labels)) / N``.
    """
    dlogits = np.exp(logits - logits.max(axis=1, keepdims=True))
    dlogits /= dlogits.sum(axis=1, keepdims=True)
    dlogits[np.arange(len(labels)), labels] -= 1
    return dlogits / len(labels)


def _mean_not_carried(logits, labels):
    """The loss is a mean over N rows, so every slope carries 1/N."""
    return softmax_cross_entropy_backward(logits, labels) * len(labels)


def _slope_applied_twice(logits, labels):
    """`p - onehot` already contains the slope of softmax; p * (1 - p) multiplies it in again."""
    p = _softmax(logits)
    return softmax_cross_entropy_backward(logits, labels) * p * (1 - p)


def _target_minus_softmax(logits, labels):
    """Raising the true class's logit lowers the loss: its slope is negative."""
    return -softmax_cross_entropy_backward(logits, labels)


def _target_not_subtracted(logits, labels):
    """Every row of the gradient adds up to 0; yours adds up to 1/N. What is missing?"""
    return _softmax(logits) / len(labels)


def _subtracted_everywhere(logits, labels):
    """`[:, labels] -= 1` hits every row at every label: pair row n with label n."""
    dlogits = _softmax(logits)
    dlogits[:, labels] -= 1
    return dlogits / len(labels)


def _unshifted_exponentials(logits, labels):
    """`exp` overflows for logits in the thousands: shift each row by its maximum."""
    E = np.exp(logits)
    return (E / E.sum(axis=1, keepdims=True) - np.eye(logits.shape[1])[labels]) / len(labels)


def _down_the_columns(logits, labels):
    """Each row is one example: its probabilities add up to 1. Yours do so down the columns."""
    dlogits = np.exp(log_softmax(logits.T)).T
    dlogits[np.arange(len(labels)), labels] -= 1
    return dlogits / len(labels)


def _divided_by_all_entries(logits, labels):
    """Divide by the number of rows; you divided by the number of entries."""
    return softmax_cross_entropy_backward(logits, labels) / logits.shape[1]


def _one_everywhere(logits, labels):
    """You subtracted 1 from every entry. Only one a row belongs to the true class."""
    return (_softmax(logits) - 1) / len(labels)


def _only_the_true_class(logits, labels):
    """The other classes have a slope too: their logits should fall. Start from all of softmax."""
    rows = np.arange(len(labels))
    dlogits = np.zeros(logits.shape)
    dlogits[rows, labels] = _softmax(logits)[rows, labels] - 1
    return dlogits / len(labels)


def _label_divided_alone(logits, labels):
    """Your 1/N reaches the one-hot label only: `a - b / N` divides b. Where do brackets belong?"""
    return _softmax(logits) - np.eye(logits.shape[1])[labels] / len(labels)


def _one_shift_for_every_row(logits, labels):
    """Shifted by the largest logit of all rows, a far lower row is 0 / 0. Shift each by its own."""
    E = np.exp(logits - logits.max())
    return (E / E.sum(axis=1, keepdims=True) - np.eye(logits.shape[1])[labels]) / len(labels)


def _whole_one_subtracted(logits, labels):
    """You subtracted a whole 1 after the division by N: divide the difference instead."""
    dlogits = _softmax(logits) / len(labels)
    dlogits[np.arange(len(labels)), labels] -= 1
    return dlogits


softmax_cross_entropy_backward_exercise = Exercise(
    reference=softmax_cross_entropy_backward,
    cases=labelled_cases,
    points=4,
    mistakes=(
        _mean_not_carried,
        _slope_applied_twice,
        _target_minus_softmax,
        _target_not_subtracted,
        _subtracted_everywhere,
        _unshifted_exponentials,
        _down_the_columns,
        _divided_by_all_entries,
        _one_everywhere,
        _only_the_true_class,
        _label_divided_alone,
        _one_shift_for_every_row,
        _whole_one_subtracted,
    ),
    difficulty=3,
    minutes=10,
    follow_up="Why do its rows add up to 0, and what does that say about a constant added to z?",
    follow_up_answer=(
        "The softmax and the one-hot label of a row both add up to 1, so their difference adds up "
        "to 0. That sum is the slope of the loss when all logits of a row rise together, so a "
        "constant added to them changes nothing. This is why the shift by the maximum is exact."
    ),
    asked=(*SCREEN, *PAIRING),
)
