"""ELU and SELU: ReLU with an exponential in place of the flat half."""

import numpy as np

from reference_impl._checks import check_number, same_shape

__all__ = ["elu", "elu_backward", "selu", "selu_backward"]

# With these two, mean 0 and variance 1 are a fixed point of a layer with weights of variance 1/D.
SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


def elu(Z, alpha=1.0):
    """Keep what is positive, bend what is negative towards ``-alpha``.

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.
    alpha : float, default=1.0
        Minus the limit at ``-inf``; at 1 the slope has no jump.

    Returns
    -------
    A : ndarray
        ``Z`` where positive, else ``alpha * (exp(Z) - 1)``.

    Raises
    ------
    ValueError
        If ``alpha`` is not finite.

    Notes
    -----
    ``expm1(z)`` is ``exp(z) - 1`` without the loss of digits near 0.

    References
    ----------
    .. [1] D.-A. Clevert, T. Unterthiner and S. Hochreiter, "Fast and accurate deep network learning
       by exponential linear units (ELUs)", ICLR, 2016, arXiv:1511.07289, equation 15.

    Examples
    --------
    >>> import numpy as np
    >>> elu(np.array([-np.inf, 0.0, 2.5]))
    array([-1. ,  0. ,  2.5])
    """
    alpha = check_number("alpha", alpha)
    # Clipped at 0, the branch not taken adds 0 and cannot overflow.
    return np.maximum(Z, 0.0) + alpha * np.expm1(np.minimum(Z, 0.0))


def elu_backward(dA, Z, alpha=1.0):
    """Compute the gradient of `elu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `elu`.
    Z : ndarray
        The input of `elu`.
    alpha : float, default=1.0
        The parameter of `elu`.

    Returns
    -------
    dZ : ndarray
        ``dA`` where ``Z > 0``, else ``dA * alpha * exp(Z)``; so too at exactly 0, as in PyTorch.

    Raises
    ------
    ValueError
        If the shapes differ or ``alpha`` is not finite.

    Examples
    --------
    >>> import numpy as np
    >>> elu_backward(np.array([8.0, 8.0, 8.0]), np.array([-np.inf, 0.0, 2.5]))
    array([0., 8., 8.])
    """
    alpha = check_number("alpha", alpha)
    dA, Z = same_shape(dA=dA, Z=Z)
    return dA * np.where(Z > 0, 1.0, alpha * np.exp(np.minimum(Z, 0.0)))


def selu(Z):
    """Apply the self-normalising ELU.

    It pulls activations towards mean 0 and variance 1 from layer to layer, if the weights have
    variance 1/D (LeCun initialization).

    Parameters
    ----------
    Z : ndarray
        Pre-activations, of any shape.

    Returns
    -------
    A : ndarray
        ``1.0507 * elu(Z, alpha=1.67326)``, with the constants to all digits.

    References
    ----------
    .. [1] G. Klambauer, T. Unterthiner, A. Mayr and S. Hochreiter, "Self-normalizing neural
       networks", NeurIPS, 2017, arXiv:1706.02515, equations 2 and 14.

    Examples
    --------
    >>> import numpy as np
    >>> selu(np.array([-np.inf, 0.0, 1.0])).round(4)
    array([-1.7581,  0.    ,  1.0507])
    """
    return SELU_SCALE * elu(Z, SELU_ALPHA)


def selu_backward(dA, Z):
    """Compute the gradient of `selu`.

    Parameters
    ----------
    dA : ndarray
        Gradient of the loss with respect to the output of `selu`.
    Z : ndarray
        The input of `selu`.

    Returns
    -------
    dZ : ndarray
        ``1.0507 * elu_backward(dA, Z, alpha=1.67326)``.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> selu_backward(np.array([1.0, 1.0]), np.array([0.0, 1.0])).round(4)
    array([1.7581, 1.0507])
    """
    return SELU_SCALE * elu_backward(dA, Z, SELU_ALPHA)
