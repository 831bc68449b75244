"""The rung that tests forward, backward and update together: learn one batch by heart."""

import numpy as np

from grader.exercise import Exercise, case


def overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps):
    """Train a ReLU network on one batch by gradient descent, and keep the losses.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row; all of them make every step.
    y : ndarray of shape (N,)
        The class of each, an integer from 0 to C - 1.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer before the first step.
    b1 : ndarray of shape (H,)
        Its bias.
    W2 : ndarray of shape (H, C)
        Weights of the output layer.
    b2 : ndarray of shape (C,)
        Its bias.
    lr : float
        Learning rate.
    n_steps : int
        Updates to make.

    Returns
    -------
    losses : list of float
        Mean softmax cross-entropy before each step. An array is fine too.
    """
    rows, losses = np.arange(len(y)), []
    for _ in range(n_steps):
        A1 = np.maximum(X @ W1 + b1, 0)
        logits = A1 @ W2 + b2
        shifted = logits - logits.max(axis=1, keepdims=True)
        total = np.exp(shifted).sum(axis=1, keepdims=True)
        log_probs = shifted - np.log(total)
        losses.append(-log_probs[rows, y].mean())

        dlogits = np.exp(log_probs)
        dlogits[rows, y] -= 1
        dlogits /= len(y)
        # Both gradients belong to the old weights: take them first.
        dZ1 = (dlogits @ W2.T) * (A1 > 0)
        W2, b2 = W2 - lr * A1.T @ dlogits, b2 - lr * dlogits.sum(axis=0)
        W1, b1 = W1 - lr * X.T @ dZ1, b1 - lr * dZ1.sum(axis=0)
    return losses


def _as_floats(answer, *args):
    return [float(loss) for loss in answer(*args)]


def _overfit_cases(rng):
    for label, n, d, h, c, lr, steps in (
        ("twenty samples, three steps", 20, 6, 8, 4, 0.5, 3),
        ("a batch of one", 1, 3, 4, 2, 0.3, 3),
        ("as many samples as inputs, units and classes", 3, 3, 3, 3, 0.2, 4),
        ("one step", 5, 3, 4, 2, 0.5, 1),
        ("twenty samples, two hundred steps", 20, 10, 32, 4, 0.5, 200),
    ):
        yield case(label, *_small(rng, n, d, h, c), lr, steps)
    X, *rest = _small(rng, 4, 3, 5, 3)
    yield case("inputs of a thousand", 1000 * X, *rest, 1e-9, 2, quiet=True)


def _small(rng, n, d, h, c):
    X, y = rng.normal(size=(n, d)), rng.integers(0, c, n)
    W1, W2 = rng.normal(size=(d, h)) * np.sqrt(2 / d), rng.normal(size=(h, c)) * np.sqrt(2 / h)
    return X, y, W1, rng.normal(size=h) / 10, W2, rng.normal(size=c) / 10


def _descend(X, y, W1, b1, W2, b2, lr, n_steps, fault):
    """Do as `overfit_losses` does, with one fault."""
    rows, losses, total = np.arange(len(y)), [], [0.0] * 4
    for _ in range(n_steps):
        A1 = np.maximum(X @ W1 + b1, 0)
        logits = A1 @ W2 + b2
        shift = 0.0 if fault == "unshifted" else logits.max(axis=1, keepdims=True)
        log_probs = logits - shift
        log_probs = log_probs - np.log(np.exp(log_probs).sum(axis=1, keepdims=True))
        losses.append(-log_probs[rows, y].mean())
        dlogits = np.exp(log_probs)
        dlogits[rows, y] -= 1
        dlogits /= 1 if fault == "sum" else len(y)
        old_W2 = W2
        grads = [A1.T @ dlogits, dlogits.sum(axis=0)]
        if fault == "new weights":
            old_W2 = W2 - lr * grads[0]
        gate = 1.0 if fault == "no gate" else A1 > 0
        dZ1 = (dlogits @ old_W2.T) * gate
        grads += [X.T @ dZ1, dZ1.sum(axis=0)]
        total = [t + g for t, g in zip(total, grads)] if fault == "accumulated" else grads
        step = [(-lr if fault == "ascent" else lr) * g for g in total]
        W2, b2, W1, b1 = W2 - step[0], b2 - step[1], W1 - step[2], b1 - step[3]
    return losses


def _gradients_accumulated(X, y, W1, b1, W2, b2, lr, n_steps):
    """Right at first, then off: what is left in your gradients from the step before?"""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "accumulated")


def _summed_gradient(X, y, W1, b1, W2, b2, lr, n_steps):
    """Your loss is a mean, your gradient that of a sum: the step is N times too large."""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "sum")


def _new_weights_in_backward(X, y, W1, b1, W2, b2, lr, n_steps):
    """You change W2 and then send the gradient back through it. Which W2 went forward?"""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "new weights")


def _gate_left_out(X, y, W1, b1, W2, b2, lr, n_steps):
    """A unit that ReLU had closed still learns in yours."""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "no gate")


def _uphill(X, y, W1, b1, W2, b2, lr, n_steps):
    """Your losses rise from step to step. In which direction does a gradient point?"""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "ascent")


def _unshifted_exponentials(X, y, W1, b1, W2, b2, lr, n_steps):
    """Logits in the thousands: exp overflows, or a probability is 0. Take its log on paper."""
    return _descend(X, y, W1, b1, W2, b2, lr, n_steps, "unshifted")


def _in_place(X, y, W1, b1, W2, b2, lr, n_steps):
    """`W1 -= ...` writes into the caller's array: a second run would start from trained weights."""
    losses = overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps)
    for parameter in (W1, b1, W2, b2):
        parameter += 1
    return losses


def _loss_after_the_step(X, y, W1, b1, W2, b2, lr, n_steps):
    """Your first loss is already that of trained weights; the contract wants it before a step."""
    return overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps + 1)[1:]


overfit_losses_exercise = Exercise(
    reference=overfit_losses,
    cases=_overfit_cases,
    driver=_as_floats,
    points=4,
    mistakes=(
        _gradients_accumulated,
        _summed_gradient,
        _new_weights_in_backward,
        _gate_left_out,
        _uphill,
        _unshifted_exponentials,
        _in_place,
        _loss_after_the_step,
    ),
    rtol=1e-6,
    kind="timed",
    difficulty=4,
    minutes=20,
    follow_up="It ends at a loss of 0.4 and stays there. In which order do you look?",
    follow_up_answer=(
        "First the data as the network gets them: equal inputs with different labels put a floor "
        "under the loss. Then a gradient check by layer, for a missing gate or bias. Then the "
        "rate, by factors of three both ways, with the gradient's norm beside it: near 0 it is a "
        "floor or dead units, large it is the step. Width comes last."
    ),
    asked=("https://mlmentorship.com/questions/debug-model-not-learning/",),
)
