"""Two ways to bound a gradient: entry by entry, or as a whole."""

import numpy as np

__all__ = ["clip_by_global_norm", "clip_by_value"]


def clip_by_value(grads, max_value):
    """Bound every entry of every gradient.

    Parameters
    ----------
    grads : list of ndarray
        Gradients, of any shapes.
    max_value : float
        Largest absolute value an entry may have, positive.

    Returns
    -------
    clipped : list of ndarray
        ``clip(grad, -max_value, max_value)`` for each.

    Raises
    ------
    ValueError
        If `max_value` is not positive and finite.

    Notes
    -----
    Large entries shrink and small ones do not, so the direction changes.

    Examples
    --------
    >>> import numpy as np
    >>> clip_by_value([np.array([3.0, -0.5])], 1.0)
    [array([ 1. , -0.5])]
    """
    if not 0 < max_value < np.inf:
        raise ValueError(f"max_value must be positive and finite, got {max_value}")
    max_value = float(max_value)
    return [np.clip(np.multiply(grad, 1.0), -max_value, max_value) for grad in grads]


def clip_by_global_norm(grads, max_norm):
    """Shrink all gradients by one factor if together they are longer than allowed.

    Parameters
    ----------
    grads : list of ndarray
        Gradients, of any shapes.
    max_norm : float
        Largest length of all of them taken as one vector, positive.

    Returns
    -------
    clipped : list of ndarray
        ``grad * min(1, max_norm / norm)`` for each.
    norm : float
        The length before clipping.

    Raises
    ------
    ValueError
        If `max_norm` is not positive and finite, or a gradient is not finite.

    Notes
    -----
    One factor for all keeps the direction; one for each array would not. PyTorch divides by
    ``norm + 1e-6`` and, unless told otherwise, lets gradients that are not finite pass.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural
           networks", ICML 2013, arXiv:1211.5063, algorithm 1.

    Examples
    --------
    >>> import numpy as np
    >>> clip_by_global_norm([np.array([3.0, 4.0]), np.array([12.0])], 6.5)
    ([array([1.5, 2. ]), array([6.])], 13.0)
    """
    if not 0 < max_norm < np.inf:
        raise ValueError(f"max_norm must be positive and finite, got {max_norm}")
    grads = [np.multiply(grad, 1.0) for grad in grads]
    largest = max((float(np.max(np.abs(grad), initial=0.0)) for grad in grads), default=0.0)
    if not np.isfinite(largest) or any(np.isnan(grad).any() for grad in grads):
        raise ValueError("gradients must be finite, got nan or inf")
    # Divided by the largest entry, no square can overflow; a float64 sum is exact enough for all.
    scale = largest or 1.0
    squares = (np.sum(np.square(grad / scale, dtype=np.float64)) for grad in grads)
    norm = scale * float(np.sqrt(sum(squares)))
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return [grad * factor for grad in grads], norm
