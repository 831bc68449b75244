"""Early stopping: remember the best parameters, and stop when nothing better comes."""

import math

__all__ = ["early_stopping_init", "early_stopping_step"]


def early_stopping_init():
    """Make the state before the first epoch.

    Returns
    -------
    state : dict
        ``best_loss`` (infinite), ``best_params`` (None), ``best_epoch`` (None), ``epoch`` and
        ``n_bad_epochs`` (0).

    Examples
    --------
    >>> early_stopping_init()["best_loss"]
    inf
    """
    return {
        "best_loss": math.inf,
        "best_params": None,
        "best_epoch": None,
        "epoch": 0,
        "n_bad_epochs": 0,
    }


def early_stopping_step(state, loss, params, *, patience, min_delta=0.0):
    """Judge one epoch by its validation loss.

    Parameters
    ----------
    state : dict
        As `early_stopping_init` made it or the last call returned it.
    loss : float
        Validation loss after the epoch; NaN is never an improvement.
    params : list of (ndarray, ndarray)
        The parameters after the epoch. The best are kept as copies, which a later update in place
        cannot spoil.
    patience : int
        Epochs without an improvement after which to stop, at least 1.
    min_delta : float, default=0.0
        An improvement must be larger than this; at least 0.

    Returns
    -------
    state : dict
        The state for the next epoch; ``best_params`` are the ones to go on with after stopping.
    stop : bool
        Whether `patience` epochs in a row brought no improvement.

    Raises
    ------
    ValueError
        If `patience` is below 1, or `min_delta` negative or not finite.

    References
    ----------
    .. [1] L. Prechelt, "Early Stopping - But When?", Neural Networks: Tricks of the Trade,
           Springer, 1998.

    Examples
    --------
    >>> import numpy as np
    >>> state = early_stopping_init()
    >>> for loss in (1.0, 0.5, 0.6, 0.7):
    ...     params = [(np.array([[loss]]), np.zeros(1))]
    ...     state, stop = early_stopping_step(state, loss, params, patience=2)
    >>> stop, state["best_epoch"], state["best_params"][0][0]
    (True, 1, array([[0.5]]))
    """
    if not (patience >= 1 and 0 <= min_delta < math.inf):
        raise ValueError(
            f"need patience >= 1 and 0 <= min_delta < inf, got {patience}, {min_delta}"
        )
    epoch = state["epoch"]
    state = {**state, "epoch": epoch + 1, "n_bad_epochs": state["n_bad_epochs"] + 1}
    if loss < state["best_loss"] - min_delta:
        copies = [(W.copy(), b.copy()) for W, b in params]
        state |= {"best_loss": float(loss), "best_params": copies, "best_epoch": epoch}
        state["n_bad_epochs"] = 0
    return state, state["n_bad_epochs"] >= patience
