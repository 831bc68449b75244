"""Focal loss: binary cross-entropy that looks away from what is easy."""

import numpy as np

from reference_impl._checks import check_number, same_shape
from reference_impl._reduction import divisor, reduce_losses, weigh
from reference_impl.activations import sigmoid
from reference_impl.softplus import softplus

__all__ = ["focal_loss", "focal_loss_backward"]


def focal_loss(logits, y, *, gamma=2.0, alpha=None, reduction="mean"):
    """Compute the focal loss of logits, in nats.

    Parameters
    ----------
    logits : ndarray
        Scores before the sigmoid, of any shape.
    y : ndarray
        Labels 0 or 1, of the same shape.
    gamma : float, default=2.0
        Focus, not negative; 0 gives the binary cross-entropy.
    alpha : float, optional
        Weight of the positives, in [0, 1]; the negatives weigh ``1 - alpha``. All weigh 1 if not
        given.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements; torchvision's default is ``"none"``.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``-weight * (1 - p)**gamma * log(p)`` with ``p`` the probability of the true
        label; the array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, a label is not 0 or 1, ``gamma`` is negative or not finite, ``alpha``
        is outside [0, 1], ``reduction`` is unknown or the mean is over nothing.

    References
    ----------
    .. [1] T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollar, "Focal loss for dense object
       detection", ICCV, 2017, arXiv:1708.02002, equations 4 and 5.

    Examples
    --------
    >>> import numpy as np
    >>> loss = focal_loss(np.array([0.0]), np.array([1]))
    >>> round(float(loss), 4)  # (1/2)**2 * log 2
    0.1733
    """
    margin, _, weight, gamma = _signed(logits, y, gamma, alpha)
    losses = weight * sigmoid(-margin) ** gamma * softplus(-margin)
    return reduce_losses(losses, reduction)


def focal_loss_backward(logits, y, *, gamma=2.0, alpha=None, reduction="mean"):
    """Compute the gradient of `focal_loss`.

    Parameters
    ----------
    logits : ndarray
        Scores before the sigmoid, of any shape.
    y : ndarray
        Labels 0 or 1, of the same shape.
    gamma : float, default=2.0
        Focus, not negative.
    alpha : float, optional
        Weight of the positives, in [0, 1].
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `focal_loss`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dlogits : ndarray
        ``sign * weight * (1 - p)**gamma * (gamma * p * log(p) + p - 1)``, with the sign of the
        label, over the number of elements for ``"mean"``.

    Raises
    ------
    ValueError
        As `focal_loss`.

    References
    ----------
    .. [1] T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollar, "Focal loss for dense object
       detection", ICCV, 2017, arXiv:1708.02002, appendix B, equation 11.

    Examples
    --------
    >>> import numpy as np
    >>> focal_loss_backward(np.array([0.0]), np.array([0]), gamma=0.0)
    array([0.5])
    """
    margin, sign, weight, gamma = _signed(logits, y, gamma, alpha)
    miss = sigmoid(-margin)
    # p * log(p) tends to 0 with p.
    slope = -(miss**gamma) * (gamma * weigh(sigmoid(margin), softplus(-margin)) + miss)
    return sign * weight * slope / divisor(reduction, margin.size)


def _signed(logits, y, gamma, alpha):
    """Return the logit of the true label, the sign of the label, its weight, and ``gamma``."""
    logits, y = same_shape(logits=logits, y=y)
    if not np.all((y == 0) | (y == 1)):
        raise ValueError(f"labels must be 0 or 1, got {np.unique(y)}")
    gamma = check_number("gamma", gamma, 0)
    sign = np.where(y == 1, 1.0, -1.0).astype(logits.dtype)
    if alpha is None:
        return sign * logits, sign, 1.0, gamma
    alpha = check_number("alpha", alpha, 0, 1)
    return sign * logits, sign, np.where(y == 1, alpha, 1.0 - alpha).astype(logits.dtype), gamma
