"""Softmax cross-entropy and its gradient in one go: what a training loop calls every batch."""

import numpy as np

__all__ = ["softmax_cross_entropy_with_gradient"]


def softmax_cross_entropy_with_gradient(logits, labels):
    """Compute the mean softmax cross-entropy and its gradient, sharing the work.

    Equal to `softmax_cross_entropy` and `softmax_cross_entropy_backward` without their options, in
    half the time.

    Parameters
    ----------
    logits : ndarray of shape (N, C)
        Scores before softmax, one example a row.
    labels : ndarray of shape (N,)
        Classes, integers from 0 to C - 1.

    Returns
    -------
    loss : float
        ``mean(-log(softmax(logits)[n, labels[n]]))``.
    dlogits : ndarray of shape (N, C)
        ``(softmax(logits) - onehot(labels)) / N``.

    Raises
    ------
    ValueError
        If the shapes do not fit, the batch is empty, or a label is not an integer in [0, C).

    Examples
    --------
    >>> import numpy as np
    >>> loss, dlogits = softmax_cross_entropy_with_gradient(np.array([[0.0, 0.0]]), np.array([1]))
    >>> round(loss, 4), dlogits
    (0.6931, array([[ 0.5, -0.5]]))
    """
    logits, labels = np.multiply(logits, 1.0), np.asarray(labels)
    if logits.ndim != 2 or not logits.size or labels.shape != logits.shape[:1]:
        raise ValueError(f"need (N, C) and (N,), not empty, got {logits.shape} and {labels.shape}")
    n_examples, n_classes = logits.shape
    if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= n_classes:
        got = f"{labels.min()}..{labels.max()} of kind {labels.dtype}"
        raise ValueError(f"labels must be integers in [0, {n_classes}), got {got}")
    rows = np.arange(n_examples)
    # Softmax is unchanged by a shift of its row; with the maximum at 0, exp cannot overflow.
    shifted = logits - logits.max(axis=1, keepdims=True)
    exps = np.exp(shifted)
    sums = exps.sum(axis=1, keepdims=True)
    # log(softmax) as a difference: softmax may underflow to 0, of which there is no log.
    loss = float(np.mean(np.log(sums[:, 0]) - shifted[rows, labels]))
    dlogits = exps / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / n_examples
