"""Initializers that keep the variance of a signal from layer to layer: Glorot, He, LeCun.

Each draws weights about 0 whose variance is ``scale / fan``. The normal form has the standard
deviation ``sqrt(scale / fan)``; the uniform one reaches ``sqrt(3)`` times as far, because a uniform
number on ``[-limit, limit]`` has the variance ``limit**2 / 3``.
"""

import numpy as np

__all__ = [
    "compute_fans",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "lecun_normal",
    "lecun_uniform",
]


def compute_fans(shape, layout="in_out"):
    """Count the inputs and outputs of one unit.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes: (in, out) as in this course and Keras, (out, in) as in PyTorch's
        `Linear`, or (out, in, height, width), with any number of kernel axes, of a convolution.

    Returns
    -------
    fan_in : int
        Inputs of one output unit, for a convolution in times the size of the kernel.
    fan_out : int
        Output units one input reaches, for a convolution out times the size of the kernel.

    Raises
    ------
    ValueError
        If the layout is unknown or does not fit the shape, or a size is not positive.

    Examples
    --------
    >>> compute_fans((784, 256))
    (784, 256)
    >>> compute_fans((64, 3, 3, 3), "oihw")
    (27, 576)
    """
    if layout not in ("in_out", "out_in", "oihw"):
        raise ValueError(f"layout must be 'in_out', 'out_in' or 'oihw', got {layout!r}")
    if (len(shape) < 3 if layout == "oihw" else len(shape) != 2) or min(shape) < 1:
        raise ValueError(f"weights of shape {tuple(shape)} do not have the layout {layout!r}")
    n_out, n_in = shape[1::-1] if layout == "in_out" else shape[:2]
    kernel_size = int(np.prod(shape[2:]))
    return n_in * kernel_size, n_out * kernel_size


def glorot_normal(shape, rng, *, layout="in_out", gain=1.0):
    """Draw Glorot (Xavier) normal weights, for tanh and other functions of slope 1 at 0.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.
    gain : float, default=1.0
        Factor on the standard deviation, see `gain`.

    Returns
    -------
    W : ndarray
        Normal, of standard deviation ``gain * sqrt(2 / (fan_in + fan_out))``, float64.

    Raises
    ------
    ValueError
        If the layout does not fit, or `gain` is not positive and finite.

    Notes
    -----
    The forward signal asks for the variance ``1 / fan_in``, the gradient for ``1 / fan_out``; this
    is between. ``sqrt(1 / fan_in)``, often called Xavier, is `lecun_normal`.

    References
    ----------
    .. [1] X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
           neural networks", AISTATS 2010, equation 12.

    Examples
    --------
    >>> import numpy as np
    >>> float(glorot_normal((784, 256), np.random.default_rng(0)).std().round(3))
    0.044
    """
    if not 0 < gain < np.inf:
        raise ValueError(f"gain must be positive and finite, got {gain}")
    fan_in, fan_out = compute_fans(shape, layout)
    return rng.normal(0.0, gain * np.sqrt(2.0 / (fan_in + fan_out)), shape)


def glorot_uniform(shape, rng, *, layout="in_out", gain=1.0):
    """Draw Glorot (Xavier) uniform weights, for tanh and other functions of slope 1 at 0.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.
    gain : float, default=1.0
        Factor on the limit, see `gain`.

    Returns
    -------
    W : ndarray
        Uniform on ``[-limit, limit)``, ``limit = gain * sqrt(6 / (fan_in + fan_out))``, float64.

    Raises
    ------
    ValueError
        If the layout does not fit, or `gain` is not positive and finite.

    References
    ----------
    .. [1] X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
           neural networks", AISTATS 2010, equation 16.

    Examples
    --------
    >>> import numpy as np
    >>> float(np.abs(glorot_uniform((784, 256), np.random.default_rng(0))).max().round(3))
    0.076
    """
    if not 0 < gain < np.inf:
        raise ValueError(f"gain must be positive and finite, got {gain}")
    fan_in, fan_out = compute_fans(shape, layout)
    limit = gain * np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape)


def he_normal(shape, rng, *, layout="in_out", negative_slope=0.0):
    """Draw He (Kaiming) normal weights, for ReLU and leaky ReLU.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.
    negative_slope : float, default=0.0
        Slope of the leaky ReLU that follows, 0 for ReLU.

    Returns
    -------
    W : ndarray
        Normal, of standard deviation ``sqrt(2 / ((1 + negative_slope**2) * fan_in))``, float64.

    Raises
    ------
    ValueError
        If the layout does not fit, or `negative_slope` is not finite.

    Notes
    -----
    ``Var(Z) = fan_in * Var(W) * E[A**2]``, and ReLU leaves half of the second moment of a
    symmetric signal: hence 2 where `lecun_normal` has 1. PyTorch's ``mode="fan_in"``.

    References
    ----------
    .. [1] K. He et al., "Delving Deep into Rectifiers", ICCV 2015, arXiv:1502.01852,
           equations 10 and 15.

    Examples
    --------
    >>> import numpy as np
    >>> float(he_normal((784, 256), np.random.default_rng(0)).std().round(3))
    0.051
    """
    if not np.isfinite(negative_slope):
        raise ValueError(f"negative_slope must be finite, got {negative_slope}")
    fan_in, _ = compute_fans(shape, layout)
    return rng.normal(0.0, np.sqrt(2.0 / ((1 + negative_slope**2) * fan_in)), shape)


def he_uniform(shape, rng, *, layout="in_out", negative_slope=0.0):
    """Draw He (Kaiming) uniform weights, for ReLU and leaky ReLU.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.
    negative_slope : float, default=0.0
        Slope of the leaky ReLU that follows, 0 for ReLU.

    Returns
    -------
    W : ndarray
        Uniform on ``[-limit, limit)``, ``limit = sqrt(6 / ((1 + negative_slope**2) * fan_in))``,
        float64.

    Raises
    ------
    ValueError
        If the layout does not fit, or `negative_slope` is not finite.

    Notes
    -----
    PyTorch's `Linear` starts with ``negative_slope=sqrt(5)``: the limit is ``1 / sqrt(fan_in)``.

    References
    ----------
    .. [1] K. He et al., "Delving Deep into Rectifiers", ICCV 2015, arXiv:1502.01852,
           equations 10 and 15.

    Examples
    --------
    >>> import numpy as np
    >>> float(np.abs(he_uniform((784, 256), np.random.default_rng(0))).max().round(3))
    0.087
    """
    if not np.isfinite(negative_slope):
        raise ValueError(f"negative_slope must be finite, got {negative_slope}")
    fan_in, _ = compute_fans(shape, layout)
    limit = np.sqrt(6.0 / ((1 + negative_slope**2) * fan_in))
    return rng.uniform(-limit, limit, shape)


def lecun_normal(shape, rng, *, layout="in_out"):
    """Draw LeCun normal weights, for SELU; called Xavier in many places, which it is not.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.

    Returns
    -------
    W : ndarray
        Normal, of standard deviation ``sqrt(1 / fan_in)``, float64.

    Raises
    ------
    ValueError
        If the layout does not fit.

    References
    ----------
    .. [1] Y. LeCun et al., "Efficient BackProp", Neural Networks: Tricks of the Trade, Springer,
           1998, equation 16.

    Examples
    --------
    >>> import numpy as np
    >>> float(lecun_normal((784, 256), np.random.default_rng(0)).std().round(3))
    0.036
    """
    fan_in, _ = compute_fans(shape, layout)
    return rng.normal(0.0, np.sqrt(1.0 / fan_in), shape)


def lecun_uniform(shape, rng, *, layout="in_out"):
    """Draw LeCun uniform weights.

    Parameters
    ----------
    shape : tuple of int
        Shape of the weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    layout : {"in_out", "out_in", "oihw"}, default="in_out"
        Order of the axes, see `compute_fans`.

    Returns
    -------
    W : ndarray
        Uniform on ``[-limit, limit)``, ``limit = sqrt(3 / fan_in)``, float64.

    Raises
    ------
    ValueError
        If the layout does not fit.

    References
    ----------
    .. [1] Y. LeCun et al., "Efficient BackProp", Neural Networks: Tricks of the Trade, Springer,
           1998, equation 16.

    Examples
    --------
    >>> import numpy as np
    >>> float(np.abs(lecun_uniform((784, 256), np.random.default_rng(0))).max().round(3))
    0.062
    """
    fan_in, _ = compute_fans(shape, layout)
    limit = np.sqrt(3.0 / fan_in)
    return rng.uniform(-limit, limit, shape)
