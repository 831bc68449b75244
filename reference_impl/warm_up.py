"""Learning rates that rise before they fall: warm-up, warm-up with cosine, one-cycle.

A schedule is a function of the step: it holds no state, and can be drawn before training.
"""

import numpy as np

__all__ = [
    "linear_warm_up",
    "one_cycle",
    "warm_up_cosine",
]


def linear_warm_up(step, *, lr, n_warm_up, start_lr=0.0):
    """Let the learning rate rise along a straight line, and stay.

    Adam's first variances and batch norm's first statistics are rough; small steps give them
    time.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate after the warm-up, at least 0.
    n_warm_up : int
        Steps of the warm-up, at least 1.
    start_lr : float, default=0.0
        Learning rate at step 0, at least 0.

    Returns
    -------
    rate : float
        ``start_lr + (lr - start_lr) * step / n_warm_up``, then `lr`.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.LinearLR` with ``start_factor = start_lr / lr``. From 0 the first
    update changes nothing; many programs count from 1.

    References
    ----------
    .. [1] P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017,
           arXiv:1706.02677, section 2.2.

    Examples
    --------
    >>> [linear_warm_up(step, lr=1.0, n_warm_up=4) for step in range(6)]
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """
    if not (all(0 <= value < np.inf for value in (step, lr, start_lr)) and 1 <= n_warm_up < np.inf):
        got = f"step={step}, lr={lr}, n_warm_up={n_warm_up}, start_lr={start_lr}"
        raise ValueError(f"need 0 <= step, lr, start_lr < inf and 1 <= n_warm_up < inf, got {got}")
    share = min(step, n_warm_up) / n_warm_up
    return float(lr * share + start_lr * (1 - share))


def warm_up_cosine(step, *, lr, n_warm_up, n_steps, start_lr=0.0, min_lr=0.0):
    """Let the learning rate rise along a line, then fall along half a cosine.

    The usual schedule of transformers.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    lr : float
        Learning rate after the warm-up, at least 0.
    n_warm_up : int
        Steps of the warm-up, at least 1.
    n_steps : int
        Steps of both parts together, more than `n_warm_up`.
    start_lr : float, default=0.0
        Learning rate at step 0, at least 0.
    min_lr : float, default=0.0
        Learning rate at the end, at least 0; it stays there.

    Returns
    -------
    rate : float
        As `linear_warm_up` up to `n_warm_up`, then as `cosine_annealing` over the rest.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    References
    ----------
    .. [1] I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR
           2017, arXiv:1608.03983, equation 5.

    Examples
    --------
    >>> [round(warm_up_cosine(s, lr=1.0, n_warm_up=2, n_steps=6), 4) for s in range(7)]
    [0.0, 0.5, 1.0, 0.8536, 0.5, 0.1464, 0.0]
    """
    if not (
        1 <= n_warm_up < n_steps < np.inf
        and all(0 <= value < np.inf for value in (step, lr, start_lr, min_lr))
    ):
        got = (
            f"step={step}, lr={lr}, n_warm_up={n_warm_up}, n_steps={n_steps},"
            f" start_lr={start_lr}, min_lr={min_lr}"
        )
        raise ValueError(
            "need 1 <= n_warm_up < n_steps < inf and 0 <= step, lr, start_lr, min_lr < inf,"
            f" got {got}"
        )
    if step < n_warm_up:
        return float(lr * step / n_warm_up + start_lr * (1 - step / n_warm_up))
    done = (min(step, n_steps) - n_warm_up) / (n_steps - n_warm_up)
    share = (1 + np.cos(np.pi * done)) / 2
    return float(lr * share + min_lr * (1 - share))


def one_cycle(step, *, max_lr, n_steps, rise=0.3, start_divisor=25.0, end_divisor=1e4):
    """Let the learning rate rise and fall once, along half a cosine each.

    A high rate in the middle of a short training, and almost none at its end.

    Parameters
    ----------
    step : int
        Updates (or epochs) already made: 0 before the first.
    max_lr : float
        Highest learning rate, at least 0.
    n_steps : int
        Steps in all, at least 1.
    rise : float, default=0.3
        Share of the steps that rise, strictly between 0 and 1.
    start_divisor : float, default=25.0
        The first rate is `max_lr` divided by it, positive.
    end_divisor : float, default=1e4
        The last rate is the first divided by it, positive.

    Returns
    -------
    rate : float
        From ``max_lr / start_divisor`` to `max_lr` at step ``rise * n_steps - 1``, then down to
        ``max_lr / start_divisor / end_divisor`` at step ``n_steps - 1``.

    Raises
    ------
    ValueError
        If an argument is out of its range or not finite.

    Notes
    -----
    As `torch.optim.lr_scheduler.OneCycleLR`, which may cycle the momentum too.

    References
    ----------
    .. [1] L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using
           Large Learning Rates", 2018, arXiv:1708.07120, section 3.

    Examples
    --------
    >>> [round(one_cycle(step, max_lr=1.0, n_steps=7, rise=3 / 7), 3) for step in range(7)]
    [0.04, 0.52, 1.0, 0.854, 0.5, 0.146, 0.0]
    """
    if not (
        0 <= step < n_steps < np.inf
        and 0 <= max_lr < np.inf
        and 0 < rise < 1
        and 0 < start_divisor < np.inf
        and 0 < end_divisor < np.inf
    ):
        got = (
            f"step={step}, max_lr={max_lr}, n_steps={n_steps}, rise={rise},"
            f" start_divisor={start_divisor}, end_divisor={end_divisor}"
        )
        raise ValueError(
            "need 0 <= step < n_steps < inf, 0 <= max_lr < inf, 0 < rise < 1"
            f" and 0 < start_divisor, end_divisor < inf, got {got}"
        )
    first, peak, last = max_lr / start_divisor, rise * n_steps - 1, n_steps - 1
    if step < peak:
        start, end, done = first, max_lr, step / peak
    else:
        start, end, done = max_lr, first / end_divisor, (step - peak) / (last - peak)
    share = (1 + np.cos(np.pi * done)) / 2
    return float(start * share + end * (1 - share))
