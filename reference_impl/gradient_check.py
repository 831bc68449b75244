"""Numerical gradients, and what they say about a gradient written by hand.

A finite difference needs double precision: everything here is computed in float64.
"""

import numpy as np

__all__ = ["gradient_check", "numerical_gradient", "relative_error"]


def numerical_gradient(f, x, upstream=1.0, *, h=1e-5):
    """Approximate the gradient of a function by central differences.

    With an upstream gradient it is the gradient of ``(upstream * f(x)).sum()``, so that a layer
    can be checked as well as a loss. It calls `f` twice for each entry of `x`.

    Parameters
    ----------
    f : callable
        Takes an array like `x`; returns a number, or an array as `upstream` has.
    x : array_like
        The point, of any shape. Integers become float64.
    upstream : array_like, default=1.0
        Gradient of the loss with respect to ``f(x)``. Make it random: ones hide a lost factor.
    h : float, default=1e-5
        Half the distance of the two points.

    Returns
    -------
    gradient : ndarray
        ``(f(x + h) - f(x - h)) / (2 * h)`` for one entry at a time, with the shape of `x`.

    Raises
    ------
    ValueError
        If `h` is not positive and finite.

    Notes
    -----
    The error falls as ``h**2`` until rounding, which grows as ``1 / h``, takes over; near
    ``h = 1e-5`` their sum is least in float64. A one-sided difference falls as ``h`` only. Next to
    a kink (ReLU at 0) the two points lie on different sides and the answer means nothing.

    References
    ----------
    .. [1] W. H. Press et al., "Numerical Recipes", 3rd ed., Cambridge, 2007, section 5.7.

    Examples
    --------
    >>> import numpy as np
    >>> numerical_gradient(lambda x: (x**2).sum(), np.array([1.0, -3.0])).round(6)
    array([ 2., -6.])
    """
    if not 0 < h < np.inf:
        raise ValueError(f"h must be positive and finite, got {h}")
    x = np.array(x, dtype=np.float64)
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        # Fresh copies: f may keep or change what it is given, and no entry has to be restored.
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = np.sum(upstream * (f(above) - f(below))) / (2 * h)
    return gradient


def relative_error(a, b, *, floor=1e-8):
    """Measure how far two arrays are apart, entry by entry, relative to the larger.

    Parameters
    ----------
    a : array_like
        One array.
    b : array_like
        The other, of the same shape.
    floor : float, default=1e-8
        Least value of the denominator: where both are smaller, the measure is an absolute one.

    Returns
    -------
    error : ndarray
        ``abs(a - b) / max(abs(a), abs(b), floor)``; 0 where they are equal, NaN where one is NaN.

    Raises
    ------
    ValueError
        If the shapes differ, or if `floor` is not positive and finite.

    References
    ----------
    .. [1] Stanford CS231n, "Neural Networks Part 3: Gradient checks", 2017.

    Examples
    --------
    >>> import numpy as np
    >>> relative_error([1.0, 0.0], [0.5, 0.0])
    array([0.5, 0. ])
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"shapes differ: {a.shape} and {b.shape}")
    if not 0 < floor < np.inf:
        raise ValueError(f"floor must be positive and finite, got {floor}")
    # Equal infinities differ by NaN, yet they are no error.
    with np.errstate(invalid="ignore"):
        error = np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
    return np.where(a == b, 0.0, error)


def gradient_check(f, gradient, x, upstream=1.0, *, h=1e-5, tol=1e-6):
    """Compare a gradient written by hand with the numerical one, and name the worst entry.

    Parameters
    ----------
    f : callable
        The function, as `numerical_gradient` takes it.
    gradient : array_like
        The gradient to be checked, of the shape of `x`.
    x : array_like
        The point at which it was computed.
    upstream : array_like, default=1.0
        Gradient of the loss with respect to ``f(x)``.
    h : float, default=1e-5
        Half the distance of the two points.
    tol : float, default=1e-6
        Largest `relative_error` that passes.

    Returns
    -------
    report : dict
        ``ok`` (bool), ``max_error`` (float), ``worst_index`` (tuple of int, None for an empty
        array), and the two values there, ``analytic`` and ``numeric`` (float).

    Raises
    ------
    ValueError
        If `gradient` has another shape than `x`, or `tol` is not positive and finite.

    Notes
    -----
    A single wrong entry among thousands hardly moves a mean or a norm: the verdict is the worst
    entry's. NaN fails, and is worse than any number.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([1.0, 2.0])
    >>> report = gradient_check(lambda x: (x**2).sum(), np.array([2.0, 5.0]), x)
    >>> report["ok"], report["worst_index"], report["analytic"], round(report["numeric"], 6)
    (False, (1,), 5.0, 4.0)
    """
    if np.shape(gradient) != np.shape(x):
        raise ValueError(f"gradient has shape {np.shape(gradient)}, x has shape {np.shape(x)}")
    if not 0 < tol < np.inf:
        raise ValueError(f"tol must be positive and finite, got {tol}")
    gradient = np.asarray(gradient, dtype=np.float64)
    numeric = numerical_gradient(f, x, upstream, h=h)
    error = relative_error(gradient, numeric)
    if not error.size:
        return {"ok": True, "max_error": 0.0, "worst_index": None, "analytic": 0.0, "numeric": 0.0}
    worst = np.unravel_index(np.argmax(error), error.shape)  # argmax takes the first NaN, if any.
    return {
        "ok": bool(error[worst] <= tol),
        "max_error": float(error[worst]),
        "worst_index": tuple(int(i) for i in worst),
        "analytic": float(gradient[worst]),
        "numeric": float(numeric[worst]),
    }
