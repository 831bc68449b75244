"""AdamW as a pure step: the decay stands apart."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import runs, told_by_step
from grader.exercises.optimizers.adam import adam_step, drive_adam


def adamw_step(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Take one step of Adam with decoupled weight decay.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Its gradient, without any penalty.
    state : dict
        ``"step"``, ``"mean"`` and ``"variance"``, as in `adam_step`.
    lr : float
        Learning rate.
    beta1 : float
        Share of the mean that is kept.
    beta2 : float
        Share of the variance that is kept.
    eps : float
        Added outside the root.
    weight_decay : float
        Each step also shrinks the weights by the share ``lr * weight_decay``.

    Returns
    -------
    w_new : ndarray
        The parameter after the step.
    state_new : dict
        The state for the next step; `state` itself stays as it is.
    """
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad**2
    mean_hat = mean / (1 - beta1**step)
    variance_hat = variance / (1 - beta2**step)
    direction = mean_hat / (np.sqrt(variance_hat) + eps)
    # The decay does not pass through the adaptive scale.
    w = w - lr * weight_decay * w - lr * direction
    return w, {"step": step, "mean": mean, "variance": variance}


def _adamw_cases(rng):
    yield from runs(rng, 0.03, 0.9, 0.999, 1e-8, 0.2)
    flat = np.full((1, 1), 0.001)
    yield case(
        "a large weight, a small gradient", np.array([2.0]), flat, 0.1, 0.9, 0.999, 1e-8, 0.1
    )


def _penalty_in_the_gradient(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """With the decay in the gradient it passes through the adaptive scale: that is Adam with L2."""
    return adam_step(w, grad + weight_decay * w, state, lr, beta1, beta2, eps)


def _decay_ignored(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Set the gradient to 0: the weights should still shrink."""
    return adam_step(w, grad, state, lr, beta1, beta2, eps)


def _decay_without_the_rate(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """The decay is multiplied by the learning rate, so that a schedule acts on both."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new - weight_decay * w, state


def _decay_grows(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Your weights grow: a decay is subtracted."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new + lr * weight_decay * w, state


def _decay_joins_the_mean(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Your decay is out of the moments and still divided: large gradients make it small."""
    state = adam_step(w, grad, state, lr, beta1, beta2, eps)[1]
    t = state["step"]
    root = np.sqrt(state["variance"] / (1 - beta2**t)) + eps
    return w - lr * (state["mean"] / (1 - beta1**t) + weight_decay * w) / root, state


def _decay_of_the_new_weight(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """You decay the weight that has moved already: the share is taken from the old one."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new - lr * weight_decay * new, state


def _same_for_all(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """You take the same amount off every weight: a decay is a share of the weight."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new - lr * weight_decay, state


def _uncorrected(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """The decay is right; the two moments went in without their bias correction."""
    state = adam_step(w, grad, state, lr, beta1, beta2, eps)[1]
    step = state["mean"] / (np.sqrt(state["variance"]) + eps)
    return w - lr * weight_decay * w - lr * step, state


def _only_the_decay_left(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Only a share of the old weight is left: the decay is taken off, not put in its place."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new - w + weight_decay * w, state


def _decay_in_the_mean_only(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Your decay enters the mean, so the division still scales it: keep it out of both moments."""
    with_decay = adam_step(w, grad + weight_decay * w, state, lr, beta1, beta2, eps)[1]
    state = adam_step(w, grad, state, lr, beta1, beta2, eps)[1]
    state["mean"], t = with_decay["mean"], state["step"]
    root = np.sqrt(state["variance"] / (1 - beta2**t)) + eps
    return w - lr * state["mean"] / (1 - beta1**t) / root, state


def _twice_the_share(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """You take twice the share: no derivative of a square comes in here, only the decay."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new - 2 * lr * weight_decay * w, state


def _step_decays(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """You scale the step by the decay: it takes its share from the weight."""
    new, state = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return new + weight_decay * (new - w), state


def _state_in_place(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """The numbers are right, but you write into the state you were given: return a new dict."""
    new, after = adamw_step(w, grad, state, lr, beta1, beta2, eps, weight_decay)
    state.update(after)
    return new, state


def _state_not_returned(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    """Return two things: without the state the next step starts from nothing."""
    return adamw_step(w, grad, state, lr, beta1, beta2, eps, weight_decay)[0]


adamw_step_exercise = Exercise(
    reference=adamw_step,
    cases=_adamw_cases,
    driver=drive_adam,
    accept=told_by_step(adamw_step, drive_adam, "w_new", "state_new"),
    points=2,
    mistakes=(
        _penalty_in_the_gradient,
        _decay_ignored,
        _decay_without_the_rate,
        _decay_grows,
        _decay_joins_the_mean,
        _decay_of_the_new_weight,
        _same_for_all,
        _uncorrected,
        _only_the_decay_left,
        _decay_in_the_mean_only,
        _twice_the_share,
        _step_decays,
        _state_in_place,
        _state_not_returned,
    ),
    difficulty=3,
    minutes=7,
    follow_up="With plain gradient descent L2 and weight decay are the same. Show it in one line.",
    follow_up_answer=(
        "`w - lr * (g + decay * w) == w - lr * decay * w - lr * g`: the gradient of the L2 term "
        "`decay / 2 * w**2` on the left is the decay on the right. In Adam they part, because the "
        "L2 term passes through the moments and the division. Weights with large gradients then "
        "decay less."
    ),
)
