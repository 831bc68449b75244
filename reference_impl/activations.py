"""The four classic activations: sigmoid, tanh, ReLU and leaky ReLU.

Each works on an array of any shape. The backward functions name what they need: those of sigmoid
and tanh take the activation ``A``, those of ReLU and leaky ReLU the pre-activation ``Z``.
"""

import numpy as np

__all__ = [
    "leaky_relu",
    "leaky_relu_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "tanh",
    "tanh_backward",
]


def sigmoid(Z):
    """Squash every entry into (0, 1).

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``1 / (1 + exp(-Z))``, of the shape of ``Z``.

    Notes
    -----
    ``exp(-Z)`` overflows for ``Z`` below -709. Of the two equal forms ``1 / (1 + exp(-Z))`` and
    ``exp(Z) / (1 + exp(Z))``, each entry takes the one whose exponent is not positive.

    Examples
    --------
    >>> import numpy as np
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    exps = np.exp(-np.abs(Z))
    return np.where(Z < 0, exps, 1.0) / (1.0 + exps)


def sigmoid_backward(dA, A):
    """Compute the gradient of `sigmoid`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `sigmoid`.
    A : ndarray
        That output, not its input.

    Returns
    -------
    dZ : ndarray
        ``dA * A * (1 - A)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    The slope is at most 1/4, at ``A = 1/2``.

    Examples
    --------
    >>> import numpy as np
    >>> sigmoid_backward(np.array([8.0]), np.array([0.5]))
    array([2.])
    """
    if np.shape(dA) != np.shape(A):
        raise ValueError(f"shapes must be equal, got dA {np.shape(dA)}, A {np.shape(A)}")
    return dA * (A * (1.0 - A))


def tanh(Z):
    """Squash every entry into (-1, 1).

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``(exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z)) = 2 * sigmoid(2 * Z) - 1``.

    Notes
    -----
    The quotient of exponentials is inf / inf = nan from ``|Z| = 710`` on, and
    ``2 * sigmoid(2 * Z) - 1`` loses all digits near 0; ``np.tanh`` does neither.

    Examples
    --------
    >>> import numpy as np
    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    return np.tanh(np.multiply(Z, 1.0))  # Integers become float64; float32 stays.


def tanh_backward(dA, A):
    """Compute the gradient of `tanh`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `tanh`.
    A : ndarray
        That output, not its input.

    Returns
    -------
    dZ : ndarray
        ``dA * (1 - A**2)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> tanh_backward(np.array([4.0]), np.array([-0.5]))
    array([3.])
    """
    if np.shape(dA) != np.shape(A):
        raise ValueError(f"shapes must be equal, got dA {np.shape(dA)}, A {np.shape(A)}")
    # 1 - A**2 would lose its last digits where A is near 1.
    return dA * ((1.0 - A) * (1.0 + A))


def relu(Z):
    """Keep what is positive, set the rest to 0.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``max(Z, 0)``, entry by entry.

    Notes
    -----
    ``Z * (Z > 0)`` would be nan at ``-inf``.

    References
    ----------
    .. [1] V. Nair and G. E. Hinton, "Rectified linear units improve restricted Boltzmann
       machines", ICML, 2010.

    Examples
    --------
    >>> import numpy as np
    >>> relu(np.array([-3.0, 0.0, 2.5]))
    array([0. , 0. , 2.5])
    """
    return np.maximum(Z, 0.0)


def relu_backward(dA, Z):
    """Compute the gradient of `relu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `relu`.
    Z : ndarray
        The input of `relu`.

    Returns
    -------
    dZ : ndarray
        ``dA`` where ``Z > 0``, else 0. The slope at exactly 0 is 0, as in PyTorch.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> relu_backward(np.array([5.0, 5.0, 5.0]), np.array([-3.0, 0.0, 2.5]))
    array([0., 0., 5.])
    """
    if np.shape(dA) != np.shape(Z):
        raise ValueError(f"shapes must be equal, got dA {np.shape(dA)}, Z {np.shape(Z)}")
    return np.where(Z > 0, dA, 0.0)


def leaky_relu(Z, negative_slope=0.01):
    """Keep what is positive, shrink what is negative.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.
    negative_slope : float, default=0.01
        Slope for negative entries; above 1 it stretches them.

    Returns
    -------
    A : ndarray
        ``Z`` where positive, else ``negative_slope * Z``.

    Raises
    ------
    ValueError
        If ``negative_slope`` is not finite.

    Notes
    -----
    ``max(negative_slope * Z, Z)`` is right only for slopes up to 1.

    References
    ----------
    .. [1] A. L. Maas, A. Y. Hannun and A. Y. Ng, "Rectifier nonlinearities improve neural network
       acoustic models", ICML, 2013.

    Examples
    --------
    >>> import numpy as np
    >>> leaky_relu(np.array([-4.0, 0.0, 2.5]), negative_slope=0.5)
    array([-2. ,  0. ,  2.5])
    """
    if not np.isfinite(negative_slope):
        raise ValueError(f"negative_slope must be finite, got {negative_slope}")
    if negative_slope == 0:
        return np.maximum(Z, 0.0)  # 0 * -inf would be nan.
    return np.maximum(Z, 0.0) + float(negative_slope) * np.minimum(Z, 0.0)


def leaky_relu_backward(dA, Z, negative_slope=0.01):
    """Compute the gradient of `leaky_relu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `leaky_relu`.
    Z : ndarray
        The input of `leaky_relu`.
    negative_slope : float, default=0.01
        Slope for negative entries.

    Returns
    -------
    dZ : ndarray
        ``dA`` where ``Z > 0``, else ``negative_slope * dA``; so too at exactly 0, as in PyTorch.

    Raises
    ------
    ValueError
        If the shapes differ or ``negative_slope`` is not finite.

    Examples
    --------
    >>> import numpy as np
    >>> leaky_relu_backward(np.array([8.0, 8.0]), np.array([-4.0, 2.5]), negative_slope=0.5)
    array([4., 8.])
    """
    if np.shape(dA) != np.shape(Z):
        raise ValueError(f"shapes must be equal, got dA {np.shape(dA)}, Z {np.shape(Z)}")
    if not np.isfinite(negative_slope):
        raise ValueError(f"negative_slope must be finite, got {negative_slope}")
    dA = np.multiply(dA, 1.0)
    return np.where(Z > 0, dA, float(negative_slope) * dA)
