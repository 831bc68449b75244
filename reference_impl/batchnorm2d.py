"""Batch normalization of images: every channel is one feature."""

import numpy as np

from reference_impl.batchnorm import batchnorm_backward, batchnorm_forward

__all__ = ["batchnorm2d_backward", "batchnorm2d_forward"]


def batchnorm2d_forward(
    X, gamma, beta, running_mean, running_var, *, training, momentum=0.1, eps=1e-5
):
    """Normalise each channel of a batch of images, then scale and shift it.

    Parameters
    ----------
    X : ndarray of shape (N, C, H, W)
        Images, channels first.
    gamma : ndarray of shape (C,)
        Scale of each channel.
    beta : ndarray of shape (C,)
        Shift of each channel.
    running_mean : ndarray of shape (C,)
        Average of the means of earlier batches; starts at 0.
    running_var : ndarray of shape (C,)
        Average of the variances of earlier batches; starts at 1.
    training : bool
        Whether to use the batch's statistics, and to move the running ones.
    momentum : float, default=0.1
        Weight of the new batch in the running statistics, in [0, 1].
    eps : float, default=1e-5
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, C, H, W)
        `batchnorm_forward` of the N * H * W pixels as rows and the channels as columns.
    cache : tuple
        ``(X_hat, gamma, std, training)`` of those rows, for `batchnorm2d_backward`.
    running_mean : ndarray of shape (C,)
        ``(1 - momentum) * running_mean + momentum * mu`` if training, else as given.
    running_var : ndarray of shape (C,)
        The same with the variance, unbiased over the N * H * W pixels.

    Raises
    ------
    ValueError
        If the shapes do not fit, training has fewer than two pixels a channel, ``momentum`` is
        outside [0, 1] or ``eps`` is negative or not finite.

    Notes
    -----
    ``gamma * X_hat`` without the reshape would scale along the width, unnoticed where W equals C.

    References
    ----------
    .. [1] S. Ioffe and C. Szegedy, "Batch normalization", ICML, 2015, arXiv:1502.03167,
       section 3.2.

    Examples
    --------
    >>> import numpy as np
    >>> X, one = np.array([1.0, 3.0]).reshape(1, 1, 1, 2), np.ones(1)
    >>> out, *_ = batchnorm2d_forward(X, one, 0 * one, 0 * one, one, training=True, eps=0.0)
    >>> out
    array([[[[-1.,  1.]]]])
    """
    out, cache, running_mean, running_var = batchnorm_forward(
        _pixels(X, "X"),
        gamma,
        beta,
        running_mean,
        running_var,
        training=training,
        momentum=momentum,
        eps=eps,
    )
    return _images(out, X.shape), cache, running_mean, running_var


def batchnorm2d_backward(dout, cache):
    """Compute the gradients of `batchnorm2d_forward`.

    Parameters
    ----------
    dout : ndarray of shape (N, C, H, W)
        Gradient of the loss with respect to the output of `batchnorm2d_forward`.
    cache : tuple
        The cache `batchnorm2d_forward` returned.

    Returns
    -------
    dX : ndarray of shape (N, C, H, W)
        Gradient with respect to ``X``; each channel sums to 0 if training.
    dgamma : ndarray of shape (C,)
        Gradient with respect to ``gamma``, summed over batch, height and width.
    dbeta : ndarray of shape (C,)
        Gradient with respect to ``beta``, summed over batch, height and width.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output.

    Examples
    --------
    >>> import numpy as np
    >>> cache = np.array([[-1.0], [1.0]]), np.array([10.0]), np.array([2.0]), True
    >>> dX, dgamma, dbeta = batchnorm2d_backward(np.array([1.0, 4.0]).reshape(1, 1, 1, 2), cache)
    >>> dgamma, dbeta
    (array([3.]), array([5.]))
    """
    dX, dgamma, dbeta = batchnorm_backward(_pixels(dout, "dout"), cache)
    return _images(dX, dout.shape), dgamma, dbeta


def _pixels(X, name):
    """Return images (N, C, H, W) as rows (N * H * W, C)."""
    if np.ndim(X) != 4:
        raise ValueError(f"{name} must have shape (N, C, H, W), got {np.shape(X)}")
    return np.moveaxis(X, 1, -1).reshape(-1, X.shape[1])


def _images(rows, shape):
    """Undo `_pixels`."""
    n_images, n_channels, height, width = shape
    return np.moveaxis(rows.reshape(n_images, height, width, n_channels), -1, 1)
