"""Batch normalization: every feature gets mean 0 and variance 1 over the batch."""

import numpy as np

from reference_impl._checks import as_floats, check_number

__all__ = [
    "batchnorm_backward",
    "batchnorm_backward_stepwise",
    "batchnorm_forward",
    "fold_batchnorm",
]


def batchnorm_forward(
    X, gamma, beta, running_mean, running_var, *, training, momentum=0.1, eps=1e-5
):
    """Normalise each feature, then scale and shift it.

    While training the statistics are those of the batch; afterwards they are the running ones, so
    that the output for one example does not depend on the others.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    running_mean : ndarray of shape (D,)
        Average of the means of earlier batches; starts at 0.
    running_var : ndarray of shape (D,)
        Average of the variances of earlier batches; starts at 1.
    training : bool
        Whether to use the batch's statistics, and to move the running ones.
    momentum : float, default=0.1
        Weight of the new batch in the running statistics, in [0, 1]. Others weigh the old value,
        and write 0.9.
    eps : float, default=1e-5
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        ``gamma * X_hat + beta`` with ``X_hat = (X - mu) / sqrt(var + eps)``.
    cache : tuple
        ``(X_hat, gamma, std, training)``, for `batchnorm_backward`.
    running_mean : ndarray of shape (D,)
        ``(1 - momentum) * running_mean + momentum * mu`` if training, else as given.
    running_var : ndarray of shape (D,)
        The same with the variance.

    Raises
    ------
    ValueError
        If the shapes do not fit, a training batch has fewer than two examples, ``momentum`` is
        outside [0, 1] or ``eps`` is negative or not finite.

    Notes
    -----
    As in PyTorch, the batch is normalised by its biased variance (sum over N), and the running
    average takes the unbiased one (sum over N - 1). One example has no variance: its output would
    be ``beta`` whatever ``X`` is.

    References
    ----------
    .. [1] S. Ioffe and C. Szegedy, "Batch normalization: accelerating deep network training by
       reducing internal covariate shift", ICML, 2015, arXiv:1502.03167, algorithms 1 and 2.

    Examples
    --------
    >>> import numpy as np
    >>> X, gamma, beta = np.array([[1.0], [3.0]]), np.array([10.0]), np.array([5.0])
    >>> out, cache, running_mean, running_var = batchnorm_forward(
    ...     X, gamma, beta, np.zeros(1), np.ones(1), training=True, eps=0.0
    ... )
    >>> out
    array([[-5.],
           [15.]])
    >>> running_mean, running_var  # 0.9 * 0 + 0.1 * 2 and 0.9 * 1 + 0.1 * 2
    (array([0.2]), array([1.1]))
    """
    momentum, eps = check_number("momentum", momentum, 0, 1), check_number("eps", eps, 0)
    X, gamma, beta, mu, var = _features(X, gamma, beta, running_mean, running_var)
    running_mean, running_var = mu, var
    if training:
        n_examples = len(X)
        if n_examples < 2:
            raise ValueError(
                f"training needs two examples or more for a variance, got {n_examples}"
            )
        mu, var = X.mean(axis=0), X.var(axis=0)
        unbiased = var * (n_examples / (n_examples - 1))
        running_mean = (1.0 - momentum) * running_mean + momentum * mu
        running_var = (1.0 - momentum) * running_var + momentum * unbiased
    std = np.sqrt(var + eps)
    X_hat = (X - mu) / std
    return gamma * X_hat + beta, (X_hat, gamma, std, training), running_mean, running_var


def batchnorm_backward(dout, cache):
    """Compute the gradients of `batchnorm_forward`, that of ``X`` in one expression.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output of `batchnorm_forward`.
    cache : tuple
        The cache `batchnorm_forward` returned, ``(X_hat, gamma, std, training)``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        ``gamma / std * (dout - mean(dout) - X_hat * mean(dout * X_hat))``, means over the batch;
        its columns sum to 0. Where the running statistics were used, which do not depend on ``X``,
        ``gamma / std * dout``.
    dgamma : ndarray of shape (D,)
        ``sum(dout * X_hat)`` over the batch.
    dbeta : ndarray of shape (D,)
        ``sum(dout)`` over the batch.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output.

    References
    ----------
    .. [1] S. Ioffe and C. Szegedy, "Batch normalization", ICML, 2015, arXiv:1502.03167, section 3.

    Examples
    --------
    >>> import numpy as np
    >>> X_hat, gamma, std = np.array([[-1.0], [1.0]]), np.array([10.0]), np.array([2.0])
    >>> dX, dgamma, dbeta = batchnorm_backward(np.array([[1.0], [4.0]]), (X_hat, gamma, std, True))
    >>> dgamma, dbeta
    (array([3.]), array([5.]))
    """
    (dout,) = as_floats(dout)
    X_hat, gamma, std, training = cache
    _check_upstream(dout, X_hat)
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    if not training:
        return gamma / std * dout, dgamma, dbeta
    # What moves the mean or the variance of the batch is undone by the normalisation.
    dX = gamma / std * (dout - (dbeta + X_hat * dgamma) / len(dout))
    return dX, dgamma, dbeta


def batchnorm_backward_stepwise(dout, cache):
    """Compute the gradients of training `batchnorm_forward`, one node of its graph after the other.

    Equal to `batchnorm_backward`, in the order in which one derives it.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output of `batchnorm_forward`.
    cache : tuple
        The cache `batchnorm_forward` returned, ``(X_hat, gamma, std, training)``.

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to ``X``; its columns sum to 0.
    dgamma : ndarray of shape (D,)
        Gradient with respect to ``gamma``.
    dbeta : ndarray of shape (D,)
        Gradient with respect to ``beta``.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output, or the cache is not one of training.

    Notes
    -----
    The nodes: ``centered = X - mu``, ``var = mean(centered**2)``, ``std = sqrt(var + eps)``,
    ``X_hat = centered / std``, ``out = gamma * X_hat + beta``.

    Examples
    --------
    >>> import numpy as np
    >>> X_hat, gamma, std = np.array([[-1.0], [1.0]]), np.array([10.0]), np.array([2.0])
    >>> cache = X_hat, gamma, std, True
    >>> dX, dgamma, dbeta = batchnorm_backward_stepwise(np.array([[1.0], [4.0]]), cache)
    >>> dX  # Two examples become -1 and 1 wherever they lie.
    array([[0.],
           [0.]])
    """
    (dout,) = as_floats(dout)
    X_hat, gamma, std, training = cache
    _check_upstream(dout, X_hat)
    if not training:
        raise ValueError("the cache must come from training=True, got one of training=False")
    n_examples, centered = len(dout), X_hat * std
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    dX_hat = dout * gamma
    # std and mu served all rows, so their gradients are sums over the batch.
    dstd = -(dX_hat * centered).sum(axis=0) / std**2
    dvar = dstd / (2.0 * std)
    dcentered = dX_hat / std + dvar * 2.0 * centered / n_examples
    dmu = -dcentered.sum(axis=0)
    dX = dcentered + dmu / n_examples
    return dX, dgamma, dbeta


def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, *, eps=1e-5):
    """Merge a trained batch normalization into the linear layer before it.

    Parameters
    ----------
    W : ndarray of shape (D, M)
        Weights of the linear layer.
    b : ndarray of shape (M,)
        Bias of the linear layer.
    gamma : ndarray of shape (M,)
        Scale of each output unit.
    beta : ndarray of shape (M,)
        Shift of each output unit.
    running_mean : ndarray of shape (M,)
        Running mean of each output unit.
    running_var : ndarray of shape (M,)
        Running variance of each output unit.
    eps : float, default=1e-5
        Added to the variance, inside the root.

    Returns
    -------
    W_folded : ndarray of shape (D, M)
        ``W * scale`` with ``scale = gamma / sqrt(running_var + eps)``.
    b_folded : ndarray of shape (M,)
        ``(b - running_mean) * scale + beta``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or ``eps`` is negative or not finite.

    Notes
    -----
    ``X @ W_folded + b_folded`` is what the two layers gave with ``training=False``.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones(1)
    >>> fold_batchnorm(2 * np.eye(1), one, 3 * one, one / 2, one, 4 * one, eps=0.0)
    (array([[3.]]), array([0.5]))
    """
    eps = check_number("eps", eps, 0)
    W, b, gamma, beta, mu, var = _features(W, b, gamma, beta, running_mean, running_var)
    scale = gamma / np.sqrt(var + eps)
    return W * scale, (b - mu) * scale + beta


def _features(X, *vectors):
    """Return all as floats of one dtype, if each vector has one entry a column of ``X``."""
    X, *vectors = as_floats(X, *vectors)
    if X.ndim != 2 or any(vector.shape != X.shape[1:] for vector in vectors):
        shapes = ", ".join(str(vector.shape) for vector in vectors)
        raise ValueError(f"shapes must be (N, D) and (D,) for all others, got {X.shape}, {shapes}")
    return X, *vectors


def _check_upstream(dout, X_hat):
    if dout.shape != X_hat.shape:
        raise ValueError(f"dout has shape {dout.shape}, the output had {X_hat.shape}")
