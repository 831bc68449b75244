"""RMSProp: plain, centred, and with momentum.

A step is pure: it returns the new parameter and the new state, and changes neither argument.
"""

import numpy as np

__all__ = [
    "centred_rmsprop_init",
    "centred_rmsprop_step",
    "rmsprop_init",
    "rmsprop_momentum_init",
    "rmsprop_momentum_step",
    "rmsprop_step",
]


def rmsprop_init(param):
    """Make the state before the first step of `rmsprop_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step`` and ``variance``, both 0.
    """
    return {"step": 0, "variance": np.zeros_like(param * 1.0)}


def rmsprop_step(param, grad, state, *, lr=0.01, decay=0.99, eps=1e-8):
    """Take one RMSProp step.

    Each coordinate is divided by the root of a decaying average of its squared gradients.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `rmsprop_init` made it or the last step returned it.
    lr : float, default=0.01
        Learning rate, at least 0.
    decay : float, default=0.99
        Share of the average that is kept, in [0, 1). PyTorch calls it alpha.
    eps : float, default=1e-8
        Added outside the root, so that a zero gradient is not divided by zero; at least 0.

    Returns
    -------
    param : ndarray
        The parameter after the step.
    state : dict
        The state for the next step.

    Raises
    ------
    ValueError
        If the shapes differ, or a hyperparameter is out of its range or not finite.

    Notes
    -----
    ``variance`` is the mean square, about 0. It starts at 0 and is not corrected for it, so the
    first step is ``lr / sqrt(1 - decay)``: ten times `lr` at 0.99. PyTorch adds `eps` outside the
    root as here, Keras and TensorFlow inside.

    References
    ----------
    .. [1] T. Tieleman and G. Hinton, "Lecture 6.5: rmsprop", Coursera, Neural Networks for Machine
           Learning, 2012.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0, 0.0]), rmsprop_init(np.array([0.0, 0.0]))
    >>> param, state = rmsprop_step(param, np.array([3.0, -0.001]), state, lr=0.1, decay=0.75)
    >>> param.round(4)
    array([-0.2,  0.2])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["variance"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['variance'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= decay < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, decay={decay}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= decay < 1 and 0 <= eps < inf, got {got}")
    variance = decay * state["variance"] + (1 - decay) * grad * grad
    param = param - lr * grad / (np.sqrt(variance) + eps)
    return param, {"step": state["step"] + 1, "variance": variance}


def centred_rmsprop_init(param):
    """Make the state before the first step of `centred_rmsprop_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``mean`` and ``variance``, all 0.
    """
    return {
        "step": 0,
        "mean": np.zeros_like(param * 1.0),
        "variance": np.zeros_like(param * 1.0),
    }


def centred_rmsprop_step(param, grad, state, *, lr=0.01, decay=0.99, eps=1e-8):
    """Take one RMSProp step that divides by the spread of the gradients about their mean.

    A gradient that hardly changes has little spread, and takes larger steps than with
    `rmsprop_step`.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `centred_rmsprop_init` made it or the last step returned it.
    lr : float, default=0.01
        Learning rate, at least 0.
    decay : float, default=0.99
        Share of the average that is kept, in [0, 1). PyTorch calls it alpha.
    eps : float, default=1e-8
        Added outside the root, so that a zero gradient is not divided by zero; at least 0.

    Returns
    -------
    param : ndarray
        The parameter after the step.
    state : dict
        The state for the next step.

    Raises
    ------
    ValueError
        If the shapes differ, or a hyperparameter is out of its range or not finite.

    Notes
    -----
    ``param = param - lr * grad / (sqrt(variance - mean**2) + eps)``, where ``variance`` is the
    mean square about 0. This is ``centered=True`` of `torch.optim.RMSprop`.

    References
    ----------
    .. [1] A. Graves, "Generating Sequences With Recurrent Neural Networks", 2013, arXiv:1308.0850,
           equations 38 to 40.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), centred_rmsprop_init(np.array([0.0]))
    >>> param, state = centred_rmsprop_step(param, np.array([3.0]), state, lr=0.1, decay=0.5)
    >>> param.round(4)
    array([-0.2])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["variance"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['variance'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= decay < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, decay={decay}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= decay < 1 and 0 <= eps < inf, got {got}")
    mean = decay * state["mean"] + (1 - decay) * grad
    variance = decay * state["variance"] + (1 - decay) * grad * grad
    # The difference is never negative in exact arithmetic, but rounding can make it so.
    spread = np.sqrt(np.maximum(variance - mean * mean, 0))
    param = param - lr * grad / (spread + eps)
    return param, {"step": state["step"] + 1, "mean": mean, "variance": variance}


def rmsprop_momentum_init(param):
    """Make the state before the first step of `rmsprop_momentum_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``variance`` and ``velocity``, all 0.
    """
    return {
        "step": 0,
        "variance": np.zeros_like(param * 1.0),
        "velocity": np.zeros_like(param * 1.0),
    }


def rmsprop_momentum_step(param, grad, state, *, lr=0.01, decay=0.99, momentum=0.9, eps=1e-8):
    """Take one RMSProp step with momentum.

    The velocity is a decaying sum of the gradients already divided, as in PyTorch.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `rmsprop_momentum_init` made it or the last step returned it.
    lr : float, default=0.01
        Learning rate, at least 0.
    decay : float, default=0.99
        Share of the average that is kept, in [0, 1). PyTorch calls it alpha.
    momentum : float, default=0.9
        Share of the velocity that is kept, in [0, 1).
    eps : float, default=1e-8
        Added outside the root, so that a zero gradient is not divided by zero; at least 0.

    Returns
    -------
    param : ndarray
        The parameter after the step.
    state : dict
        The state for the next step.

    Raises
    ------
    ValueError
        If the shapes differ, or a hyperparameter is out of its range or not finite.

    Notes
    -----
    ``velocity = momentum * velocity + grad / (sqrt(variance) + eps)``, then
    ``param = param - lr * velocity``.

    References
    ----------
    .. [1] T. Tieleman and G. Hinton, "Lecture 6.5: rmsprop", Coursera, Neural Networks for Machine
           Learning, 2012.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), rmsprop_momentum_init(np.array([0.0]))
    >>> for _ in range(2):
    ...     param, state = rmsprop_momentum_step(
    ...         param, np.array([3.0]), state, lr=0.1, decay=0.0, momentum=0.5
    ...     )
    >>> param.round(4), state["velocity"].round(4)
    (array([-0.25]), array([1.5]))
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["variance"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['variance'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= decay < 1 and 0 <= momentum < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, decay={decay}, momentum={momentum}, eps={eps}"
        raise ValueError(
            f"need 0 <= lr < inf, 0 <= decay, momentum < 1 and 0 <= eps < inf, got {got}"
        )
    variance = decay * state["variance"] + (1 - decay) * grad * grad
    velocity = momentum * state["velocity"] + grad / (np.sqrt(variance) + eps)
    state = {"step": state["step"] + 1, "variance": variance, "velocity": velocity}
    return param - lr * velocity, state
