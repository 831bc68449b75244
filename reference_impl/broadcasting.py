"""The gradient of NumPy's broadcasting."""

import numpy as np

__all__ = ["unbroadcast"]


def unbroadcast(grad, shape):
    """Sum a gradient back to the shape an array had before it was broadcast.

    Broadcasting copies; the gradient with respect to a value that was copied is the sum over its
    copies. This is why the bias gradient of a layer is ``dZ.sum(axis=0)``.

    Parameters
    ----------
    grad : array_like
        Gradient with respect to the array as broadcast.
    shape : tuple of int
        Shape of the array before.

    Returns
    -------
    summed : ndarray
        `grad` summed over every axis that broadcasting added or stretched, of shape `shape`.

    Raises
    ------
    ValueError
        If an array of shape `shape` does not broadcast to the shape of `grad`.

    Notes
    -----
    NumPy aligns shapes at the right, so the added axes are the leading ones. A stretched axis is
    one of size 1 in `shape`; where it has size 1 in `grad` too, the sum changes nothing.

    Examples
    --------
    >>> import numpy as np
    >>> unbroadcast(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), (3,))
    array([5., 7., 9.])
    >>> unbroadcast(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), (2, 1))
    array([[ 6.],
           [15.]])
    """
    grad = np.multiply(grad, 1.0)  # Integers become float64; float32 stays.
    n_added = grad.ndim - len(shape)
    padded = (1,) * n_added + tuple(shape)
    if n_added < 0 or any(
        want not in (1, have) for want, have in zip(padded, grad.shape, strict=True)
    ):
        raise ValueError(f"shape {tuple(shape)} does not broadcast to {grad.shape}")
    ones = tuple(axis for axis, size in enumerate(padded) if size == 1)
    return grad.sum(axis=ones).reshape(shape)
