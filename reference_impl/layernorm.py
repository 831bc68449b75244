"""Layer norm and RMS norm: every example is normalised by itself, so the batch does not matter."""

import numpy as np

from reference_impl._checks import as_floats, check_number

__all__ = ["layernorm_backward", "layernorm_forward", "rmsnorm_backward", "rmsnorm_forward"]


def layernorm_forward(X, gamma, beta, *, eps=1e-5):
    """Give each example mean 0 and variance 1, then scale and shift each feature.

    The same in training and afterwards; a batch of one is as good as any.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row; more leading axes, as in (N, T, D), work alike.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    eps : float, default=1e-5
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        ``gamma * X_hat + beta`` with ``X_hat = (X - mu) / sqrt(var + eps)``, ``mu`` and the biased
        ``var`` over the features.
    cache : tuple of ndarray
        ``(X_hat, gamma, std)``, for `layernorm_backward`.

    Raises
    ------
    ValueError
        If the shapes do not fit, or ``eps`` is negative or not finite.

    References
    ----------
    .. [1] J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization", 2016, arXiv:1607.06450,
       equation 4.

    Examples
    --------
    >>> import numpy as np
    >>> X, gamma, beta = np.array([[1.0, 3.0]]), np.array([10.0, 10.0]), np.array([0.0, 5.0])
    >>> out, cache = layernorm_forward(X, gamma, beta, eps=0.0)
    >>> out
    array([[-10.,  15.]])
    """
    eps = check_number("eps", eps, 0)
    X, gamma, beta = _features(X, gamma, beta)
    centered = X - X.mean(axis=-1, keepdims=True)
    std = np.sqrt((centered**2).mean(axis=-1, keepdims=True) + eps)
    X_hat = centered / std
    return gamma * X_hat + beta, (X_hat, gamma, std)


def layernorm_backward(dout, cache):
    """Compute the gradients of `layernorm_forward`.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output of `layernorm_forward`.
    cache : tuple of ndarray
        The cache `layernorm_forward` returned, ``(X_hat, gamma, std)``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        ``(dX_hat - mean(dX_hat) - X_hat * mean(dX_hat * X_hat)) / std`` with
        ``dX_hat = gamma * dout``, means over the features; its rows sum to 0.
    dgamma : ndarray of shape (D,)
        ``sum(dout * X_hat)`` over the examples.
    dbeta : ndarray of shape (D,)
        ``sum(dout)`` over the examples.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output.

    Notes
    -----
    Unlike in batch norm, ``gamma`` differs along the axis of the means, so it stays inside them.

    Examples
    --------
    >>> import numpy as np
    >>> cache = np.array([[-1.0, 1.0]]), np.array([10.0, 10.0]), np.array([[2.0]])
    >>> dX, dgamma, dbeta = layernorm_backward(np.array([[1.0, 4.0]]), cache)
    >>> dgamma, dbeta
    (array([-1.,  4.]), array([1., 4.]))
    """
    (dout,) = as_floats(dout)
    X_hat, gamma, std = cache
    _check_upstream(dout, X_hat)
    dX_hat = gamma * dout
    mean = dX_hat.mean(axis=-1, keepdims=True)
    along = (dX_hat * X_hat).mean(axis=-1, keepdims=True)
    dX = (dX_hat - mean - X_hat * along) / std
    return dX, _sum_examples(dout * X_hat), _sum_examples(dout)


def rmsnorm_forward(X, gamma, *, eps=1e-6):
    """Divide each example by its root mean square, then scale each feature.

    Layer norm without the mean and the shift.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row; more leading axes, as in (N, T, D), work alike.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    eps : float, default=1e-6
        Added to the mean square, inside the root. 1e-6 is LLaMA's; PyTorch's default is the machine
        epsilon of the dtype.

    Returns
    -------
    out : ndarray of shape (N, D)
        ``gamma * X / sqrt(mean(X**2) + eps)``, the mean over the features.
    cache : tuple of ndarray
        ``(X_hat, gamma, rms)``, for `rmsnorm_backward`.

    Raises
    ------
    ValueError
        If the shapes do not fit, or ``eps`` is negative or not finite.

    References
    ----------
    .. [1] B. Zhang and R. Sennrich, "Root mean square layer normalization", NeurIPS, 2019,
       arXiv:1910.07467, equation 4.

    Examples
    --------
    >>> import numpy as np
    >>> out, cache = rmsnorm_forward(np.array([[1.0, 7.0]]), np.array([5.0, 10.0]), eps=0.0)
    >>> out  # The mean square is 25.
    array([[ 1., 14.]])
    """
    eps = check_number("eps", eps, 0)
    X, gamma = _features(X, gamma)
    rms = np.sqrt((X**2).mean(axis=-1, keepdims=True) + eps)
    X_hat = X / rms
    return gamma * X_hat, (X_hat, gamma, rms)


def rmsnorm_backward(dout, cache):
    """Compute the gradients of `rmsnorm_forward`.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output of `rmsnorm_forward`.
    cache : tuple of ndarray
        The cache `rmsnorm_forward` returned, ``(X_hat, gamma, rms)``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        ``(dX_hat - X_hat * mean(dX_hat * X_hat)) / rms`` with ``dX_hat = gamma * dout``, the mean
        over the features.
    dgamma : ndarray of shape (D,)
        ``sum(dout * X_hat)`` over the examples.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output.

    Examples
    --------
    >>> import numpy as np
    >>> cache = np.array([[1.0, 1.0]]), np.array([3.0, 3.0]), np.array([[2.0]])
    >>> rmsnorm_backward(np.array([[2.0, 0.0]]), cache)
    (array([[ 1.5, -1.5]]), array([2., 0.]))
    """
    (dout,) = as_floats(dout)
    X_hat, gamma, rms = cache
    _check_upstream(dout, X_hat)
    dX_hat = gamma * dout
    along = (dX_hat * X_hat).mean(axis=-1, keepdims=True)
    return (dX_hat - X_hat * along) / rms, _sum_examples(dout * X_hat)


def _features(X, *vectors):
    X, *vectors = as_floats(X, *vectors)
    if X.ndim < 1 or any(vector.shape != X.shape[-1:] for vector in vectors):
        shapes = ", ".join(str(vector.shape) for vector in vectors)
        raise ValueError(f"shapes must be (N, D) and (D,) for all others, got {X.shape}, {shapes}")
    return X, *vectors


def _check_upstream(dout, X_hat):
    if dout.shape != X_hat.shape:
        raise ValueError(f"dout has shape {dout.shape}, the output had {X_hat.shape}")


def _sum_examples(values):
    return values.sum(axis=tuple(range(values.ndim - 1)))
