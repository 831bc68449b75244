"""Learning rates that fall as training goes on; those that rise first stand in `warm_up`.

A schedule is a function of the step: it holds no state, and can be drawn before training.
"""

import numpy as np

__all__ = [
    "cosine_annealing",
    "exponential_decay",
    "inverse_time_decay",
    "multi_step_decay",
    "polynomial_decay",
    "step_decay",
]


def step_decay(step, *, lr, step_size, gamma=0.1):
    """Multiply the learning rate by a factor every so many steps.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    step_size : int
        Steps between two reductions, at least 1.
    gamma : float, default=0.1
        The factor, positive.

    Returns
    -------
    rate : float
        ``lr * gamma ** (step // step_size)``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.StepLR`.

    Examples
    --------
    >>> [round(step_decay(step, lr=0.1, step_size=2), 4) for step in range(5)]
    [0.1, 0.1, 0.01, 0.01, 0.001]
    """
    if not (0 <= step < np.inf and 0 <= lr < np.inf and step_size >= 1 and 0 < gamma < np.inf):
        got = f"step={step}, lr={lr}, step_size={step_size}, gamma={gamma}"
        raise ValueError(f"need 0 <= step, lr < inf, step_size >= 1 and 0 < gamma < inf, got {got}")
    return float(lr * gamma ** (step // step_size))


def multi_step_decay(step, *, lr, milestones, gamma=0.1):
    """Multiply the learning rate by a factor at given steps.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    milestones : sequence of int
        Steps from which on the rate is reduced once more.
    gamma : float, default=0.1
        The factor, positive.

    Returns
    -------
    rate : float
        ``lr * gamma ** k``, where k milestones are at or before `step`.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.MultiStepLR`. Keras's piecewise constant decay reduces one step
    later: after the boundary.

    Examples
    --------
    >>> [round(multi_step_decay(step, lr=0.1, milestones=[1, 3]), 4) for step in range(5)]
    [0.1, 0.01, 0.01, 0.001, 0.001]
    """
    if not (0 <= step < np.inf and 0 <= lr < np.inf and 0 < gamma < np.inf):
        got = f"step={step}, lr={lr}, milestones={milestones}, gamma={gamma}"
        raise ValueError(f"need 0 <= step, lr < inf and 0 < gamma < inf, got {got}")
    n_reached = sum(milestone <= step for milestone in milestones)
    return float(lr * gamma**n_reached)


def exponential_decay(step, *, lr, gamma):
    """Multiply the learning rate by a factor at every step.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    gamma : float
        The factor, positive.

    Returns
    -------
    rate : float
        ``lr * gamma ** step``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.ExponentialLR`. To multiply by ``gamma`` in the course of ``n``
    steps, as Keras's exponential decay does, give ``gamma ** (1 / n)``.

    Examples
    --------
    >>> [exponential_decay(step, lr=8.0, gamma=0.5) for step in range(4)]
    [8.0, 4.0, 2.0, 1.0]
    """
    if not (0 <= step < np.inf and 0 <= lr < np.inf and 0 < gamma < np.inf):
        got = f"step={step}, lr={lr}, gamma={gamma}"
        raise ValueError(f"need 0 <= step, lr < inf and 0 < gamma < inf, got {got}")
    return float(lr * gamma**step)


def inverse_time_decay(step, *, lr, decay):
    """Divide the learning rate by a number that grows with the steps.

    The slow decay of the first proofs that stochastic gradient descent converges.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    decay : float
        Growth of the divisor at each step, at least 0.

    Returns
    -------
    rate : float
        ``lr / (1 + decay * step)``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    References
    ----------
    .. [1] H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of Mathematical
           Statistics 22, 1951.

    Examples
    --------
    >>> [inverse_time_decay(step, lr=6.0, decay=1.0) for step in range(3)]
    [6.0, 3.0, 2.0]
    """
    if not (0 <= step < np.inf and 0 <= lr < np.inf and 0 <= decay < np.inf):
        got = f"step={step}, lr={lr}, decay={decay}"
        raise ValueError(f"need 0 <= step, lr < inf and 0 <= decay < inf, got {got}")
    return float(lr / (1 + decay * step))


def polynomial_decay(step, *, lr, n_steps, power=1.0, min_lr=0.0):
    """Let the learning rate fall along a power of what is left; a straight line by default.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    n_steps : int
        Steps until the rate is `min_lr`, at least 1; it stays there.
    power : float, default=1.0
        The power, positive.
    min_lr : float, default=0.0
        Learning rate at the end, at least 0.

    Returns
    -------
    rate : float
        ``min_lr + (lr - min_lr) * (1 - step / n_steps) ** power``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.PolynomialLR`, which ends at 0.

    Examples
    --------
    >>> [polynomial_decay(step, lr=4.0, n_steps=4) for step in range(6)]
    [4.0, 3.0, 2.0, 1.0, 0.0, 0.0]
    """
    if not (
        all(0 <= value < np.inf for value in (step, lr, min_lr))
        and 1 <= n_steps < np.inf
        and 0 < power < np.inf
    ):
        got = f"step={step}, lr={lr}, n_steps={n_steps}, power={power}, min_lr={min_lr}"
        raise ValueError(
            f"need 0 <= step, lr, min_lr < inf, 1 <= n_steps < inf and 0 < power < inf, got {got}"
        )
    left = 1 - min(step, n_steps) / n_steps
    return float(min_lr + (lr - min_lr) * left**power)


def cosine_annealing(step, *, lr, n_steps, min_lr=0.0):
    """Let the learning rate fall along half a cosine: slowly, fast, slowly.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate at the start, at least 0.
    n_steps : int
        Steps until the rate is `min_lr`, at least 1; it stays there.
    min_lr : float, default=0.0
        Learning rate at the end, at least 0.

    Returns
    -------
    rate : float
        ``min_lr + (lr - min_lr) * (1 + cos(pi * step / n_steps)) / 2``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    Up to `n_steps` as `torch.optim.lr_scheduler.CosineAnnealingLR`, which rises again after it.

    References
    ----------
    .. [1] I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR
           2017, arXiv:1608.03983, equation 5.

    Examples
    --------
    >>> [round(cosine_annealing(step, lr=1.0, n_steps=4), 4) for step in range(6)]
    [1.0, 0.8536, 0.5, 0.1464, 0.0, 0.0]
    """
    if not (all(0 <= value < np.inf for value in (step, lr, min_lr)) and 1 <= n_steps < np.inf):
        got = f"step={step}, lr={lr}, n_steps={n_steps}, min_lr={min_lr}"
        raise ValueError(f"need 0 <= step, lr, min_lr < inf and 1 <= n_steps < inf, got {got}")
    share = (1 + np.cos(np.pi * min(step, n_steps) / n_steps)) / 2
    # A weighted mean is exact at both ends.
    return float(lr * share + min_lr * (1 - share))
