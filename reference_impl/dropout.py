"""Inverted dropout."""

import numpy as np

from reference_impl._checks import as_floats, check_number, same_shape

__all__ = ["dropout_backward", "dropout_forward"]


def dropout_forward(X, drop_prob, rng, *, training):
    """Switch random entries off while training, and do nothing afterwards.

    Parameters
    ----------
    X : ndarray
        Activations, of any shape.
    drop_prob : float
        Probability that an entry is dropped, in [0, 1]; not the probability to keep it.
    rng : numpy.random.Generator
        Source of the mask; not used unless training.
    training : bool
        Whether entries are dropped.

    Returns
    -------
    out : ndarray
        ``X / (1 - drop_prob)`` where kept, else 0; ``X`` unless training.
    cache : tuple
        ``(keep, scale)``, for `dropout_backward`.

    Raises
    ------
    ValueError
        If ``drop_prob`` is outside [0, 1].

    Notes
    -----
    Dividing by the share that is kept leaves the expectation of every entry as it was, so nothing
    is left to do at test time. The original paper multiplies by that share at test time instead.

    References
    ----------
    .. [1] N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, "Dropout: a
       simple way to prevent neural networks from overfitting", JMLR 15, 2014, section 4.

    Examples
    --------
    >>> import numpy as np
    >>> out, cache = dropout_forward(np.ones(6), 0.5, np.random.default_rng(0), training=True)
    >>> out
    array([2., 0., 0., 0., 2., 2.])
    """
    drop_prob = check_number("drop_prob", drop_prob, 0, 1)
    (X,) = as_floats(X)
    if training:
        keep = rng.random(X.shape) >= drop_prob
        # With drop_prob = 1 nothing is kept, and nothing needs a scale.
        scale = 1.0 / (1.0 - drop_prob) if drop_prob < 1 else 0.0
    else:
        keep, scale = np.ones(X.shape, bool), 1.0
    return _scale_kept(X, keep, scale), (keep, scale)


def dropout_backward(dout, cache):
    """Compute the gradient of `dropout_forward`.

    Parameters
    ----------
    dout : ndarray
        Gradient of the loss with respect to the output of `dropout_forward`.
    cache : tuple
        The cache `dropout_forward` returned, ``(keep, scale)``.

    Returns
    -------
    dX : ndarray
        ``dout`` through the same mask and the same scale.

    Raises
    ------
    ValueError
        If ``dout`` has not the shape of the output.

    Examples
    --------
    >>> import numpy as np
    >>> dropout_backward(np.array([3.0, 3.0]), (np.array([True, False]), 2.0))
    array([6., 0.])
    """
    keep, scale = cache
    same_shape(dout=dout, keep=keep)
    return _scale_kept(*as_floats(dout), keep, scale)


def _scale_kept(values, keep, scale):
    """Scale what is kept; multiplying by a mask would turn a dropped ``inf`` into nan."""
    return np.multiply(values, scale, out=np.zeros_like(values), where=keep)
