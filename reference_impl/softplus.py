"""Softplus, the smooth ReLU, and log-sigmoid, its mirror image."""

import numpy as np

from reference_impl._checks import same_shape
from reference_impl.activations import sigmoid

__all__ = ["log_sigmoid", "log_sigmoid_backward", "softplus", "softplus_backward"]


def softplus(Z):
    """Apply the smooth ReLU.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``log(1 + exp(Z))``, of the shape of ``Z``.

    Notes
    -----
    As it stands the formula overflows at 710 and is 0 from -37 down. Taking out ``max(Z, 0)``
    leaves an exponent that is never positive. PyTorch returns ``Z`` itself above a threshold of 20.

    Examples
    --------
    >>> import numpy as np
    >>> softplus(np.array([-1000.0, 1000.0]))
    array([   0., 1000.])
    >>> softplus(np.array([0.0])).round(4)
    array([0.6931])
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    return np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z)))


def softplus_backward(dA, Z):
    """Compute the gradient of `softplus`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `softplus`.
    Z : ndarray
        The input of `softplus`.

    Returns
    -------
    dZ : ndarray
        ``dA * sigmoid(Z)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> softplus_backward(np.array([8.0]), np.array([0.0]))
    array([4.])
    """
    dA, Z = same_shape(dA=dA, Z=Z)
    return dA * sigmoid(Z)


def log_sigmoid(Z):
    """Compute the logarithm of the sigmoid without forming it.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``log(sigmoid(Z)) = -softplus(-Z)``, never positive.

    Notes
    -----
    ``log(sigmoid(Z))`` is ``-inf`` from -745 down, where sigmoid underflows; this is ``Z``.

    Examples
    --------
    >>> import numpy as np
    >>> log_sigmoid(np.array([-1000.0, 1000.0]))
    array([-1000.,     0.])
    >>> log_sigmoid(np.array([0.0])).round(4)
    array([-0.6931])
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    return np.minimum(Z, 0.0) - np.log1p(np.exp(-np.abs(Z)))


def log_sigmoid_backward(dA, Z):
    """Compute the gradient of `log_sigmoid`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `log_sigmoid`.
    Z : ndarray
        The input of `log_sigmoid`.

    Returns
    -------
    dZ : ndarray
        ``dA * sigmoid(-Z)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> log_sigmoid_backward(np.array([8.0]), np.array([0.0]))
    array([4.])
    """
    dA, Z = same_shape(dA=dA, Z=Z)
    # 1 - sigmoid(Z) would be 0 from Z = 37 on.
    return dA * sigmoid(-Z)
