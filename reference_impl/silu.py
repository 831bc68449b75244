"""SiLU, also called swish: the sigmoid as a gate for its own input."""

import numpy as np

from reference_impl._checks import same_shape
from reference_impl.activations import sigmoid

__all__ = ["silu", "silu_backward"]


def silu(Z):
    """Weigh every entry by its own sigmoid.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``Z * sigmoid(Z)``; at least -0.2785, at ``Z = -1.2785``.

    References
    ----------
    .. [1] S. Elfwing, E. Uchibe and K. Doya, "Sigmoid-weighted linear units for neural network
       function approximation in reinforcement learning", Neural Networks 107, 2018,
       arXiv:1702.03118, equation 3.
    .. [2] P. Ramachandran, B. Zoph and Q. V. Le, "Searching for activation functions", 2017,
       arXiv:1710.05941.

    Examples
    --------
    >>> import numpy as np
    >>> silu(np.array([0.0, 1000.0]))
    array([   0., 1000.])
    """
    # Below -1000 sigmoid is 0, and -inf * 0 would be nan.
    return np.maximum(Z, -1000.0) * sigmoid(Z)


def silu_backward(dA, Z):
    """Compute the gradient of `silu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `silu`.
    Z : ndarray
        The input of `silu`.

    Returns
    -------
    dZ : ndarray
        ``dA * sigmoid(Z) * (1 + Z * sigmoid(-Z))``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> silu_backward(np.array([8.0]), np.array([0.0]))
    array([4.])
    """
    dA, Z = same_shape(dA=dA, Z=Z)
    Z = np.clip(Z, -1000.0, 1000.0)
    return dA * (sigmoid(Z) * (1.0 + Z * sigmoid(-Z)))
