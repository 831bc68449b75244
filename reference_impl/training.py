"""The training loop: batch, forward, loss, backward, clip, update; then judge the epoch."""

from reference_impl.clipping import clip_by_global_norm
from reference_impl.cross_entropy_with_gradient import softmax_cross_entropy_with_gradient
from reference_impl.early_stopping import early_stopping_init, early_stopping_step
from reference_impl.minibatches import minibatches
from reference_impl.mlp import mlp_backward, mlp_forward
from reference_impl.optimizers import adam_init, adam_step

__all__ = ["optimizer_init", "optimizer_update", "train", "train_step", "with_gradient"]


def with_gradient(loss, loss_backward):
    """Join a loss and its backward into the one function that training calls.

    Parameters
    ----------
    loss : callable
        Such as `mse`: takes predictions and targets, returns a number.
    loss_backward : callable
        Such as `mse_backward`: takes the same, returns the gradient of the predictions.

    Returns
    -------
    both : callable
        Takes the same, returns the number and the gradient.

    Examples
    --------
    >>> import numpy as np
    >>> from reference_impl.regression_losses import mse, mse_backward
    >>> loss, dpred = with_gradient(mse, mse_backward)(np.array([3.0]), np.array([1.0]))
    >>> float(loss), dpred
    (4.0, array([4.]))
    """
    return lambda pred, target: (loss(pred, target), loss_backward(pred, target))


def optimizer_init(params, init):
    """Make the state of an optimizer for every parameter: no two share one.

    Parameters
    ----------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer.
    init : callable
        Such as `adam_init`.

    Returns
    -------
    states : list of (dict, dict)
        ``(init(W), init(b))`` of each layer.

    Examples
    --------
    >>> import numpy as np
    >>> optimizer_init([(np.zeros((2, 1)), np.zeros(1))], lambda param: param.shape)
    [((2, 1), (1,))]
    """
    return [(init(W), init(b)) for W, b in params]


def optimizer_update(params, grads, states, step, **settings):
    """Take one step with every parameter.

    Parameters
    ----------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer.
    grads : list of (ndarray, ndarray)
        ``(dW, db)`` of each layer, all at these parameters.
    states : list of (dict, dict)
        As `optimizer_init` made them or the last call returned them.
    step : callable
        Such as `adam_step`.
    **settings : float
        Hyperparameters of the step, such as ``lr``.

    Returns
    -------
    params : list of (ndarray, ndarray)
        The new parameters; the old ones are left as they were.
    states : list of (dict, dict)
        The new states.

    Examples
    --------
    >>> import numpy as np
    >>> from reference_impl.optimizers import sgd_init, sgd_step
    >>> params = [(np.array([[1.0]]), np.array([0.0]))]
    >>> grads = [(np.array([[2.0]]), np.array([-1.0]))]
    >>> states = optimizer_init(params, sgd_init)
    >>> params, states = optimizer_update(params, grads, states, sgd_step, lr=0.5)
    >>> params
    [(array([[0.]]), array([0.5]))]
    """
    new_params, new_states = [], []
    for layer in zip(params, grads, states, strict=True):
        moved = [step(*of_one, **settings) for of_one in zip(*layer, strict=True)]
        (W, W_state), (b, b_state) = moved
        new_params.append((W, b))
        new_states.append((W_state, b_state))
    return new_params, new_states


def train_step(
    params,
    states,
    X,
    y,
    *,
    lr,
    step=adam_step,
    loss=softmax_cross_entropy_with_gradient,
    hidden="relu",
    output="identity",
    max_norm=None,
):
    """Learn from one batch: forward, loss, backward, clip, update.

    Parameters
    ----------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer.
    states : list of (dict, dict)
        As `optimizer_init` made them or the last call returned them.
    X : ndarray of shape (N, D)
        The batch, one example a row.
    y : ndarray
        The targets, as the loss takes them.
    lr : float
        Learning rate.
    step : callable, default=adam_step
        The step of the optimizer.
    loss : callable, default=softmax_cross_entropy_with_gradient
        Takes the output and the targets; returns the loss and the gradient of the output. Others
        are made with `with_gradient`.
    hidden : str, default="relu"
        Activation of the hidden layers, see `mlp_forward`.
    output : str, default="identity"
        Activation of the last layer.
    max_norm : float, optional
        Global norm to clip the gradients at; none by default.

    Returns
    -------
    params : list of (ndarray, ndarray)
        The new parameters; the old ones are left as they were.
    states : list of (dict, dict)
        The new states.
    batch_loss : float
        The loss before the step.

    Examples
    --------
    >>> import numpy as np
    >>> from reference_impl.optimizers import sgd_init, sgd_step
    >>> params = [(np.zeros((1, 2)), np.zeros(2))]
    >>> states = optimizer_init(params, sgd_init)
    >>> X, y = np.array([[1.0]]), np.array([1])
    >>> params, states, loss = train_step(params, states, X, y, lr=1.0, step=sgd_step)
    >>> round(loss, 4), params[0][0]
    (0.6931, array([[-0.5,  0.5]]))
    """
    out, caches = mlp_forward(X, params, hidden=hidden, output=output)
    batch_loss, dOut = loss(out, y)
    grads = mlp_backward(dOut, caches)
    if max_norm is not None:
        flat, _ = clip_by_global_norm([grad for pair in grads for grad in pair], max_norm)
        grads = list(zip(flat[::2], flat[1::2], strict=True))
    params, states = optimizer_update(params, grads, states, step, lr=lr)
    return params, states, float(batch_loss)


def train(
    params,
    train_set,
    val_set=None,
    *,
    rng,
    n_epochs,
    batch_size=128,
    lr=1e-3,
    optimizer=(adam_init, adam_step),
    loss=softmax_cross_entropy_with_gradient,
    hidden="relu",
    output="identity",
    max_norm=None,
    patience=None,
):
    """Train a multi-layer perceptron, and write down how it went.

    Parameters
    ----------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer, as `mlp_init` draws them.
    train_set : tuple of (ndarray, ndarray)
        ``(X, y)``, an example a row.
    val_set : tuple of (ndarray, ndarray), optional
        ``(X, y)`` to judge each epoch by; never learned from.
    rng : numpy.random.Generator
        Source of the order of the examples.
    n_epochs : int
        Passes over the training set, at most.
    batch_size : int, default=128
        Examples in a batch.
    lr : float or callable, default=1e-3
        Learning rate, or a schedule: called with the number of updates made so far.
    optimizer : tuple of (callable, callable), default=(adam_init, adam_step)
        ``(init, step)`` of any optimizer.
    loss : callable, default=softmax_cross_entropy_with_gradient
        Takes the output and the targets; returns the loss and the gradient of the output. Others
        are made with `with_gradient`.
    hidden : str, default="relu"
        Activation of the hidden layers, see `mlp_forward`.
    output : str, default="identity"
        Activation of the last layer.
    max_norm : float, optional
        Global norm to clip the gradients at; none by default.
    patience : int, optional
        Epochs without a better validation loss after which to stop and go back to the best
        parameters; needs `val_set`.

    Returns
    -------
    params : list of (ndarray, ndarray)
        The trained parameters; with `patience`, those of the best epoch.
    history : dict
        ``train_loss``, the mean over an epoch's batches while it learned, and ``val_loss`` at its
        end, a list each, an entry an epoch; ``val_loss`` is empty without `val_set`.

    Raises
    ------
    ValueError
        If `n_epochs` is negative, the training set is empty, or `patience` is given without a
        validation set.

    Examples
    --------
    >>> import numpy as np
    >>> from reference_impl.mlp import mlp_init
    >>> rng = np.random.default_rng(0)
    >>> X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    >>> params, history = train(mlp_init([2, 8, 2], rng), (X, y), rng=rng, n_epochs=300, lr=0.05)
    >>> bool(history["train_loss"][-1] < 0.1)
    True
    """
    if n_epochs < 0 or not len(train_set[0]) or (patience is not None and val_set is None):
        raise ValueError(
            "need n_epochs >= 0, examples, and a validation set for patience, got"
            f" {n_epochs} epochs, {len(train_set[0])} examples, patience={patience}"
        )
    init, step = optimizer
    net = {"hidden": hidden, "output": output}
    how = {"step": step, "loss": loss, "max_norm": max_norm, **net}
    states, stopping, n_updates = optimizer_init(params, init), early_stopping_init(), 0
    history = {"train_loss": [], "val_loss": []}
    for _ in range(n_epochs):
        total = 0.0
        for X, y in minibatches(*train_set, batch_size, rng):
            rate = lr(n_updates) if callable(lr) else lr
            params, states, batch_loss = train_step(params, states, X, y, lr=rate, **how)
            # A smaller last batch counts for the examples it has.
            total += batch_loss * len(X)
            n_updates += 1
        history["train_loss"].append(total / len(train_set[0]))
        if val_set is None:
            continue
        out, _ = mlp_forward(val_set[0], params, **net)
        history["val_loss"].append(float(loss(out, val_set[1])[0]))
        if patience is not None:
            val_loss = history["val_loss"][-1]
            stopping, stop = early_stopping_step(stopping, val_loss, params, patience=patience)
            if stop:
                break
    return stopping["best_params"] or params, history
