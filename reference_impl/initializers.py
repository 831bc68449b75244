"""Every initializer under one name; Glorot, He and LeCun stand in `variance_scaling`.

Each returns float64; `astype` makes it float32. Random ones draw from the generator they are
given, so that two layers of one shape differ.
"""

import numpy as np

from reference_impl.variance_scaling import (
    compute_fans,
    glorot_normal,
    glorot_uniform,
    he_normal,
    he_uniform,
    lecun_normal,
    lecun_uniform,
)

__all__ = [
    "compute_fans",
    "constant",
    "gain",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "lecun_normal",
    "lecun_uniform",
    "normal",
    "orthogonal",
    "output_bias_prior",
    "uniform",
    "zeros",
]


def zeros(shape):
    """Make parameters that are all 0: right for biases, fatal for hidden weights.

    Parameters
    ----------
    shape : tuple of int
        Shape of the parameters.

    Returns
    -------
    W : ndarray
        All 0, float64.

    Notes
    -----
    With weights 0 the signal and the gradient are 0 behind the first layer: only the bias of the
    output learns. A linear model may start at 0, since its gradient is not a product of weights.

    Examples
    --------
    >>> zeros((3,))
    array([0., 0., 0.])
    """
    return np.zeros(shape)


def constant(shape, value):
    """Make parameters that are all equal: hidden units then stay equal for ever.

    Parameters
    ----------
    shape : tuple of int
        Shape of the parameters.
    value : float
        Their value.

    Returns
    -------
    W : ndarray
        All `value`, float64.

    Raises
    ------
    ValueError
        If `value` is not finite.

    Examples
    --------
    >>> constant((2,), 0.1)
    array([0.1, 0.1])
    """
    if not np.isfinite(value):
        raise ValueError(f"value must be finite, got {value}")
    return np.full(shape, float(value))


def normal(shape, rng, *, std, mean=0.0):
    """Draw normal parameters of a fixed spread, whatever the width of the layer.

    Parameters
    ----------
    shape : tuple of int
        Shape of the parameters.
    rng : numpy.random.Generator
        Source of the random numbers.
    std : float
        Standard deviation, at least 0.
    mean : float, default=0.0
        Mean.

    Returns
    -------
    W : ndarray
        Normal, float64.

    Raises
    ------
    ValueError
        If `std` is negative, or one of them is not finite.

    Notes
    -----
    A ReLU layer of ``n`` inputs multiplies the size of a signal by ``std * sqrt(n / 2)``: with 0.01
    and 512 by 0.16, and twenty layers by 1e-16.

    Examples
    --------
    >>> import numpy as np
    >>> normal((2, 3), np.random.default_rng(0), std=0.01).shape
    (2, 3)
    """
    if not (0 <= std < np.inf and np.isfinite(mean)):
        raise ValueError(f"need 0 <= std < inf and a finite mean, got std={std}, mean={mean}")
    return rng.normal(mean, std, shape)


def uniform(shape, rng, *, low, high):
    """Draw uniform parameters from a fixed interval, whatever the width of the layer.

    Parameters
    ----------
    shape : tuple of int
        Shape of the parameters.
    rng : numpy.random.Generator
        Source of the random numbers.
    low : float
        Least value.
    high : float
        Upper end, not drawn itself.

    Returns
    -------
    W : ndarray
        Uniform on ``[low, high)``, with standard deviation ``(high - low) / sqrt(12)``, float64.

    Raises
    ------
    ValueError
        If `low` is above `high`, or one of them is not finite.

    Examples
    --------
    >>> import numpy as np
    >>> W = uniform((100,), np.random.default_rng(0), low=-0.5, high=0.5)
    >>> bool(np.all(np.abs(W) <= 0.5))
    True
    """
    if not -np.inf < low <= high < np.inf:
        raise ValueError(f"need -inf < low <= high < inf, got low={low}, high={high}")
    return rng.uniform(low, high, shape)


def orthogonal(shape, rng, *, gain=1.0):
    """Draw weights whose columns, or rows if those are fewer, are orthonormal.

    A square one turns a signal without stretching it, in both directions, at any depth.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights; from the third on, axes count as part of the second.
    rng : numpy.random.Generator
        Source of the random numbers.
    gain : float, default=1.0
        Factor on every weight.

    Returns
    -------
    W : ndarray
        ``W.T @ W`` (or ``W @ W.T``) is ``gain**2`` times the identity, float64.

    Raises
    ------
    ValueError
        If the shape has fewer than two axes, or `gain` is not positive and finite.

    References
    ----------
    .. [1] A. M. Saxe, J. L. McClelland and S. Ganguli, "Exact solutions to the nonlinear dynamics
           of learning in deep linear neural networks", ICLR 2014, arXiv:1312.6120.
    .. [2] F. Mezzadri, "How to generate random matrices from the classical compact groups",
           Notices of the AMS 54, 2007, section 5.

    Examples
    --------
    >>> import numpy as np
    >>> W = orthogonal((4, 2), np.random.default_rng(0))
    >>> bool(np.allclose(W.T @ W, np.eye(2)))
    True
    """
    if len(shape) < 2 or min(shape) < 1 or not 0 < gain < np.inf:
        raise ValueError(f"need two axes or more and 0 < gain < inf, got {tuple(shape)}, {gain}")
    n_rows, n_columns = shape[0], int(np.prod(shape[1:]))
    tall = rng.normal(size=(max(n_rows, n_columns), min(n_rows, n_columns)))
    Q, R = np.linalg.qr(tall)
    # QR is unique only up to signs; with R's diagonal positive, every rotation is equally likely.
    Q = Q * np.copysign(1.0, np.diag(R))
    return gain * (Q if n_rows >= n_columns else Q.T).reshape(shape)


def gain(activation, negative_slope=0.01):
    """Look up the factor on the standard deviation that makes up for an activation.

    Parameters
    ----------
    activation : {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "selu"}
        The activation that follows the layer.
    negative_slope : float, default=0.01
        Slope of leaky ReLU below 0.

    Returns
    -------
    factor : float
        1, 1, 5/3, ``sqrt(2)``, ``sqrt(2 / (1 + negative_slope**2))`` and 3/4, as in PyTorch.

    Raises
    ------
    ValueError
        If the activation is unknown, or `negative_slope` is not finite.

    Notes
    -----
    ``1 / sqrt(E[activation(z)**2])`` for normal ``z`` is exact for the ReLU family. PyTorch's 5/3
    for tanh is a compromise over depth, and its 1 for sigmoid is no correction at all.

    Examples
    --------
    >>> round(gain("relu"), 4)
    1.4142
    """
    gains = {"identity": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": 2**0.5, "selu": 0.75}
    if activation != "leaky_relu" and activation not in gains:
        raise ValueError(f"activation must be 'leaky_relu' or in {sorted(gains)}, got {activation}")
    if not np.isfinite(negative_slope):
        raise ValueError(f"negative_slope must be finite, got {negative_slope}")
    return gains.get(activation, float((2 / (1 + negative_slope**2)) ** 0.5))


def output_bias_prior(positive_rate):
    """Compute the output bias with which a binary classifier starts at the base rate.

    The first epochs then are not spent on learning how rare the positives are.

    Parameters
    ----------
    positive_rate : float
        Share of positives in the training data, between 0 and 1.

    Returns
    -------
    bias : float
        ``log(positive_rate / (1 - positive_rate))``, the logit of the rate.

    Raises
    ------
    ValueError
        If the rate is not strictly between 0 and 1.

    Notes
    -----
    With 1 % positives the first loss is 0.056 instead of ``log(2)``. For softmax, take the log of
    the class shares.

    References
    ----------
    .. [1] T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017,
           arXiv:1708.02002, section 3.3.

    Examples
    --------
    >>> round(output_bias_prior(0.01), 4)
    -4.5951
    """
    if not 0 < positive_rate < 1:
        raise ValueError(f"positive_rate must be strictly between 0 and 1, got {positive_rate}")
    return float(np.log(positive_rate) - np.log1p(-positive_rate))
