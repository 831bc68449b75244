"""Losses for numbers: squared, absolute and Huber error, each with its gradient."""

import numpy as np

from reference_impl._checks import check_number, same_shape
from reference_impl._reduction import divisor, reduce_losses

__all__ = ["huber", "huber_backward", "mae", "mae_backward", "mse", "mse_backward"]


def mse(pred, target, *, reduction="mean"):
    """Compute the squared error.

    The mean runs over all elements, outputs included, and there is no 1/2, as in PyTorch.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``(pred - target)**2``; the array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, ``reduction`` is unknown or the mean is over nothing.

    Notes
    -----
    Shapes (N,) and (N, 1) would broadcast to (N, N), so unequal shapes are refused.

    Examples
    --------
    >>> import numpy as np
    >>> float(mse(np.array([1.0, 5.0]), np.array([0.0, 2.0])))
    5.0
    """
    pred, target = same_shape(pred=pred, target=target)
    return reduce_losses((pred - target) ** 2, reduction)


def mse_backward(pred, target, *, reduction="mean"):
    """Compute the gradient of `mse`.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `mse`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dpred : ndarray
        ``2 * (pred - target)``, over the number of elements for ``"mean"``.

    Raises
    ------
    ValueError
        If the shapes differ, ``reduction`` is unknown or the mean is over nothing.

    Examples
    --------
    >>> import numpy as np
    >>> mse_backward(np.array([1.0, 5.0]), np.array([0.0, 2.0]))
    array([1., 3.])
    """
    pred, target = same_shape(pred=pred, target=target)
    return 2.0 * (pred - target) / divisor(reduction, pred.size)


def mae(pred, target, *, reduction="mean"):
    """Compute the absolute error, which large residuals pull less than the squared one.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``|pred - target|``; the array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, ``reduction`` is unknown or the mean is over nothing.

    Examples
    --------
    >>> import numpy as np
    >>> float(mae(np.array([1.0, 5.0]), np.array([0.0, 2.0])))
    2.0
    """
    pred, target = same_shape(pred=pred, target=target)
    return reduce_losses(np.abs(pred - target), reduction)


def mae_backward(pred, target, *, reduction="mean"):
    """Compute the gradient of `mae`.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `mae`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dpred : ndarray
        ``sign(pred - target)``, over the number of elements for ``"mean"``; 0 at a tie.

    Raises
    ------
    ValueError
        If the shapes differ, ``reduction`` is unknown or the mean is over nothing.

    Examples
    --------
    >>> import numpy as np
    >>> mae_backward(np.array([1.0, 5.0, 2.0, 0.0]), np.array([0.0, 5.0, 3.0, 3.0]))
    array([ 0.25,  0.  , -0.25, -0.25])
    """
    pred, target = same_shape(pred=pred, target=target)
    return np.sign(pred - target) / divisor(reduction, pred.size)


def huber(pred, target, *, delta=1.0, reduction="mean"):
    """Compute the Huber loss: squared for small residuals, absolute for large ones.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    delta : float, default=1.0
        The residual at which the parabola goes over into its tangent.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``r**2 / 2`` where ``r = |pred - target|`` is at most ``delta``, else
        ``delta * (r - delta / 2)``; the array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, ``delta`` is not positive and finite, ``reduction`` is unknown or the
        mean is over nothing.

    References
    ----------
    .. [1] P. J. Huber, "Robust estimation of a location parameter", Ann. Math. Statist. 35(1),
       1964, section 3.

    Examples
    --------
    >>> import numpy as np
    >>> huber(np.array([0.5, -1.0, 3.0]), np.zeros(3), reduction="none")
    array([0.125, 0.5  , 2.5  ])
    """
    delta = check_number("delta", delta, 0, open_low=True)
    pred, target = same_shape(pred=pred, target=target)
    residual = np.abs(pred - target)
    # Below delta this is r * (r - r/2), above it delta * (r - delta/2).
    clipped = np.minimum(residual, delta)
    return reduce_losses(clipped * (residual - 0.5 * clipped), reduction)


def huber_backward(pred, target, *, delta=1.0, reduction="mean"):
    """Compute the gradient of `huber`.

    Parameters
    ----------
    pred : ndarray
        Predictions, of any shape.
    target : ndarray
        True values, of the same shape.
    delta : float, default=1.0
        The parameter of `huber`, and the largest slope.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `huber`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dpred : ndarray
        ``pred - target``, clipped to ``[-delta, delta]``, over the number of elements for
        ``"mean"``.

    Raises
    ------
    ValueError
        If the shapes differ, ``delta`` is not positive and finite, ``reduction`` is unknown or the
        mean is over nothing.

    Examples
    --------
    >>> import numpy as np
    >>> huber_backward(np.array([0.5, -1.0, -3.0]), np.zeros(3), reduction="none")
    array([ 0.5, -1. , -1. ])
    """
    delta = check_number("delta", delta, 0, open_low=True)
    pred, target = same_shape(pred=pred, target=target)
    return np.clip(pred - target, -delta, delta) / divisor(reduction, pred.size)
