"""AdaGrad, which never forgets a gradient, and AdaDelta, which does.

A step is pure: it returns the new parameter and the new state, and changes neither argument.
"""

import numpy as np

__all__ = [
    "adadelta_init",
    "adadelta_step",
    "adagrad_init",
    "adagrad_step",
]


def adagrad_init(param):
    """Make the state before the first step of `adagrad_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step`` and ``sum_squares``, both 0.
    """
    return {"step": 0, "sum_squares": np.zeros_like(param * 1.0)}


def adagrad_step(param, grad, state, *, lr=0.01, eps=1e-10):
    """Take one AdaGrad step.

    Each coordinate is divided by the root of the sum of its squared gradients: rare features take
    large steps. The sum never shrinks, so the steps fade; RMSProp mends that.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `adagrad_init` made it or the last step returned it.
    lr : float, default=0.01
        Learning rate, at least 0.
    eps : float, default=1e-10
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
    ``param = param - lr * grad / (sqrt(sum_squares) + eps)``, as in PyTorch. Under a constant
    gradient step ``t`` is ``lr / sqrt(t)``. Keras adds `eps` inside the root and starts the sum
    at 0.1.

    References
    ----------
    .. [1] J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and
           Stochastic Optimization", JMLR 12, 2011, section 1.1.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0, 0.0]), adagrad_init(np.array([0.0, 0.0]))
    >>> param, state = adagrad_step(param, np.array([3.0, -0.001]), state, lr=0.1)
    >>> param.round(6)
    array([-0.1,  0.1])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["sum_squares"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['sum_squares'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= eps < np.inf):
        got = f"lr={lr}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf and 0 <= eps < inf, got {got}")
    # 1.0 first: the square of a small integer type would wrap around.
    sum_squares = state["sum_squares"] + 1.0 * grad * grad
    param = param - lr * grad / (np.sqrt(sum_squares) + eps)
    return param, {"step": state["step"] + 1, "sum_squares": sum_squares}


def adadelta_init(param):
    """Make the state before the first step of `adadelta_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``variance`` of the gradient and ``delta_variance`` of the change, all 0.
    """
    return {
        "step": 0,
        "variance": np.zeros_like(param * 1.0),
        "delta_variance": np.zeros_like(param * 1.0),
    }


def adadelta_step(param, grad, state, *, lr=1.0, decay=0.9, eps=1e-6):
    """Take one AdaDelta step.

    RMSProp whose learning rate is the root mean square of its own recent changes.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `adadelta_init` made it or the last step returned it.
    lr : float, default=1.0
        Learning rate, at least 0.
    decay : float, default=0.9
        Share of both averages that is kept, in [0, 1).
    eps : float, default=1e-6
        Added inside both roots, unlike in the other optimizers: it makes the first change possible.
        At least 0.

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
    ``delta = sqrt(delta_variance + eps) / sqrt(variance + eps) * grad``: the units of `param`,
    whatever those of `grad` are.

    References
    ----------
    .. [1] M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, arXiv:1212.5701,
           algorithm 1.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), adadelta_init(np.array([0.0]))
    >>> param, state = adadelta_step(param, np.array([1.0]), state, eps=0.1)
    >>> param.round(4)
    array([-0.7071])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["variance"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['variance'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= decay < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, decay={decay}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= decay < 1 and 0 <= eps < inf, got {got}")
    variance = decay * state["variance"] + (1 - decay) * grad * grad
    delta = np.sqrt((state["delta_variance"] + eps) / (variance + eps)) * grad
    delta_variance = decay * state["delta_variance"] + (1 - decay) * delta * delta
    state = {"step": state["step"] + 1, "variance": variance, "delta_variance": delta_variance}
    return param - lr * delta, state
