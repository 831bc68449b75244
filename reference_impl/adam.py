"""Adam, AMSGrad and AdamW.

A step is pure: it returns the new parameter and the new state, and changes neither argument.
"""

import numpy as np

__all__ = [
    "adam_init",
    "adam_step",
    "adamw_init",
    "adamw_step",
    "amsgrad_init",
    "amsgrad_step",
]


def adam_init(param):
    """Make the state before the first step of `adam_step`.

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


def adam_step(param, grad, state, *, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one Adam step.

    Momentum and RMSProp together, both corrected for having started at 0. Steps count from 1.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `adam_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    beta1 : float, default=0.9
        Share of the mean that is kept, in [0, 1).
    beta2 : float, default=0.999
        Share of the variance that is kept, in [0, 1).
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
    The first step is ``lr * sign(grad)``, whatever the scale of the gradient, while `eps` is
    small against it. `eps` stands outside the root, after the correction, as in algorithm 1 and
    PyTorch. The form of section 2, which Keras has, adds it before: the same as
    ``eps / sqrt(1 - beta2**step)`` here. Inside the root, 1e-8 acts like 1e-4. ``variance`` is
    the mean square, about 0.

    References
    ----------
    .. [1] D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
           arXiv:1412.6980, algorithm 1.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0, 0.0]), adam_init(np.array([0.0, 0.0]))
    >>> param, state = adam_step(param, np.array([3.0, -0.001]), state, lr=0.1)
    >>> param.round(4)
    array([-0.1,  0.1])
    >>> state["mean"], state["step"]
    (array([ 3.e-01, -1.e-04]), 1)
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["mean"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['mean'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= beta1 < 1 and 0 <= beta2 < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, beta1={beta1}, beta2={beta2}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= beta1, beta2 < 1 and 0 <= eps < inf, got {got}")
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad * grad
    # Both averages start at 0, so early ones are too small by exactly this factor.
    mean_hat = mean / (1 - beta1**step)
    variance_hat = variance / (1 - beta2**step)
    param = param - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    return param, {"step": step, "mean": mean, "variance": variance}


def amsgrad_init(param):
    """Make the state before the first step of `amsgrad_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``mean``, ``variance`` and ``max_variance``, all 0.
    """
    return {
        "step": 0,
        "mean": np.zeros_like(param * 1.0),
        "variance": np.zeros_like(param * 1.0),
        "max_variance": np.zeros_like(param * 1.0),
    }


def amsgrad_step(param, grad, state, *, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one AMSGrad step: Adam that divides by the largest variance so far.

    The step size of a coordinate can then only shrink, which mends the proof that Adam converges.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `amsgrad_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    beta1 : float, default=0.9
        Share of the mean that is kept, in [0, 1).
    beta2 : float, default=0.999
        Share of the variance that is kept, in [0, 1).
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
    The maximum is taken before the bias correction, as in PyTorch and Keras; the paper has no
    correction at all.

    References
    ----------
    .. [1] S. J. Reddi, S. Kale and S. Kumar, "On the Convergence of Adam and Beyond", ICLR 2018,
           arXiv:1904.09237, algorithm 2.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), amsgrad_init(np.array([0.0]))
    >>> for grad in (1.0, 0.0):
    ...     param, state = amsgrad_step(param, np.array([grad]), state, lr=0.1, beta2=0.5)
    >>> state["variance"], state["max_variance"]
    (array([0.25]), array([0.5]))
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["mean"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['mean'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= beta1 < 1 and 0 <= beta2 < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, beta1={beta1}, beta2={beta2}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= beta1, beta2 < 1 and 0 <= eps < inf, got {got}")
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad * grad
    max_variance = np.maximum(state["max_variance"], variance)
    mean_hat = mean / (1 - beta1**step)
    variance_hat = max_variance / (1 - beta2**step)
    param = param - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    moments = {"mean": mean, "variance": variance, "max_variance": max_variance}
    return param, {"step": step, **moments}


def adamw_init(param):
    """Make the state before the first step of `adamw_step`.

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


def adamw_step(param, grad, state, *, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """Take one AdamW step: Adam with decoupled weight decay.

    The parameter shrinks by ``lr * weight_decay``, outside the part that adapts. Added to the
    gradient instead (Adam with L2), the decay is divided by the root of the variance, and weights
    with large gradients hardly decay.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `adamw_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    beta1 : float, default=0.9
        Share of the mean that is kept, in [0, 1).
    beta2 : float, default=0.999
        Share of the variance that is kept, in [0, 1).
    eps : float, default=1e-8
        Added outside the root, so that a zero gradient is not divided by zero; at least 0.
    weight_decay : float, default=0.01
        Share of the parameter taken off, times `lr`; at least 0.

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
    ``param = (1 - lr * weight_decay) * param - lr * mean_hat / (sqrt(variance_hat) + eps)``: the
    decay is multiplied by `lr`, as in PyTorch; in the paper it has a schedule of its own.

    References
    ----------
    .. [1] I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
           arXiv:1711.05101, algorithm 2.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([2.0]), adamw_init(np.array([2.0]))
    >>> param, state = adamw_step(param, np.array([0.001]), state, lr=0.1, weight_decay=0.1)
    >>> param.round(4)
    array([1.88])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["mean"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['mean'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (
        0 <= lr < np.inf
        and 0 <= beta1 < 1
        and 0 <= beta2 < 1
        and 0 <= eps < np.inf
        and 0 <= weight_decay < np.inf
    ):
        got = f"lr={lr}, beta1={beta1}, beta2={beta2}, eps={eps}, weight_decay={weight_decay}"
        raise ValueError(
            f"need 0 <= lr, weight_decay, eps < inf and 0 <= beta1, beta2 < 1, got {got}"
        )
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad * grad
    mean_hat = mean / (1 - beta1**step)
    variance_hat = variance / (1 - beta2**step)
    shrunk = (1 - lr * weight_decay) * param
    param = shrunk - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    return param, {"step": step, "mean": mean, "variance": variance}
