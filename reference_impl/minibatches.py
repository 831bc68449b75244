"""Cutting a data set into mini-batches."""

import numpy as np

__all__ = ["minibatches"]


def minibatches(X, y, batch_size, rng, *, shuffle=True):
    """Yield every example once, in batches; the last may be smaller.

    Parameters
    ----------
    X : ndarray of shape (N, ...)
        One example a row.
    y : ndarray of shape (N, ...)
        Their targets, in the same order.
    batch_size : int
        Examples in a batch, at least 1.
    rng : numpy.random.Generator
        Source of the order. It moves on, so that each epoch has an order of its own.
    shuffle : bool, default=True
        Whether to draw the order, or to keep the given one.

    Yields
    ------
    X_batch : ndarray
        Some rows of ``X``, a copy.
    y_batch : ndarray
        Their targets, in the same order.

    Raises
    ------
    ValueError
        At the first batch, if ``X`` and ``y`` differ in length or `batch_size` is not a positive
        integer.

    Notes
    -----
    One order serves both arrays: to shuffle each by itself would give examples the targets of
    others. PyTorch's `DataLoader` too keeps the smaller last batch, unless ``drop_last`` is set.

    Examples
    --------
    >>> import numpy as np
    >>> X, y = np.array([[1.0], [2.0], [3.0]]), np.array([10, 20, 30])
    >>> for X_batch, y_batch in minibatches(X, y, 2, np.random.default_rng(0), shuffle=False):
    ...     print(X_batch.ravel(), y_batch)
    [1. 2.] [10 20]
    [3.] [30]
    """
    if len(X) != len(y):
        raise ValueError(f"X and y have shapes {np.shape(X)} and {np.shape(y)}: lengths differ")
    if batch_size < 1 or batch_size != int(batch_size):
        raise ValueError(f"batch_size must be an integer of at least 1, got {batch_size}")
    order = rng.permutation(len(X)) if shuffle else np.arange(len(X))
    for start in range(0, len(X), int(batch_size)):
        rows = order[start : start + int(batch_size)]
        yield X[rows], y[rows]
