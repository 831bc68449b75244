"""Metrics of classification: what a loss stands in for.

Predictions come first, targets second, as in the losses; scikit-learn has them the other way
round. A ratio of nothing to nothing, such as the precision where no positive was predicted, is 0,
as in scikit-learn, but without a warning.
"""

import numpy as np

__all__ = [
    "accuracy",
    "average_precision",
    "confusion_matrix",
    "f1_score",
    "precision",
    "precision_recall_curve",
    "recall",
]


def accuracy(pred, target):
    """Compute the share of right predictions.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels.
    target : ndarray of shape (N,)
        True labels.

    Returns
    -------
    share : float
        ``mean(pred == target)``.

    Raises
    ------
    ValueError
        If the shapes differ, or there are no examples.

    Notes
    -----
    With 95 % of one class, always predicting it scores 0.95: look at `recall` too.

    Examples
    --------
    >>> accuracy([0, 1, 1, 2], [0, 1, 2, 2])
    0.75
    """
    pred, target = _labels(pred, target)
    if not target.size:
        raise ValueError("no examples to take a mean of")
    return float(np.mean(pred == target))


def confusion_matrix(pred, target, n_classes):
    """Count how often each class was taken for each.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels, integers of 0 to C - 1.
    target : ndarray of shape (N,)
        True labels, integers of 0 to C - 1.
    n_classes : int
        Number of classes, C.

    Returns
    -------
    counts : ndarray of shape (C, C)
        Row: the truth. Column: the prediction. The diagonal is right.

    Raises
    ------
    ValueError
        If the shapes differ or a label is not an integer from 0 to C - 1.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1, 0], [0, 1, 1, 1], 2)
    array([[1, 0],
           [1, 2]])
    """
    pred, target = _labels(pred, target)
    both = np.concatenate([pred, target])
    if both.size and (both.dtype.kind not in "iu" or both.min() < 0 or both.max() >= n_classes):
        raise ValueError(
            f"labels must be integers in [0, {n_classes}),"
            f" got {both.min()}..{both.max()} of kind {both.dtype}"
        )
    # Every pair of labels is one number in base C.
    pairs = target.astype(np.int64) * n_classes + pred.astype(np.int64)
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


def precision(pred, target, *, positive=1):
    """Compute the share of true positives among those predicted positive.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels.
    target : ndarray of shape (N,)
        True labels.
    positive : int, default=1
        The positive class; every other label is negative.

    Returns
    -------
    share : float
        ``true positives / (true positives + false positives)``; 0 if none was predicted.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> precision([1, 1, 1, 0], [1, 1, 0, 1])
    0.6666666666666666
    """
    true_positives, n_predicted, _ = _positives(pred, target, positive)
    return true_positives / n_predicted if n_predicted else 0.0


def recall(pred, target, *, positive=1):
    """Compute the share of the positives that were found.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels.
    target : ndarray of shape (N,)
        True labels.
    positive : int, default=1
        The positive class; every other label is negative.

    Returns
    -------
    share : float
        ``true positives / (true positives + false negatives)``; 0 if there are no positives.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> recall([1, 0, 0, 0], [1, 1, 0, 1])
    0.3333333333333333
    """
    true_positives, _, n_actual = _positives(pred, target, positive)
    return true_positives / n_actual if n_actual else 0.0


def f1_score(pred, target, *, positive=1):
    """Compute the harmonic mean of precision and recall.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels.
    target : ndarray of shape (N,)
        True labels.
    positive : int, default=1
        The positive class; every other label is negative.

    Returns
    -------
    score : float
        ``2 * precision * recall / (precision + recall)``; 0 if there are no positives, neither
        predicted nor true.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> f1_score([1, 1, 1, 0], [1, 0, 0, 0])
    0.5
    """
    true_positives, n_predicted, n_actual = _positives(pred, target, positive)
    # The harmonic mean with its fractions cleared: no 0/0 where precision and recall are both 0.
    return 2 * true_positives / (n_predicted + n_actual) if n_predicted + n_actual else 0.0


def precision_recall_curve(scores, target):
    """Compute precision and recall at every threshold.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        The higher, the more positive: logits or probabilities.
    target : ndarray of shape (N,)
        1 for positive, 0 for negative.

    Returns
    -------
    precisions : ndarray of shape (T,)
        Precision if all scores from the threshold on count as positive.
    recalls : ndarray of shape (T,)
        Recall of the same; it rises to 1.
    thresholds : ndarray of shape (T,)
        The T different scores, falling.

    Raises
    ------
    ValueError
        If the shapes differ, a score is NaN, or there is no positive.

    Notes
    -----
    Equal scores share a threshold: no order among them can be had. scikit-learn lists the points
    in rising order of threshold and adds a last one of precision 1 and recall 0.

    Examples
    --------
    >>> precisions, recalls, thresholds = precision_recall_curve([0.9, 0.8, 0.1], [1, 0, 1])
    >>> precisions.round(3), recalls
    (array([1.   , 0.5  , 0.667]), array([0.5, 0.5, 1. ]))
    """
    scores, target = _labels(scores, target)
    positive = target == 1
    if np.isnan(scores).any() or not positive.any():
        raise ValueError(f"need scores without nan and a positive, got {positive.sum()} positives")
    order = np.argsort(-scores, kind="stable")
    falling, hits = scores[order], np.cumsum(positive[order])
    last_of_ties = np.append(np.flatnonzero(falling[1:] != falling[:-1]), len(falling) - 1)
    found = hits[last_of_ties]
    return found / (last_of_ties + 1), found / hits[-1], falling[last_of_ties]


def average_precision(scores, target):
    """Compute the area under the precision-recall curve, as a sum of steps.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        The higher, the more positive: logits or probabilities.
    target : ndarray of shape (N,)
        1 for positive, 0 for negative.

    Returns
    -------
    area : float
        ``sum((recalls[k] - recalls[k - 1]) * precisions[k])`` over falling thresholds. Scores
        without any order reach the share of positives, not 1/2.

    Raises
    ------
    ValueError
        If the shapes differ, a score is NaN, or there is no positive.

    Notes
    -----
    Straight lines between the points would promise what no threshold keeps.

    References
    ----------
    .. [1] J. Davis and M. Goadrich, "The Relationship Between Precision-Recall and ROC Curves",
           ICML 2006, section 4.

    Examples
    --------
    >>> round(average_precision([0.9, 0.8, 0.1], [1, 0, 1]), 4)
    0.8333
    """
    precisions, recalls, _ = precision_recall_curve(scores, target)
    return float(np.sum(np.diff(recalls, prepend=0.0) * precisions))


def _labels(pred, target):
    """Return both as arrays of one axis and one length."""
    pred, target = np.asarray(pred), np.asarray(target)
    if pred.shape != target.shape or target.ndim != 1:
        raise ValueError(f"need two arrays of one shape (N,), got {pred.shape} and {target.shape}")
    return pred, target


def _positives(pred, target, positive):
    """Count the true positives, the predicted and the actual ones."""
    pred, target = _labels(pred, target)
    predicted, actual = pred == positive, target == positive
    return int((predicted & actual).sum()), int(predicted.sum()), int(actual.sum())
