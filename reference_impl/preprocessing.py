"""Splitting and standardising without a look at the data one will be judged on."""

import numpy as np

__all__ = ["fit_standardiser", "split", "standardise"]


def split(X, y, rng, *, val_fraction=0.2, test_fraction=0.2):
    """Split a data set at random into training, validation and test set.

    Parameters
    ----------
    X : ndarray of shape (N, ...)
        One example a row.
    y : ndarray of shape (N, ...)
        Their targets.
    rng : numpy.random.Generator
        Source of the order.
    val_fraction : float, default=0.2
        Share of the examples in the validation set, rounded to a whole number of them.
    test_fraction : float, default=0.2
        Share of the examples in the test set.

    Returns
    -------
    train_set : tuple of (ndarray, ndarray)
        ``(X, y)`` of the examples left over.
    val_set : tuple of (ndarray, ndarray)
        To choose settings and the moment to stop by.
    test_set : tuple of (ndarray, ndarray)
        To be used once, at the end.

    Raises
    ------
    ValueError
        If ``X`` and ``y`` differ in length, a share is negative, or both together leave nothing.

    Notes
    -----
    A random split is right for independent examples. Series are split by time, and several rows
    of one person or one image go to one side together.

    Examples
    --------
    >>> import numpy as np
    >>> X, y = np.arange(10.0)[:, None], np.arange(10)
    >>> [len(part) for _, part in split(X, y, np.random.default_rng(0))]
    [6, 2, 2]
    """
    if len(X) != len(y):
        raise ValueError(f"X and y have shapes {np.shape(X)} and {np.shape(y)}: lengths differ")
    if not (0 <= val_fraction and 0 <= test_fraction and val_fraction + test_fraction < 1):
        got = f"val_fraction={val_fraction}, test_fraction={test_fraction}"
        raise ValueError(f"shares must be at least 0 and together below 1, got {got}")
    order = rng.permutation(len(X))
    n_val, n_test = round(val_fraction * len(X)), round(test_fraction * len(X))
    val, test, train = np.split(order, [n_val, n_val + n_test])
    return tuple((X[rows], y[rows]) for rows in (train, val, test))


def fit_standardiser(X_train):
    """Measure the columns of the training set: the only data a model may learn scales from.

    Parameters
    ----------
    X_train : ndarray of shape (N, D)
        One example a row.

    Returns
    -------
    mu : ndarray of shape (D,)
        Mean of each column.
    sigma : ndarray of shape (D,)
        Standard deviation of each column, of the biased kind; 1 where a column is constant.

    Raises
    ------
    ValueError
        If there are no rows, or not two axes.

    Examples
    --------
    >>> import numpy as np
    >>> fit_standardiser(np.array([[1.0, 5.0], [3.0, 5.0]]))
    (array([2., 5.]), array([1., 1.]))
    """
    if np.ndim(X_train) != 2 or len(X_train) == 0:
        raise ValueError(f"X_train must have rows and two axes, got shape {np.shape(X_train)}")
    X_train = np.multiply(X_train, 1.0)
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    # Rounding leaves a constant column a tiny spread; to divide by it would blow up the noise.
    tiny = 10 * np.finfo(X_train.dtype).eps * np.abs(mu)
    return mu, np.where(sigma <= tiny, np.ones_like(sigma), sigma)


def standardise(X, mu, sigma):
    """Shift and scale the columns by what `fit_standardiser` measured on the training set.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        Any set: training, validation, test, or a single example.
    mu : ndarray of shape (D,)
        Mean of each column of the training set.
    sigma : ndarray of shape (D,)
        Standard deviation of each column of the training set.

    Returns
    -------
    Z : ndarray of shape (N, D)
        ``(X - mu) / sigma``. Only the training set has mean 0 and variance 1 exactly.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a standard deviation is not positive.

    Examples
    --------
    >>> import numpy as np
    >>> mu, sigma = fit_standardiser(np.array([[1.0], [3.0]]))
    >>> standardise(np.array([[6.0]]), mu, sigma)
    array([[4.]])
    """
    shapes = np.shape(X), np.shape(mu), np.shape(sigma)
    if not shapes[0][1:] == shapes[1] == shapes[2]:
        raise ValueError(f"X, mu and sigma have shapes {shapes[0]}, {shapes[1]} and {shapes[2]}")
    if not np.all(np.asarray(sigma) > 0):
        raise ValueError(f"sigma must be positive, got {np.min(sigma)}")
    # 1.0 first: an unsigned integer would wrap around below 0.
    return (np.multiply(X, 1.0) - mu) / sigma
