"""Cross-entropy over classes, from probabilities and one-hot labels."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.loss_functions.log_softmax import log_softmax


def categorical_cross_entropy(probs, onehot):
    """Compute the mean cross-entropy of probabilities and one-hot targets.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        One distribution a row; entries may be exactly 0 or 1.
    onehot : ndarray of shape (N, C)
        Targets, one distribution a row.

    Returns
    -------
    loss : float
        Mean over the N rows of ``-sum_c onehot * log(probs)`` in nats,
        each log clamped at -100.
    """
    with np.errstate(divide="ignore"):
        log_probs = np.maximum(np.log(probs), -100)
    return float(-np.mean((onehot * log_probs).sum(axis=1)))


def _softmax(Z):
    return np.exp(log_softmax(Z))


def _onehot(labels, n_classes):
    return np.eye(n_classes)[labels]


def onehot_cases(rng):
    labels = rng.integers(0, 3, size=5)
    yield case(
        "five examples, three classes", _softmax(rng.normal(size=(5, 3))), _onehot(labels, 3)
    )
    yield case("a batch of one", _softmax(rng.normal(size=(1, 4))), _onehot([2], 4))
    yield case("perfect predictions", np.eye(3), np.eye(3), quiet=True)
    yield case("certain and wrong", np.eye(2), np.eye(2)[::-1].copy(), quiet=True)
    yield case("soft targets", _softmax(rng.normal(size=(2, 3))), _softmax(rng.normal(size=(2, 3))))


def _mean_over_all_entries(probs, onehot):
    """Average over the N rows, not over the N * C entries: yours is too small by the factor C."""
    return categorical_cross_entropy(probs, onehot) / probs.shape[1]


def _sum_over_the_batch(probs, onehot):
    """Duplicate the batch: a mean loss must not change, and yours doubles."""
    return categorical_cross_entropy(probs, onehot) * len(probs)


def _zero_times_minus_infinity(probs, onehot):
    """A perfect one-hot prediction must cost 0, but 0 * log(0) is nan."""
    return float(-np.mean((onehot * np.log(probs)).sum(axis=1)))


def _minus_forgotten(probs, onehot):
    """The logs are at most 0; the minus in front makes it a loss."""
    return -categorical_cross_entropy(probs, onehot)


def _arguments_swapped(probs, onehot):
    """The log belongs to the prediction; you took it of the target."""
    return categorical_cross_entropy(onehot, probs)


def _hard_labels(probs, onehot):
    """A target row may be a distribution: with soft targets every class counts, not the largest."""
    with np.errstate(divide="ignore"):
        log_probs = np.maximum(np.log(probs), -100)
    return float(-log_probs[np.arange(len(probs)), onehot.argmax(axis=1)].mean())


def _epsilon_inside(probs, onehot):
    """A tiny number inside the log caps a certain mistake at 27.6. Bound the log itself instead."""
    return float(-(onehot * np.log(probs + 1e-12)).sum(axis=1).mean())


def _divergence(probs, onehot):
    """You subtracted the entropy of the target: that is KL. With soft targets the two differ."""
    return categorical_cross_entropy(probs, onehot) - categorical_cross_entropy(onehot, onehot)


def _clipped_early(probs, onehot):
    """You clip at 1e-7, so a certain mistake costs 16.1; here the log is clamped at -100."""
    return float(-(onehot * np.log(np.clip(probs, 1e-7, 1 - 1e-7))).sum(axis=1).mean())


def _nan_skipped(probs, onehot):
    """The nan is gone and the inf is not: a certain mistake should cost 100. Bound the log."""
    with np.errstate(all="ignore"):
        return float(-np.nansum(onehot * np.log(probs)) / len(probs))


def _warns_at_zero(probs, onehot):
    """Right, and log(0) warns on the way. `np.errstate(divide="ignore")` says you expect it."""
    return float(-np.mean((onehot * np.maximum(np.log(probs), -100)).sum(axis=1)))


def _averaged_over_classes(probs, onehot):
    """You summed over the batch and averaged over C: sum over axis 1, then average the rows."""
    with np.errstate(divide="ignore"):
        log_probs = np.maximum(np.log(probs), -100)
    return float(-np.mean((onehot * log_probs).sum(axis=0)))


categorical_cross_entropy_exercise = Exercise(
    reference=categorical_cross_entropy,
    cases=onehot_cases,
    points=2,
    mistakes=(
        _mean_over_all_entries,
        _sum_over_the_batch,
        _zero_times_minus_infinity,
        _minus_forgotten,
        _arguments_swapped,
        _hard_labels,
        _epsilon_inside,
        _divergence,
        _clipped_early,
        _nan_skipped,
        _warns_at_zero,
        _averaged_over_classes,
    ),
    minutes=7,
    follow_up="The labels are integers now. What do you save, and what stays the same?",
    follow_up_answer=(
        "I save the one-hot array of N · C numbers and the product with it: "
        "`log_probs[np.arange(N), labels]` picks one entry a row. The loss and its gradient stay "
        "the same, and the predictions still take N · C numbers. Soft labels need the dense form."
    ),
)
