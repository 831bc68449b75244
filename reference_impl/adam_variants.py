"""NAdam and AdaMax.

A step is pure: it returns the new parameter and the new state, and changes neither argument.
"""

import numpy as np

__all__ = [
    "adamax_init",
    "adamax_step",
    "nadam_init",
    "nadam_step",
]


def nadam_init(param):
    """Make the state before the first step of `nadam_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``mean`` and ``variance``, all 0, and ``mu_product``, which is 1.
    """
    return {
        "step": 0,
        "mean": np.zeros_like(param * 1.0),
        "variance": np.zeros_like(param * 1.0),
        "mu_product": 1.0,
    }


def nadam_step(
    param, grad, state, *, lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8, momentum_decay=4e-3
):
    """Take one NAdam step: Adam with Nesterov momentum.

    The mean looks one step ahead, and `beta1` warms up to its value.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `nadam_init` made it or the last step returned it.
    lr : float, default=2e-3
        Learning rate, at least 0.
    beta1 : float, default=0.9
        Share of the mean that is kept, in [0, 1).
    beta2 : float, default=0.999
        Share of the variance that is kept, in [0, 1).
    eps : float, default=1e-8
        Added outside the root, so that a zero gradient is not divided by zero; at least 0.
    momentum_decay : float, default=4e-3
        How fast the momentum warms up, at least 0. Keras uses 1.

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
    ``mu = beta1 * (1 - 0.5 * 0.96**(step * momentum_decay))``. The mean decays with `beta1` and
    only its use with ``mu``, as in PyTorch and Keras.

    References
    ----------
    .. [1] T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop, algorithm 2.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), nadam_init(np.array([0.0]))
    >>> param, state = nadam_step(param, np.array([1.0]), state, lr=0.1, beta1=0.0)
    >>> param.round(4)
    array([-0.1])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["mean"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['mean'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (
        0 <= lr < np.inf
        and 0 <= beta1 < 1
        and 0 <= beta2 < 1
        and 0 <= eps < np.inf
        and 0 <= momentum_decay < np.inf
    ):
        got = f"lr={lr}, beta1={beta1}, beta2={beta2}, eps={eps}, momentum_decay={momentum_decay}"
        raise ValueError(
            f"need 0 <= lr, eps, momentum_decay < inf and 0 <= beta1, beta2 < 1, got {got}"
        )
    step = state["step"] + 1
    mu = beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((step + 1) * momentum_decay))
    mu_product = state["mu_product"] * mu
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad * grad
    # The gradient of today, and the mean as the next step will use it.
    mean_hat = (1 - mu) / (1 - mu_product) * grad + mu_next / (1 - mu_product * mu_next) * mean
    variance_hat = variance / (1 - beta2**step)
    param = param - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    return param, {"step": step, "mean": mean, "variance": variance, "mu_product": mu_product}


def adamax_init(param):
    """Make the state before the first step of `adamax_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, ``mean`` and ``largest``, all 0.
    """
    return {
        "step": 0,
        "mean": np.zeros_like(param * 1.0),
        "largest": np.zeros_like(param * 1.0),
    }


def adamax_step(param, grad, state, *, lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one AdaMax step: Adam with the largest gradient in place of the root mean square.

    The maximum decays by `beta2` a step; it needs no bias correction.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `adamax_init` made it or the last step returned it.
    lr : float, default=2e-3
        Learning rate, at least 0.
    beta1 : float, default=0.9
        Share of the mean that is kept, in [0, 1).
    beta2 : float, default=0.999
        Share of the maximum that is kept, in [0, 1).
    eps : float, default=1e-8
        Added to the absolute gradient before the maximum is taken; at least 0.

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
    ``largest = max(beta2 * largest, abs(grad) + eps)``, as in PyTorch; Keras adds `eps` to the
    maximum, the paper has none.

    References
    ----------
    .. [1] D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
           arXiv:1412.6980, algorithm 2.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0, 0.0]), adamax_init(np.array([0.0, 0.0]))
    >>> param, state = adamax_step(param, np.array([3.0, -0.001]), state, lr=0.1)
    >>> param.round(4)
    array([-0.1,  0.1])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["mean"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['mean'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= beta1 < 1 and 0 <= beta2 < 1 and 0 <= eps < np.inf):
        got = f"lr={lr}, beta1={beta1}, beta2={beta2}, eps={eps}"
        raise ValueError(f"need 0 <= lr < inf, 0 <= beta1, beta2 < 1 and 0 <= eps < inf, got {got}")
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    largest = np.maximum(beta2 * state["largest"], abs(1.0 * grad) + eps)
    param = param - lr / (1 - beta1**step) * mean / largest
    return param, {"step": step, "mean": mean, "largest": largest}
