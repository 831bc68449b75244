"""Adam and AdamW as pure steps, and what the bias correction is worth."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import runs

BATCHNORM_OPTIMIZERS = (
    "https://prachub.com/interview-questions/explain-batchnorm-optimizers-and-l1-l2",
)


def adam_step(w, grad, state, lr, beta1, beta2, eps):
    """Take one step of Adam.

    Parameters
    ----------
    w : ndarray
        The parameter.
    grad : ndarray
        Its gradient.
    state : dict
        ``"step"`` (0 before the first), ``"mean"`` and ``"variance"`` (zeros before the first).
    lr : float
        Learning rate.
    beta1 : float
        Share of the mean that is kept.
    beta2 : float
        Share of the variance that is kept.
    eps : float
        Added outside the root.

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
    # Both start at 0 and are too small by exactly these factors.
    mean_hat = mean / (1 - beta1**step)
    variance_hat = variance / (1 - beta2**step)
    w = w - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    return w, {"step": step, "mean": mean, "variance": variance}


def _drive_adam(answer, w, grads, *settings):
    state = {"step": 0, "mean": np.zeros_like(w), "variance": np.zeros_like(w)}
    path = []
    for grad in grads:
        w, state = answer(w, grad.copy(), state, *settings)
        path.append((w.copy(), state["step"], state["mean"].copy(), state["variance"].copy()))
    return path


def _adam_cases(rng):
    yield from runs(rng, 0.1, 0.9, 0.999, 1e-8)
    yield case("other shares", rng.normal(size=3), rng.normal(size=(5, 3)), 0.01, 0.8, 0.95, 1e-6)


def _moments(grad, state, beta1, beta2):
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad**2
    return {"step": state["step"] + 1, "mean": mean, "variance": variance}


def _corrected(state, beta1, beta2):
    t = state["step"]
    return state["mean"] / (1 - beta1**t), state["variance"] / (1 - beta2**t)


def _no_bias_correction(w, grad, state, lr, beta1, beta2, eps):
    """Your first step is 3.16 times too long: correct both moments for having started at 0."""
    state = _moments(grad, state, beta1, beta2)
    return w - lr * state["mean"] / (np.sqrt(state["variance"]) + eps), state


def _eps_inside_the_root(w, grad, state, lr, beta1, beta2, eps):
    """With gradients of a millionth yours crawls: eps stands outside the root."""
    state = _moments(grad, state, beta1, beta2)
    m, v = _corrected(state, beta1, beta2)
    return w - lr * m / np.sqrt(v + eps), state


def _no_eps(w, grad, state, lr, beta1, beta2, eps):
    """A weight without gradient gives 0 / 0: that is what eps is for."""
    state = _moments(grad, state, beta1, beta2)
    m, v = _corrected(state, beta1, beta2)
    with np.errstate(invalid="ignore"):
        return w - lr * m / np.sqrt(v), state


def _counts_from_zero(w, grad, state, lr, beta1, beta2, eps):
    """The correction needs the step's own number, from 1: at 0 it divides by 0."""
    state = _moments(grad, state, beta1, beta2)
    m, v = _corrected({**state, "step": state["step"] - 1}, np.float64(beta1), np.float64(beta2))
    return w - lr * m / (np.sqrt(v) + eps), state


def _variance_not_squared(w, grad, state, lr, beta1, beta2, eps):
    """The second moment averages squares; yours averages the gradient itself."""
    new = _moments(grad, state, beta1, beta2)
    new["variance"] = beta2 * state["variance"] + (1 - beta2) * np.abs(grad)
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _sign_step(w, grad, state, lr, beta1, beta2, eps):
    """A step by the sign equals Adam at the first step only: use the moments."""
    return w - lr * np.sign(grad), _moments(grad, state, beta1, beta2)


def _only_mean_corrected(w, grad, state, lr, beta1, beta2, eps):
    """You corrected the mean and not the variance; the variance is off by far more."""
    state = _moments(grad, state, beta1, beta2)
    m, _ = _corrected(state, beta1, beta2)
    return w - lr * m / (np.sqrt(state["variance"]) + eps), state


def _corrected_moments_kept(w, grad, state, lr, beta1, beta2, eps):
    """You stored the corrected moments: the next step would correct them again."""
    new = _moments(grad, state, beta1, beta2)
    m, v = _corrected(new, beta1, beta2)
    w = w - lr * m / (np.sqrt(v) + eps)
    return w, {"step": new["step"], "mean": m, "variance": v}


def _betas_swapped(w, grad, state, lr, beta1, beta2, eps):
    """beta1 belongs to the mean and beta2 to the variance: yours are swapped."""
    return adam_step(w, grad, state, lr, beta2, beta1, eps)


adam_step_exercise = Exercise(
    reference=adam_step,
    cases=_adam_cases,
    driver=_drive_adam,
    points=4,
    mistakes=(
        _no_bias_correction,
        _eps_inside_the_root,
        _no_eps,
        _counts_from_zero,
        _variance_not_squared,
        _sign_step,
        _only_mean_corrected,
        _corrected_moments_kept,
        _betas_swapped,
    ),
    difficulty=3,
    minutes=12,
    follow_up="Leave out the bias correction: is the first step too long or too short?",
    follow_up_answer=(
        "Too long, by 3.16 at the usual betas. Both moments start too small, at `0.1 * g` and "
        "`0.001 * g**2`, but the second stands under a root in the denominator: 0.1 / sqrt(0.001) "
        "= 3.16. Under a constant gradient it gets worse first, with a peak of 6.57 around step "
        "12."
    ),
    asked=BATCHNORM_OPTIMIZERS,
)


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
        The state for the next step.
    """
    step = state["step"] + 1
    mean = beta1 * state["mean"] + (1 - beta1) * grad
    variance = beta2 * state["variance"] + (1 - beta2) * grad**2
    mean_hat = mean / (1 - beta1**step)
    variance_hat = variance / (1 - beta2**step)
    # The decay does not pass through the adaptive scale.
    w = w - lr * weight_decay * w - lr * mean_hat / (np.sqrt(variance_hat) + eps)
    return w, {"step": step, "mean": mean, "variance": variance}


def _adamw_cases(rng):
    yield from runs(rng, 0.1, 0.9, 0.999, 1e-8, 0.1)
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


adamw_step_exercise = Exercise(
    reference=adamw_step,
    cases=_adamw_cases,
    driver=_drive_adam,
    points=2,
    mistakes=(
        _penalty_in_the_gradient,
        _decay_ignored,
        _decay_without_the_rate,
        _decay_grows,
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


def first_adam_steps():
    """Report how far Adam moves without its bias correction, in units of the learning rate.

    The gradient is constant, beta1 is 0.9, beta2 is 0.999 and eps is 0.

    Returns
    -------
    with_correction : float
        Length of the first step with both corrections.
    without_correction : float
        Length of the first step without any.
    tenth_without : float
        Length of the tenth step without any.
    """
    return 1.0, 3.162278, 6.527881


def _no_arguments(rng):
    yield case("three lengths")


def _too_small():
    """Both moments start too small, but the variance far more, and it stands below: not shorter."""
    return 1.0, 0.316228, 0.153160


def _only_the_mean_counted():
    """That is the shrunken mean alone; the root of the shrunken variance divides it."""
    return 1.0, 0.1, 0.651322


def _without_the_root():
    """You divided by the variance, not by its root."""
    return 1.0, 100.0, 65.426


def _tenth_is_first():
    """The tenth step is not the first: the mean has filled up by then, the variance has not."""
    return 1.0, 3.162278, 3.162278


first_adam_steps_exercise = Exercise(
    reference=first_adam_steps,
    cases=_no_arguments,
    points=2,
    mistakes=(_too_small, _only_the_mean_counted, _without_the_root, _tenth_is_first),
    rtol=1e-3,
    kind="derive",
    difficulty=3,
    minutes=12,
    follow_up="So why do people warm up the learning rate even with the correction in place?",
    follow_up_answer=(
        "The correction removes the bias of the moments, not their variance: after a few steps "
        "the mean square rests on a few gradients. Adam still moves each coordinate by about the "
        "full `lr`, however unreliable the gradient, and early gradients come from random "
        "weights. A low rate gives the moments and the network time to settle."
    ),
)
