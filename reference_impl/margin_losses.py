"""Losses that ask for a margin: hinge, multi-class hinge and triplet margin."""

import numpy as np

from reference_impl._checks import as_floats, check_labels, check_number, same_shape
from reference_impl._reduction import divisor, reduce_losses

__all__ = [
    "hinge",
    "hinge_backward",
    "multiclass_hinge",
    "multiclass_hinge_backward",
    "triplet_margin",
    "triplet_margin_backward",
]


def hinge(scores, y, *, reduction="mean"):
    """Compute the hinge loss of a linear classifier.

    Parameters
    ----------
    scores : ndarray
        Raw scores, not probabilities, of any shape.
    y : ndarray
        Labels -1 or +1, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``max(0, 1 - y * scores)``; the array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, a label is not -1 or +1, ``reduction`` is unknown or the mean is over
        nothing.

    Notes
    -----
    A label 0 would cost 1 whatever the score is, so it is refused.

    References
    ----------
    .. [1] C. Cortes and V. Vapnik, "Support-vector networks", Machine Learning 20, 1995, section 3.

    Examples
    --------
    >>> import numpy as np
    >>> hinge(np.array([2.0, 0.5, -1.0]), np.array([1, 1, 1]), reduction="none")
    array([0. , 0.5, 2. ])
    """
    scores, y = _signed(scores, y)
    return reduce_losses(np.maximum(1.0 - y * scores, 0.0), reduction)


def hinge_backward(scores, y, *, reduction="mean"):
    """Compute the gradient of `hinge`.

    Parameters
    ----------
    scores : ndarray
        Raw scores, of any shape.
    y : ndarray
        Labels -1 or +1, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `hinge`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dscores : ndarray
        ``-y`` where the margin ``y * scores`` is below 1, else 0; over the number of elements for
        ``"mean"``. At a margin of exactly 1 the slope is 0.

    Raises
    ------
    ValueError
        As `hinge`.

    Examples
    --------
    >>> import numpy as np
    >>> hinge_backward(np.array([2.0, 0.5, 1.0]), np.array([1, 1, 1]), reduction="sum")
    array([ 0., -1.,  0.])
    """
    scores, y = _signed(scores, y)
    return np.where(y * scores < 1, -y, 0.0) / divisor(reduction, scores.size)


def multiclass_hinge(scores, labels, *, margin=1.0, divide_by_classes=True, reduction="mean"):
    """Compute the multi-class hinge loss of Weston and Watkins.

    Parameters
    ----------
    scores : ndarray of shape (N, C)
        Raw scores, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    margin : float, default=1.0
        By how much the true class must lead, positive.
    divide_by_classes : bool, default=True
        Whether the sum over the wrong classes is divided by C, as PyTorch does and CS231n does not.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the examples.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``sum_j max(0, margin + scores[n, j] - scores[n, labels[n]]) / C`` over the
        wrong classes ``j``; an array, one loss an example, for ``"none"``.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is outside ``[0, C)``, ``margin`` is not positive and finite,
        ``reduction`` is unknown or the mean is over nothing.

    References
    ----------
    .. [1] J. Weston and C. Watkins, "Support vector machines for multi-class pattern recognition",
       ESANN, 1999, section 3.

    Examples
    --------
    >>> import numpy as np
    >>> scores, labels = np.array([[3.0, 5.0, 2.5, 0.0]]), np.array([0])
    >>> float(multiclass_hinge(scores, labels))  # (3 + 0.5) / 4
    0.875
    """
    excess, _ = _excess(scores, labels, margin)
    per_example = excess.shape[1] if divide_by_classes else 1
    return reduce_losses(excess.sum(axis=1) / per_example, reduction)


def multiclass_hinge_backward(
    scores, labels, *, margin=1.0, divide_by_classes=True, reduction="mean"
):
    """Compute the gradient of `multiclass_hinge`.

    Parameters
    ----------
    scores : ndarray of shape (N, C)
        Raw scores, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    margin : float, default=1.0
        By how much the true class must lead.
    divide_by_classes : bool, default=True
        Whether the sum over the wrong classes is divided by C.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `multiclass_hinge`; ``"none"`` gives row ``n`` the gradient of loss ``n``.

    Returns
    -------
    dscores : ndarray of shape (N, C)
        1 at each wrong class that comes too close, minus their number at the true class; divided as
        the loss. Rows sum to 0; at exactly the margin the slope is 0.

    Raises
    ------
    ValueError
        As `multiclass_hinge`.

    Examples
    --------
    >>> import numpy as np
    >>> scores, labels = np.array([[3.0, 5.0, 2.5, 0.0]]), np.array([0])
    >>> multiclass_hinge_backward(scores, labels)
    array([[-0.5 ,  0.25,  0.25,  0.  ]])
    """
    excess, true = _excess(scores, labels, margin)
    dscores = (excess > 0).astype(excess.dtype)
    dscores[true] = 0.0 - dscores.sum(axis=1)
    per_example = excess.shape[1] if divide_by_classes else 1
    return dscores / per_example / divisor(reduction, len(excess))


def triplet_margin(anchor, positive, negative, *, margin=1.0, reduction="mean"):
    """Compute the triplet loss: the positive must be nearer than the negative.

    Each triplet is clamped at 0 before the mean, so that an easy one does not pay for a hard one.

    Parameters
    ----------
    anchor : ndarray of shape (N, D)
        Embeddings, one a row.
    positive : ndarray of shape (N, D)
        Embeddings of the anchors' own kind.
    negative : ndarray of shape (N, D)
        Embeddings of another kind.
    margin : float, default=1.0
        By how much nearer, not negative.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the triplets.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``max(0, |anchor - positive| - |anchor - negative| + margin)``; an array, one
        loss a triplet, for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ or are not (N, D), ``margin`` is negative or not finite, ``reduction``
        is unknown or the mean is over nothing.

    Notes
    -----
    Distances are Euclidean. FaceNet squares them; PyTorch adds ``eps=1e-6`` to every difference.

    References
    ----------
    .. [1] F. Schroff, D. Kalenichenko and J. Philbin, "FaceNet: a unified embedding for face
       recognition and clustering", CVPR, 2015, arXiv:1503.03832, equation 2.

    Examples
    --------
    >>> import numpy as np
    >>> anchor, far, near = np.zeros((1, 2)), np.array([[3.0, 4.0]]), np.array([[0.0, 2.0]])
    >>> float(triplet_margin(anchor, far, near))  # 5 - 2 + 1
    4.0
    """
    excess, _, _ = _triplets(anchor, positive, negative, margin)
    return reduce_losses(np.maximum(excess, 0.0), reduction)


def triplet_margin_backward(anchor, positive, negative, *, margin=1.0, reduction="mean"):
    """Compute the gradients of `triplet_margin`.

    Parameters
    ----------
    anchor : ndarray of shape (N, D)
        Embeddings, one a row.
    positive : ndarray of shape (N, D)
        Embeddings of the anchors' own kind.
    negative : ndarray of shape (N, D)
        Embeddings of another kind.
    margin : float, default=1.0
        By how much nearer.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `triplet_margin`; ``"none"`` gives row ``n`` the gradient of loss ``n``.

    Returns
    -------
    danchor : ndarray of shape (N, D)
        Gradient with respect to ``anchor``, ``-(dpositive + dnegative)``.
    dpositive : ndarray of shape (N, D)
        The unit vector from anchor to positive, where the triplet costs anything; else 0.
    dnegative : ndarray of shape (N, D)
        Minus the unit vector from anchor to negative, where the triplet costs anything; else 0.

    Raises
    ------
    ValueError
        As `triplet_margin`.

    Notes
    -----
    Where two embeddings coincide the distance has no direction, and the gradient is 0.

    Examples
    --------
    >>> import numpy as np
    >>> anchor, far, near = np.zeros((1, 2)), np.array([[3.0, 4.0]]), np.array([[0.0, 2.0]])
    >>> danchor, dpositive, dnegative = triplet_margin_backward(anchor, far, near)
    >>> dpositive
    array([[0.6, 0.8]])
    """
    excess, to_positive, to_negative = _triplets(anchor, positive, negative, margin)
    active = (excess > 0)[:, np.newaxis]  # (N, 1)
    n = divisor(reduction, len(excess))
    dpositive, dnegative = active * to_positive / n, active * -to_negative / n
    return -(dpositive + dnegative), dpositive, dnegative


def _signed(scores, y):
    scores, y = same_shape(scores=scores, y=y)
    if not np.all(np.abs(y) == 1):
        raise ValueError(f"labels must be -1 or +1, got {np.unique(y)}")
    return scores, y


def _excess(scores, labels, margin):
    """Return how far each class comes too close (N, C), 0 at the true one, and the true ones."""
    (scores,) = as_floats(scores)
    if scores.ndim != 2:
        raise ValueError(f"scores must have shape (N, C), got {scores.shape}")
    margin = check_number("margin", margin, 0, open_low=True)
    true = np.arange(len(scores)), check_labels(labels, *scores.shape)
    excess = np.maximum(margin + (scores - scores[true][:, np.newaxis]), 0.0)
    excess[true] = 0.0
    return excess, true


def _triplets(anchor, positive, negative, margin):
    anchor, positive, negative = same_shape(anchor=anchor, positive=positive, negative=negative)
    if anchor.ndim != 2:
        raise ValueError(f"embeddings must have shape (N, D), got {anchor.shape}")
    margin = check_number("margin", margin, 0)
    near, to_positive = _distance(positive - anchor)
    far, to_negative = _distance(negative - anchor)
    return near - far + margin, to_positive, to_negative


def _distance(difference):
    """Return the length of each row and its direction; squares neither overflow nor vanish."""
    largest = np.abs(difference).max(axis=1, keepdims=True, initial=0.0)
    scaled = difference / np.where(largest > 0, largest, 1.0)
    length = np.sqrt((scaled**2).sum(axis=1, keepdims=True))
    # The largest entry of a row is now 1, so a length is at least 1, or 0.
    return (largest * length)[:, 0], scaled / np.maximum(length, 1.0)
