"""GELU: the normal distribution function as a gate for its own input, exact and by tanh."""

import math

import numpy as np

from reference_impl._checks import same_shape
from reference_impl.activations import sigmoid

__all__ = ["gelu", "gelu_backward", "gelu_tanh", "gelu_tanh_backward"]

_erfc = np.vectorize(math.erfc, otypes=[float])


def gelu(Z):
    """Weigh every entry by the probability that a standard normal variable is smaller.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``Z * Phi(Z)`` with ``Phi(z) = (1 + erf(z / sqrt(2))) / 2``.

    Notes
    -----
    ``1 + erf`` is 0 from ``Z = -8.3`` down; ``erfc`` keeps all digits of the tail. This is
    PyTorch's ``gelu(approximate="none")``.

    References
    ----------
    .. [1] D. Hendrycks and K. Gimpel, "Gaussian error linear units (GELUs)", 2016,
       arXiv:1606.08415, section 2.

    Examples
    --------
    >>> import numpy as np
    >>> gelu(np.array([-1.0, 0.0, 1.0])).round(4)
    array([-0.1587,  0.    ,  0.8413])
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    # Below -40 the tail is 0, and -inf * 0 would be nan.
    return np.maximum(Z, -40.0) * _normal_cdf(Z)


def gelu_backward(dA, Z):
    """Compute the gradient of `gelu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `gelu`.
    Z : ndarray
        The input of `gelu`.

    Returns
    -------
    dZ : ndarray
        ``dA * (Phi(Z) + Z * phi(Z))`` with the density ``phi(z) = exp(-z**2 / 2) / sqrt(2 pi)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> gelu_backward(np.array([8.0]), np.array([0.0]))
    array([4.])
    """
    dA, Z = same_shape(dA=dA, Z=Z)
    Z = np.clip(Z, -40.0, 40.0)  # Beyond, the density is 0.
    density = np.exp(-0.5 * Z * Z) / math.sqrt(2 * math.pi)
    return dA * (_normal_cdf(Z) + Z * density)


def gelu_tanh(Z):
    """Approximate `gelu` by a tanh.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``Z * (1 + tanh(u)) / 2`` with ``u = sqrt(2 / pi) * (Z + 0.044715 * Z**3)``.

    Notes
    -----
    ``(1 + tanh(u)) / 2`` is ``sigmoid(2 * u)``, which keeps all digits of the tail. This is
    PyTorch's ``gelu(approximate="tanh")``, the form of GPT-2; at most 5e-4 from the exact one.

    References
    ----------
    .. [1] D. Hendrycks and K. Gimpel, "Gaussian error linear units (GELUs)", 2016,
       arXiv:1606.08415, section 2.

    Examples
    --------
    >>> import numpy as np
    >>> gelu_tanh(np.array([-1.0, 0.0, 1.0])).round(4)
    array([-0.1588,  0.    ,  0.8412])
    """
    Z = np.multiply(Z, 1.0)  # Integers become float64; float32 stays.
    return np.maximum(Z, -40.0) * sigmoid(_twice_u(np.clip(Z, -40.0, 40.0)))


def gelu_tanh_backward(dA, Z):
    """Compute the gradient of `gelu_tanh`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `gelu_tanh`.
    Z : ndarray
        The input of `gelu_tanh`.

    Returns
    -------
    dZ : ndarray
        ``dA * s * (1 + Z * du * (1 - s))`` with ``s = sigmoid(2 * u)`` and ``du`` the slope of
        ``2 * u``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> gelu_tanh_backward(np.array([8.0]), np.array([0.0]))
    array([4.])
    """
    dA, Z = same_shape(dA=dA, Z=Z)
    Z = np.clip(Z, -40.0, 40.0)  # Beyond, the gate is 0 or 1.
    twice_u = _twice_u(Z)
    slope = math.sqrt(8 / math.pi) * (1.0 + 3 * 0.044715 * Z * Z)
    return dA * (sigmoid(twice_u) * (1.0 + Z * slope * sigmoid(-twice_u)))


def _normal_cdf(Z):
    """Return the probability that a standard normal variable is below each entry."""
    return 0.5 * _erfc(np.divide(Z, -math.sqrt(2), dtype=float)).astype(Z.dtype)


def _twice_u(Z):
    """Return ``2 * u`` of `gelu_tanh`."""
    return math.sqrt(8 / math.pi) * Z * (1.0 + 0.044715 * Z * Z)
