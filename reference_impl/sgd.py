"""Gradient descent: plain, with momentum, with dampening, with Nesterov's look-ahead.

A step is pure: it returns the new parameter and the new state, and changes neither argument.
"""

import numpy as np

__all__ = [
    "damped_momentum_init",
    "damped_momentum_step",
    "momentum_init",
    "momentum_step",
    "nesterov_init",
    "nesterov_step",
    "sgd_init",
    "sgd_step",
]


def sgd_init(param):
    """Make the state before the first step of `sgd_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step``, the number of steps taken.
    """
    return {"step": 0}


def sgd_step(param, grad, state, *, lr=1e-3):
    """Take one step of gradient descent.

    The plain update, for the gradient of a batch of any size.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `sgd_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.

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
    ``param = param - lr * grad``. On ``0.5 * curvature * w**2`` it converges for
    ``lr < 2 / curvature``.

    References
    ----------
    .. [1] H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of Mathematical
           Statistics 22, 1951, equation 8.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = sgd_step(np.array([0.5, 0.3]), np.array([0.1, 0.2]), {"step": 0}, lr=0.01)
    >>> param
    array([0.499, 0.298])
    """
    if np.shape(grad) != np.shape(param):
        raise ValueError(f"param has shape {np.shape(param)}, grad has shape {np.shape(grad)}")
    if not (0 <= lr < np.inf):
        got = f"lr={lr}"
        raise ValueError(f"need 0 <= lr < inf, got {got}")
    return param - lr * grad, {"step": state["step"] + 1}


def momentum_init(param):
    """Make the state before the first step of `momentum_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step`` and ``velocity``, both 0.
    """
    return {"step": 0, "velocity": np.zeros_like(param * 1.0)}


def momentum_step(param, grad, state, *, lr=1e-3, momentum=0.9):
    """Take one step of gradient descent with momentum.

    The velocity is a decaying sum of gradients, in PyTorch's form: the learning rate multiplies
    the velocity, not the gradient.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `momentum_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    momentum : float, default=0.9
        Share of the velocity that is kept, in [0, 1).

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
    ``velocity = momentum * velocity + grad``, then ``param = param - lr * velocity``: under a
    constant gradient the steps grow to ``lr * grad / (1 - momentum)``. Two other forms are in
    use: ``velocity = momentum * velocity - lr * grad`` gives the same path while `lr` is
    constant; ``momentum * velocity + (1 - momentum) * grad`` is an average, its steps ten times
    smaller at 0.9.

    References
    ----------
    .. [1] B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR
           Computational Mathematics and Mathematical Physics 4(5), 1964, equation 9.
    .. [2] I. Sutskever et al., "On the importance of initialization and momentum in deep
           learning", ICML 2013, equations 1 and 2.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), momentum_init(np.array([0.0]))
    >>> for _ in range(3):
    ...     param, state = momentum_step(param, np.array([1.0]), state, lr=0.1)
    >>> param.round(3), state["velocity"].round(2)
    (array([-0.561]), array([2.71]))
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["velocity"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['velocity'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= momentum < 1):
        got = f"lr={lr}, momentum={momentum}"
        raise ValueError(f"need 0 <= lr < inf and 0 <= momentum < 1, got {got}")
    velocity = momentum * state["velocity"] + grad
    return param - lr * velocity, {"step": state["step"] + 1, "velocity": velocity}


def damped_momentum_init(param):
    """Make the state before the first step of `damped_momentum_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step`` and ``velocity``, both 0.
    """
    return {"step": 0, "velocity": np.zeros_like(param * 1.0)}


def damped_momentum_step(param, grad, state, *, lr=1e-3, momentum=0.9, dampening=0.9):
    """Take one step of momentum whose velocity takes up only a part of each gradient.

    With ``dampening = momentum`` the velocity is an exponential average of the gradients.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `damped_momentum_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    momentum : float, default=0.9
        Share of the velocity that is kept, in [0, 1).
    dampening : float, default=0.9
        Share of the gradient that is left out, in [0, 1].

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
    ``velocity = momentum * velocity + (1 - dampening) * grad``, but ``velocity = grad`` at the
    first step: `torch.optim.SGD` does so. An average that starts at 0 instead is
    ``(1 - momentum)`` times too small at first, which is what Adam's bias correction mends.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), damped_momentum_init(np.array([0.0]))
    >>> for _ in range(2):
    ...     param, state = damped_momentum_step(param, np.array([1.0]), state, lr=0.1)
    >>> param.round(3), state["velocity"].round(3)
    (array([-0.2]), array([1.]))
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["velocity"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['velocity'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= momentum < 1 and 0 <= dampening <= 1):
        got = f"lr={lr}, momentum={momentum}, dampening={dampening}"
        raise ValueError(
            f"need 0 <= lr < inf, 0 <= momentum < 1 and 0 <= dampening <= 1, got {got}"
        )
    step = state["step"] + 1
    # PyTorch starts the velocity at the whole first gradient; only later ones are damped.
    share = 1.0 if step == 1 else 1.0 - dampening
    velocity = momentum * state["velocity"] + share * grad
    return param - lr * velocity, {"step": step, "velocity": velocity}


def nesterov_init(param):
    """Make the state before the first step of `nesterov_step`.

    Parameters
    ----------
    param : ndarray
        The parameter.

    Returns
    -------
    state : dict
        ``step`` and ``velocity``, both 0.
    """
    return {"step": 0, "velocity": np.zeros_like(param * 1.0)}


def nesterov_step(param, grad, state, *, lr=1e-3, momentum=0.9):
    """Take one step of gradient descent with Nesterov momentum.

    PyTorch's form: the gradient is taken where the parameter is, and the step looks ahead by
    adding the velocity the next step would start with.

    Parameters
    ----------
    param : ndarray
        The parameter, of any shape.
    grad : ndarray
        Gradient of the loss with respect to `param`, of its shape.
    state : dict
        As `nesterov_init` made it or the last step returned it.
    lr : float, default=1e-3
        Learning rate, at least 0.
    momentum : float, default=0.9
        Share of the velocity that is kept, in [0, 1).

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
    ``velocity = momentum * velocity + grad``, then
    ``param = param - lr * (grad + momentum * velocity)``. The original takes the gradient at
    ``param - lr * momentum * velocity``. Both walk the same path while `lr` is constant: what is
    called `param` here is the original's look-ahead point.

    References
    ----------
    .. [1] Y. Nesterov, "A method for solving the convex programming problem with convergence rate
           O(1/k^2)", Soviet Mathematics Doklady 27(2), 1983.
    .. [2] I. Sutskever et al., "On the importance of initialization and momentum in deep
           learning", ICML 2013, equations 3 and 4.

    Examples
    --------
    >>> import numpy as np
    >>> param, state = np.array([0.0]), nesterov_init(np.array([0.0]))
    >>> param, state = nesterov_step(param, np.array([1.0]), state, lr=0.1)
    >>> param
    array([-0.19])
    """
    if not np.shape(param) == np.shape(grad) == np.shape(state["velocity"]):
        shapes = f"{np.shape(param)}, {np.shape(grad)} and {np.shape(state['velocity'])}"
        raise ValueError(f"param, grad and state must have one shape, got {shapes}")
    if not (0 <= lr < np.inf and 0 <= momentum < 1):
        got = f"lr={lr}, momentum={momentum}"
        raise ValueError(f"need 0 <= lr < inf and 0 <= momentum < 1, got {got}")
    velocity = momentum * state["velocity"] + grad
    ahead = grad + momentum * velocity
    return param - lr * ahead, {"step": state["step"] + 1, "velocity": velocity}
