"""Fully connected (affine) layer."""

__all__ = ["linear_backward", "linear_forward"]


def linear_forward(X, W, b):
    """Apply a fully connected layer to a batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W : ndarray of shape (D, M)
        Column ``j`` holds the weights of output unit ``j``.
    b : ndarray of shape (M,)
        One offset an output unit.

    Returns
    -------
    Z : ndarray of shape (N, M)
        ``Z[n, j] = sum_d X[n, d] * W[d, j] + b[j]``.
    cache : tuple of ndarray
        ``(X, W)``, for `linear_backward`.

    Raises
    ------
    ValueError
        If the three shapes do not fit together.

    Notes
    -----
    PyTorch stores its weight as (M, D); here ``W`` is (D, M), as on a whiteboard.

    Examples
    --------
    >>> import numpy as np
    >>> X, W, b = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0])
    >>> Z, cache = linear_forward(X, W, b)
    >>> Z
    array([[16.]])
    """
    # A bias of shape (N, 1) would broadcast without a word.
    if X.shape[1:] != W.shape[:1] or b.shape != W.shape[1:]:
        raise ValueError(f"shapes do not fit: X {X.shape}, W {W.shape}, b {b.shape}")
    W = W * 1.0  # Integers become float64; float32 stays.
    Z = X @ W + b
    cache = (X, W)
    return Z, cache


def linear_backward(dZ, cache):
    """Compute the gradients of a fully connected layer.

    Each gradient has the shape of what it belongs to, and only one product of the arrays
    at hand has that shape.

    Parameters
    ----------
    dZ : ndarray of shape (N, M)
        Gradient of the loss with respect to the output of `linear_forward`.
    cache : tuple of ndarray
        The cache `linear_forward` returned, ``(X, W)``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to ``X``, ``dZ @ W.T``.
    dW : ndarray of shape (D, M)
        Gradient with respect to ``W``, ``X.T @ dZ``.
    db : ndarray of shape (M,)
        Gradient with respect to ``b``, the sum of the rows of ``dZ``.

    Raises
    ------
    ValueError
        If ``dZ`` has not the shape of the output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", MIT Press, 2016,
       section 6.5.6.

    Examples
    --------
    >>> import numpy as np
    >>> X, W = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])
    >>> dX, dW, db = linear_backward(np.array([[10.0]]), (X, W))
    >>> dX
    array([[30., 40.]])
    >>> dW
    array([[10.],
           [20.]])
    >>> db
    array([10.])
    """
    X, W = cache
    if dZ.shape != (len(X), W.shape[1]):
        raise ValueError(f"dZ has shape {dZ.shape}, the output had {(len(X), W.shape[1])}")
    dZ = dZ * 1.0
    dX = dZ @ W.T
    dW = X.T @ dZ
    # The forward pass broadcast one bias over N rows, so N gradients add up.
    db = dZ.sum(axis=0)
    return dX, dW, db
