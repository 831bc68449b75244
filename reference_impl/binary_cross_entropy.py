"""Binary cross-entropy, from probabilities and from logits, each with its gradient."""

import numpy as np

from reference_impl._checks import check_range, same_shape
from reference_impl._reduction import divisor, reduce_losses, weigh
from reference_impl.activations import sigmoid
from reference_impl.softplus import softplus

__all__ = ["bce", "bce_backward", "bce_with_logits", "bce_with_logits_backward"]


def bce(probs, y, *, reduction="mean"):
    """Compute the binary cross-entropy of probabilities, in nats.

    Where the logits are at hand, `bce_with_logits` is exact for certain predictions too.

    Parameters
    ----------
    probs : ndarray
        Predicted probabilities of the positive class, of any shape.
    y : ndarray
        Targets in [0, 1], of the same shape: hard labels or soft ones.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``-(y * log(probs) + (1 - y) * log(1 - probs))``; the array itself for
        ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, an entry is outside [0, 1], ``reduction`` is unknown or the mean is
        over nothing.

    Notes
    -----
    Logarithms are clamped at -100, as in PyTorch: a certain error costs 100 instead of ``inf``, and
    a certain hit 0 instead of ``0 * -inf = nan``.

    Examples
    --------
    >>> import numpy as np
    >>> bce(np.array([0.5, 1.0, 0.0]), np.array([1, 1, 1]), reduction="none").round(4)
    array([  0.6931,   0.    , 100.    ])
    """
    probs, y = same_shape(probs=probs, y=y)
    check_range("probs", probs, 0, 1)
    check_range("y", y, 0, 1)
    with np.errstate(divide="ignore"):
        log_hit, log_miss = np.log(probs), np.log1p(-probs)
    losses = -y * np.maximum(log_hit, -100.0) - (1.0 - y) * np.maximum(log_miss, -100.0)
    return reduce_losses(losses, reduction)


def bce_backward(probs, y, *, reduction="mean"):
    """Compute the gradient of `bce`.

    Parameters
    ----------
    probs : ndarray
        Predicted probabilities of the positive class, of any shape.
    y : ndarray
        Targets in [0, 1], of the same shape.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `bce`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dprobs : ndarray
        ``(probs - y) / (probs * (1 - probs))``, over the number of elements for ``"mean"``.

    Raises
    ------
    ValueError
        If the shapes differ, an entry is outside [0, 1], ``reduction`` is unknown or the mean is
        over nothing.

    Notes
    -----
    The denominator is at least 1e-12, as in PyTorch: a certain error still has a slope.

    Examples
    --------
    >>> import numpy as np
    >>> bce_backward(np.array([0.5, 0.75]), np.array([1, 0]), reduction="sum")
    array([-2.,  4.])
    """
    probs, y = same_shape(probs=probs, y=y)
    check_range("probs", probs, 0, 1)
    check_range("y", y, 0, 1)
    slope = (probs - y) / np.maximum(probs * (1.0 - probs), 1e-12)
    return slope / divisor(reduction, probs.size)


def bce_with_logits(logits, y, *, pos_weight=None, reduction="mean"):
    """Compute the binary cross-entropy of logits, in nats.

    Parameters
    ----------
    logits : ndarray
        Scores before the sigmoid, of any shape.
    y : ndarray
        Targets in [0, 1], of the same shape: hard labels or soft ones.
    pos_weight : float or ndarray, optional
        Factor of the positive part, one number or one a column; (negatives / positives) balances
        rare positives. 1 if not given.
    reduction : {"mean", "sum", "none"}, default="mean"
        What becomes of the losses of the elements. The mean divides by their number, whatever
        ``pos_weight`` is, as in PyTorch.

    Returns
    -------
    loss : float or ndarray
        Mean or sum of ``pos_weight * y * softplus(-logits) + (1 - y) * softplus(logits)``; the
        array itself for ``"none"``.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of ``y`` is outside [0, 1], ``pos_weight`` is negative, not
        finite or of a shape that does not fit, ``reduction`` is unknown or the mean is over
        nothing.

    Notes
    -----
    ``-log(sigmoid(z)) = softplus(-z)``; the logarithm of a rounded sigmoid would be ``-inf`` from
    -745 down and 0 from 37 up. Without ``pos_weight`` the loss is also
    ``max(z, 0) - z * y + log1p(exp(-|z|))``.

    Examples
    --------
    >>> import numpy as np
    >>> bce_with_logits(np.array([-1000.0, 1000.0]), np.array([1, 1]), reduction="none")
    array([1000.,    0.])
    """
    logits, y, pos_weight = _with_weight(logits, y, pos_weight)
    losses = weigh(pos_weight * y, softplus(-logits)) + weigh(1.0 - y, softplus(logits))
    return reduce_losses(losses, reduction)


def bce_with_logits_backward(logits, y, *, pos_weight=None, reduction="mean"):
    """Compute the gradient of `bce_with_logits`.

    Parameters
    ----------
    logits : ndarray
        Scores before the sigmoid, of any shape.
    y : ndarray
        Targets in [0, 1], of the same shape.
    pos_weight : float or ndarray, optional
        Factor of the positive part, one number or one a column.
    reduction : {"mean", "sum", "none"}, default="mean"
        The reduction of `bce_with_logits`; ``"none"`` gives the slope of each element's own loss.

    Returns
    -------
    dlogits : ndarray
        ``sigmoid(logits) - y`` if ``pos_weight`` is 1, over the number of elements for ``"mean"``.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of ``y`` is outside [0, 1], ``pos_weight`` is negative, not
        finite or of a shape that does not fit, ``reduction`` is unknown or the mean is over
        nothing.

    Examples
    --------
    >>> import numpy as np
    >>> bce_with_logits_backward(np.array([0.0, 1000.0]), np.array([1, 0]), reduction="sum")
    array([-0.5,  1. ])
    """
    logits, y, pos_weight = _with_weight(logits, y, pos_weight)
    # sigmoid(z) - 1 would be 0 from 37 up; -sigmoid(-z) is not.
    slope = (1.0 - y) * sigmoid(logits) - pos_weight * y * sigmoid(-logits)
    return slope / divisor(reduction, logits.size)


def _with_weight(logits, y, pos_weight):
    logits, y = same_shape(logits=logits, y=y)
    check_range("y", y, 0, 1)
    pos_weight = np.asarray(1.0 if pos_weight is None else pos_weight)
    if pos_weight.shape not in ((), logits.shape[-1:]):
        raise ValueError(
            f"pos_weight must have shape () or {logits.shape[-1:]}, got {pos_weight.shape}"
        )
    check_range("pos_weight", pos_weight, 0, np.finfo(float).max)
    return logits, y, pos_weight.astype(logits.dtype)
