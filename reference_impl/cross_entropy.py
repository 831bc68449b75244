"""Cross-entropy over classes: from logits, and from probabilities, each with its gradient.

`softmax_cross_entropy` is the one to train with. For two classes see `binary_cross_entropy`.
"""

import numpy as np

from reference_impl._checks import as_floats, check_labels, check_number, check_range, same_shape
from reference_impl._reduction import divisor, reduce_losses, weigh
from reference_impl.softmax import log_softmax, softmax

__all__ = [
    "categorical_cross_entropy",
    "categorical_cross_entropy_backward",
    "softmax_cross_entropy",
    "softmax_cross_entropy_backward",
    "sparse_categorical_cross_entropy",
    "sparse_categorical_cross_entropy_backward",
]


def softmax_cross_entropy(
    logits, labels, *, class_weights=None, label_smoothing=0.0, ignore_index=None, reduction="mean"
):
    """Compute the cross-entropy of the softmax of logits, in nats.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Unnormalised scores, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    class_weights : ndarray of shape (C,), optional
        Factor of each class, not negative. All 1 if not given.
    label_smoothing : float, default=0.0
        Share of the target that is spread evenly over all classes, in [0, 1].
    ignore_index : int, optional
        Examples with this label cost nothing and do not count. PyTorch's default is -100.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the examples. The mean divides by the weights of the true
        classes, added up, as in PyTorch; without weights, by the number of examples.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``-log(softmax(logits[n])[labels[n]])``; an array, one loss an example, for
        ``"none"``.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is outside ``[0, C)``, a weight is negative or not finite,
        ``label_smoothing`` is outside [0, 1], ``reduction`` is unknown or the mean is over nothing.

    Notes
    -----
    The probabilities are never formed and then logged: ``log(softmax(z))`` is ``-inf`` where
    softmax underflows, and `log_softmax` is not.

    References
    ----------
    .. [1] C. Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR,
       2016, arXiv:1512.00567, section 7 (label smoothing).

    Examples
    --------
    >>> import numpy as np
    >>> loss = softmax_cross_entropy(np.zeros((1, 2)), np.array([0]))
    >>> round(float(loss), 4)  # Two equal scores: log 2.
    0.6931
    """
    logits, Q, weight = _targets(logits, labels, class_weights, label_smoothing, ignore_index)
    losses = weigh(Q, -log_softmax(logits)).sum(axis=1)
    return reduce_losses(losses, reduction, weight)


def softmax_cross_entropy_backward(
    logits, labels, *, class_weights=None, label_smoothing=0.0, ignore_index=None, reduction="mean"
):
    """Compute the gradient of `softmax_cross_entropy`.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Unnormalised scores, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    class_weights : ndarray of shape (C,), optional
        Factor of each class.
    label_smoothing : float, default=0.0
        Share of the target that is spread evenly over all classes.
    ignore_index : int, optional
        Examples with this label get a gradient of 0.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `softmax_cross_entropy`; ``"none"`` gives row ``n`` the gradient of loss
        ``n``.

    Returns
    -------
    dlogits : ndarray of shape (N, C)
        ``softmax(logits) - onehot(labels)``, over N for ``"mean"``; rows sum to 0.

    Raises
    ------
    ValueError
        As `softmax_cross_entropy`.

    Examples
    --------
    >>> import numpy as np
    >>> softmax_cross_entropy_backward(np.zeros((2, 2)), np.array([0, 1]))
    array([[-0.25,  0.25],
           [ 0.25, -0.25]])
    """
    logits, Q, weight = _targets(logits, labels, class_weights, label_smoothing, ignore_index)
    dlogits = softmax(logits) * Q.sum(axis=1, keepdims=True) - Q
    # Rows sum to 0. So the entry of the largest score is minus the others, which keeps its digits
    # where a confident hit would leave 1 - 1 = 0.
    top = np.arange(len(logits)), logits.argmax(axis=1)
    dlogits[top] = 0.0
    dlogits[top] = 0.0 - dlogits.sum(axis=1)
    return dlogits / divisor(reduction, weight)


def _targets(logits, labels, class_weights, label_smoothing, ignore_index):
    """Return the logits as floats, the target distributions Q (N, C) and the weight of the batch.

    Whatever the options are, the loss of row ``n`` is ``-Q[n] @ log_softmax(logits[n])``.
    """
    (logits,) = as_floats(logits)
    if logits.ndim != 2 or logits.shape[1] == 0:
        raise ValueError(f"logits must have shape (N, C) with C > 0, got {logits.shape}")
    n_examples, n_classes = logits.shape
    smoothing = check_number("label_smoothing", label_smoothing, 0, 1)
    labels = np.asarray(labels)
    if ignore_index is not None:
        counts = labels != ignore_index
        labels = np.where(counts, labels, 0)
    labels = check_labels(labels, n_examples, n_classes)

    Q = np.full(logits.shape, smoothing / n_classes, logits.dtype)
    Q[np.arange(n_examples), labels] += 1 - smoothing
    weights = np.ones(n_examples, logits.dtype)
    if class_weights is not None:
        class_weights = np.asarray(class_weights, logits.dtype)
        if class_weights.shape != (n_classes,):
            raise ValueError(
                f"class_weights must have shape ({n_classes},), got {class_weights.shape}"
            )
        check_range("class_weights", class_weights, 0, np.finfo(logits.dtype).max)
        Q, weights = Q * class_weights, class_weights[labels]
    if ignore_index is not None:
        Q, weights = Q * counts[:, np.newaxis], weights * counts
    return logits, Q, weights.sum()


def categorical_cross_entropy(probs, Y, *, reduction="mean"):
    """Compute the cross-entropy of probabilities against target distributions, in nats.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        Predicted probabilities, one example a row.
    Y : ndarray of shape (N, C)
        Target distributions: one-hot rows or soft ones.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the examples. The mean is over N, not over N * C entries.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``-sum_c Y[n, c] * log(probs[n, c])``; an array, one loss an example, for
        ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ or are not (N, C), an entry is outside [0, 1], ``reduction`` is unknown
        or the mean is over nothing.

    Notes
    -----
    Logarithms are clamped at -100, as PyTorch does for two classes: a perfect prediction costs 0
    instead of ``0 * -inf = nan``.

    Examples
    --------
    >>> import numpy as np
    >>> probs, Y = np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([[1, 0], [0, 1]])
    >>> categorical_cross_entropy(probs, Y, reduction="none").round(4)
    array([0.6931, 0.    ])
    """
    probs, Y = _distributions(probs, Y)
    losses = 0.0 - (Y * _clamped_log(probs)).sum(axis=1)
    return reduce_losses(losses, reduction)


def categorical_cross_entropy_backward(probs, Y, *, reduction="mean"):
    """Compute the gradient of `categorical_cross_entropy`.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        Predicted probabilities, one example a row.
    Y : ndarray of shape (N, C)
        Target distributions: one-hot rows or soft ones.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `categorical_cross_entropy`; ``"none"`` gives row ``n`` the gradient of
        loss ``n``.

    Returns
    -------
    dprobs : ndarray of shape (N, C)
        ``-Y / probs``, over N for ``"mean"``. The denominator is at least 1e-12.

    Raises
    ------
    ValueError
        As `categorical_cross_entropy`.

    Examples
    --------
    >>> import numpy as np
    >>> categorical_cross_entropy_backward(np.array([[0.25, 0.75]]), np.array([[1, 0]]))
    array([[-4.,  0.]])
    """
    probs, Y = _distributions(probs, Y)
    return (0.0 - Y / np.maximum(probs, 1e-12)) / divisor(reduction, len(probs))


def sparse_categorical_cross_entropy(probs, labels, *, reduction="mean"):
    """Compute the cross-entropy of probabilities against integer labels, in nats.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        Predicted probabilities, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the examples.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``-log(probs[n, labels[n]])``, the logarithm clamped at -100; an array, one
        loss an example, for ``"none"``.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is outside ``[0, C)``, a probability outside [0, 1],
        ``reduction`` is unknown or the mean is over nothing.

    Notes
    -----
    ``probs[:, labels]`` would be an (N, N) block; the pair of index arrays takes one entry a row.

    Examples
    --------
    >>> import numpy as np
    >>> probs, labels = np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([0, 1])
    >>> sparse_categorical_cross_entropy(probs, labels, reduction="none").round(4)
    array([0.6931, 0.    ])
    """
    probs, rows, labels = _probabilities(probs, labels)
    return reduce_losses(0.0 - _clamped_log(probs[rows, labels]), reduction)


def sparse_categorical_cross_entropy_backward(probs, labels, *, reduction="mean"):
    """Compute the gradient of `sparse_categorical_cross_entropy`.

    Parameters
    ----------
    probs : ndarray of shape (N, C)
        Predicted probabilities, one example a row.
    labels : ndarray of int of shape (N,)
        The true class of each example, in ``[0, C)``.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `sparse_categorical_cross_entropy`; ``"none"`` gives row ``n`` the gradient
        of loss ``n``.

    Returns
    -------
    dprobs : ndarray of shape (N, C)
        ``-1 / probs`` at the true class, else 0; over N for ``"mean"``. The denominator is at least
        1e-12.

    Raises
    ------
    ValueError
        As `sparse_categorical_cross_entropy`.

    Examples
    --------
    >>> import numpy as np
    >>> sparse_categorical_cross_entropy_backward(np.array([[0.25, 0.75]]), np.array([0]))
    array([[-4.,  0.]])
    """
    probs, rows, labels = _probabilities(probs, labels)
    dprobs = np.zeros_like(probs)
    dprobs[rows, labels] = -1.0 / np.maximum(probs[rows, labels], 1e-12)
    return dprobs / divisor(reduction, len(probs))


def _clamped_log(probs):
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(probs), -100.0)


def _distributions(probs, Y):
    probs, Y = same_shape(probs=probs, Y=Y)
    if probs.ndim != 2:
        raise ValueError(f"probs and Y must have shape (N, C), got {probs.shape}")
    check_range("probs", probs, 0, 1)
    check_range("Y", Y, 0, 1)
    return probs, Y


def _probabilities(probs, labels):
    (probs,) = as_floats(probs)
    if probs.ndim != 2:
        raise ValueError(f"probs must have shape (N, C), got {probs.shape}")
    check_range("probs", probs, 0, 1)
    return probs, np.arange(len(probs)), check_labels(labels, *probs.shape)
