"""Softmax, its logarithm, log-sum-exp and their gradients, along any axis."""

import numpy as np

__all__ = [
    "log_softmax",
    "log_softmax_backward",
    "logsumexp",
    "softmax",
    "softmax_backward",
    "softmax_jacobian",
]


def softmax(Z, axis=-1, temperature=1.0):
    """Turn scores into probabilities.

    Parameters
    ----------
    Z : ndarray
        Scores, of any shape; ``-inf`` masks an entry.
    axis : int, default=-1
        The axis along which the probabilities sum to 1.
    temperature : float, default=1.0
        Divides the scores: above 1 flattens the distribution, below 1 sharpens it.

    Returns
    -------
    probs : ndarray
        ``exp(Z / temperature)`` over its sum along ``axis``, of the shape of ``Z``.

    Raises
    ------
    ValueError
        If ``temperature`` is not positive and finite or ``axis`` is out of range.

    Notes
    -----
    Scores equal to the maximum share equally, also where it is infinite; PyTorch returns nan for a
    row that is masked as a whole.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the log-sum-exp and
       softmax functions", IMA J. Numer. Anal. 41(4), 2021, equation 1.5.

    Examples
    --------
    >>> import numpy as np
    >>> softmax(np.array([1000.0, 1000.0, -np.inf]))
    array([0.5, 0.5, 0. ])
    """
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be positive and finite, got {temperature}")
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    # A shift leaves softmax unchanged, and with the maximum at 0 exp cannot overflow.
    top = Z.max(axis=axis, keepdims=True)
    with np.errstate(invalid="ignore"):  # inf - inf is nan, so the maximum is set to 0.
        shifted = np.where(Z == top, 0.0, Z - top)
    exps = np.exp(shifted / float(temperature))
    return exps / exps.sum(axis=axis, keepdims=True)


def softmax_jacobian(probs):
    """Compute the matrix of all partial derivatives of `softmax` at one example.

    For a batch, use `softmax_backward`, which needs no matrix.

    Parameters
    ----------
    probs : ndarray of shape (C,)
        The output of `softmax`, not its input.

    Returns
    -------
    J : ndarray of shape (C, C)
        ``J[i, j] = probs[i] * ((i == j) - probs[j])``, the derivative of ``probs[i]`` with respect
        to score ``j``. Symmetric; rows sum to 0.

    Raises
    ------
    ValueError
        If ``probs`` is not one-dimensional.

    Examples
    --------
    >>> import numpy as np
    >>> softmax_jacobian(np.array([0.5, 0.5]))
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    if np.ndim(probs) != 1:
        raise ValueError(f"probs must have shape (C,), got {np.shape(probs)}")
    probs = np.multiply(probs, 1.0)
    return np.diag(probs) - np.outer(probs, probs)


def softmax_backward(dprobs, probs, axis=-1, temperature=1.0):
    """Compute the gradient of `softmax` as a vector-Jacobian product.

    Parameters
    ----------
    dprobs : ndarray
        Gradient of the loss with respect to the output of `softmax`.
    probs : ndarray
        That output, not its input.
    axis : int, default=-1
        The axis of `softmax`.
    temperature : float, default=1.0
        The temperature of `softmax`.

    Returns
    -------
    dZ : ndarray
        ``probs * (dprobs - sum(dprobs * probs)) / temperature``; sums to 0 along ``axis``.

    Raises
    ------
    ValueError
        If the shapes differ, ``temperature`` is not positive and finite or ``axis`` is out of
        range.

    Examples
    --------
    >>> import numpy as np
    >>> softmax_backward(np.array([4.0, 0.0]), np.array([0.5, 0.5]))
    array([ 1., -1.])
    """
    if np.shape(dprobs) != np.shape(probs):
        raise ValueError(
            f"shapes must be equal, got dprobs {np.shape(dprobs)}, probs {np.shape(probs)}"
        )
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be positive and finite, got {temperature}")
    expected = np.sum(np.multiply(dprobs, 1.0) * probs, axis=axis, keepdims=True)
    return probs * (dprobs - expected) / float(temperature)


def logsumexp(Z, axis=-1, keepdims=False):
    """Add numbers that are given by their logarithms.

    Parameters
    ----------
    Z : ndarray
        Logarithms, of any shape; ``-inf`` stands for the number 0.
    axis : int, default=-1
        The axis to sum along.
    keepdims : bool, default=False
        Whether ``axis`` stays, with length 1.

    Returns
    -------
    log_sum : ndarray
        ``log(sum(exp(Z)))`` along ``axis``; ``-inf`` where all entries are.

    Raises
    ------
    ValueError
        If ``axis`` is out of range.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the log-sum-exp and
       softmax functions", IMA J. Numer. Anal. 41(4), 2021, algorithm 4.1.

    Examples
    --------
    >>> import numpy as np
    >>> logsumexp(np.array([1000.0, -np.inf]))
    np.float64(1000.0)
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    top = Z.max(axis=axis, keepdims=True)
    with np.errstate(invalid="ignore"):  # inf - inf is nan, so the maximum is set to 0.
        exps = np.exp(np.where(Z == top, 0.0, Z - top))
    # The maximum adds exactly 1 to the sum; log1p of the others keeps a sum below 1e-16.
    np.put_along_axis(exps, Z.argmax(axis=axis, keepdims=True), 0.0, axis=axis)
    log_sum = top + np.log1p(exps.sum(axis=axis, keepdims=True))
    return log_sum if keepdims else log_sum.squeeze(axis=axis)[()]


def log_softmax(Z, axis=-1, temperature=1.0):
    """Compute the logarithm of `softmax` without forming it.

    Parameters
    ----------
    Z : ndarray
        Scores, of any shape; ``-inf`` masks an entry.
    axis : int, default=-1
        The axis along which the probabilities sum to 1.
    temperature : float, default=1.0
        Divides the scores.

    Returns
    -------
    log_probs : ndarray
        ``Z / temperature - logsumexp(Z / temperature)``, never positive.

    Raises
    ------
    ValueError
        If ``temperature`` is not positive and finite or ``axis`` is out of range.

    Notes
    -----
    ``log(softmax(Z))`` is ``-inf`` where softmax underflows, 745 below the maximum; this is not.

    Examples
    --------
    >>> import numpy as np
    >>> log_softmax(np.array([0.0, 1000.0]))
    array([-1000.,     0.])
    """
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be positive and finite, got {temperature}")
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    top = Z.max(axis=axis, keepdims=True)
    with np.errstate(invalid="ignore"):  # inf - inf is nan, so the maximum is set to 0.
        shifted = np.where(Z == top, 0.0, Z - top) / float(temperature)
    exps = np.exp(shifted)
    # The maximum adds exactly 1 to the sum; log1p of the others keeps a sum below 1e-16.
    np.put_along_axis(exps, Z.argmax(axis=axis, keepdims=True), 0.0, axis=axis)
    return shifted - np.log1p(exps.sum(axis=axis, keepdims=True))


def log_softmax_backward(dlog_probs, log_probs, axis=-1, temperature=1.0):
    """Compute the gradient of `log_softmax`.

    Parameters
    ----------
    dlog_probs : ndarray
        Gradient of the loss with respect to the output of `log_softmax`.
    log_probs : ndarray
        That output, not its input.
    axis : int, default=-1
        The axis of `log_softmax`.
    temperature : float, default=1.0
        The temperature of `log_softmax`.

    Returns
    -------
    dZ : ndarray
        ``(dlog_probs - exp(log_probs) * sum(dlog_probs)) / temperature``; sums to 0 along
        ``axis``.

    Raises
    ------
    ValueError
        If the shapes differ, ``temperature`` is not positive and finite or ``axis`` is out of
        range.

    Examples
    --------
    >>> import numpy as np
    >>> log_softmax_backward(np.array([-1.0, 0.0]), np.log([0.25, 0.75])).round(2)
    array([-0.75,  0.75])
    """
    if np.shape(dlog_probs) != np.shape(log_probs):
        raise ValueError(
            "shapes must be equal, got "
            f"dlog_probs {np.shape(dlog_probs)}, log_probs {np.shape(log_probs)}"
        )
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be positive and finite, got {temperature}")
    dlog_probs = np.multiply(dlog_probs, 1.0)
    total = dlog_probs.sum(axis=axis, keepdims=True)
    return (dlog_probs - np.exp(np.multiply(log_probs, 1.0)) * total) / float(temperature)
