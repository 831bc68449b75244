"""Kullback-Leibler divergence of two discrete distributions."""

import numpy as np

from reference_impl._checks import check_range, same_shape
from reference_impl._reduction import divisor, reduce_losses, weigh

__all__ = ["kl_divergence", "kl_divergence_backward"]


def kl_divergence(p, q, *, reduction="mean"):
    """Compute KL(p || q), in nats: what it costs to take q for p.

    Not symmetric, hence not a distance; 0 only if the two are equal. It is the cross-entropy of the
    two minus the entropy of p.

    Parameters
    ----------
    p : ndarray of shape (N, C)
        True distributions, one a row; a single one may have shape (C,).
    q : ndarray of shape (N, C)
        Approximating distributions.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the divergences of the rows; the mean is over N, PyTorch's ``"batchmean"``.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``sum_c p[n, c] * log(p[n, c] / q[n, c])``; an array, one divergence a row,
        for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ or have no classes, an entry is outside [0, 1], ``reduction`` is
        unknown or the mean is over nothing.

    Notes
    -----
    ``0 * log(0 / q)`` is 0, its limit; ``q = 0`` where ``p > 0`` costs ``inf``. PyTorch's `kl_div`
    takes ``log(q)`` first and ``p`` second.

    References
    ----------
    .. [1] S. Kullback and R. A. Leibler, "On information and sufficiency", Ann. Math. Statist.
       22(1), 1951, equation 2.4.

    Examples
    --------
    >>> import numpy as np
    >>> p, q = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    >>> round(float(kl_divergence(p, q)), 4), round(float(kl_divergence(q, p)), 4)
    (0.5108, 0.3681)
    """
    p, q = _distributions(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.log(p) - np.log(q)
    return reduce_losses(weigh(p, log_ratio).sum(axis=-1), reduction)


def kl_divergence_backward(p, q, *, reduction="mean"):
    """Compute the gradient of `kl_divergence` with respect to ``q``; ``p`` is the fixed target.

    Parameters
    ----------
    p : ndarray of shape (N, C)
        True distributions, one a row; a single one may have shape (C,).
    q : ndarray of shape (N, C)
        Approximating distributions.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `kl_divergence`; ``"none"`` gives row ``n`` the gradient of its own
        divergence.

    Returns
    -------
    dq : ndarray of shape (N, C)
        ``-p / q``, over N for ``"mean"``; 0 where ``p`` is 0, ``-inf`` where only ``q`` is.

    Raises
    ------
    ValueError
        As `kl_divergence`.

    Examples
    --------
    >>> import numpy as np
    >>> kl_divergence_backward(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.75, 0.0])).round(4)
    array([-2.    , -0.6667,  0.    ])
    """
    p, q = _distributions(p, q)
    with np.errstate(divide="ignore", over="ignore"):
        slope = 0.0 - np.divide(p, q, out=np.zeros_like(p), where=p > 0)
    return slope / divisor(reduction, p[..., 0].size)


def _distributions(p, q):
    p, q = same_shape(p=p, q=q)
    if p.ndim == 0 or p.shape[-1] == 0:
        raise ValueError(f"p and q must have shape (N, C) or (C,) with C > 0, got {p.shape}")
    check_range("p", p, 0, 1)
    check_range("q", q, 0, 1)
    return p, q
