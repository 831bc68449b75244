"""Adam as a pure step."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import runs, told_by_step

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
        ``"step"`` (0 before the first), ``"mean"`` of the gradients and ``"variance"``, the mean
        of their squares (both zeros before the first).
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


def drive_adam(answer, w, grads, *settings):
    """Do as `drive_steps` with a state of three parts."""
    state = {"step": 0, "mean": np.zeros_like(w), "variance": np.zeros_like(w)}
    keys, path = list(state), []
    for grad in grads:
        before = {key: np.array(state[key]) for key in keys}
        got = answer(w, grad.copy(), state, *settings)
        if got is None and not path:
            return None
        kept = all(np.array_equal(state.get(key), before[key]) for key in keys)
        pair = isinstance(got, (tuple, list)) and len(got) == 2
        new = got[1] if pair and isinstance(got[1], dict) else {}
        same_shape = pair and isinstance(got[0], np.ndarray) and got[0].shape == w.shape
        if not same_shape or not all(key in new for key in keys):
            return [*path, (got, kept)]
        w, state = got
        path.append(((w.copy(), {key: np.array(state[key])[()] for key in keys}), kept))
    return path


def _adam_cases(rng):
    yield from runs(rng, 0.03, 0.9, 0.999, 1e-8)
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
    """The second moment averages squares; yours averages absolute values."""
    new = _moments(grad, state, beta1, beta2)
    new["variance"] = beta2 * state["variance"] + (1 - beta2) * np.abs(grad)
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _variance_is_a_mean(w, grad, state, lr, beta1, beta2, eps):
    """Your second moment averages the gradient: of a negative one there is no root."""
    new = _moments(grad, state, beta1, beta2)
    new["variance"] = beta2 * state["variance"] + (1 - beta2) * grad
    m, v = _corrected(new, beta1, beta2)
    with np.errstate(invalid="ignore"):
        return w - lr * m / (np.sqrt(v) + eps), new


def _eps_beside_the_fraction(w, grad, state, lr, beta1, beta2, eps):
    """Your eps is added to the weight: without brackets it does not reach the divisor."""
    state = _moments(grad, state, beta1, beta2)
    m, v = _corrected(state, beta1, beta2)
    with np.errstate(invalid="ignore"):
        return w - lr * m / np.sqrt(v) + eps, state


def _eps_not_scaled(w, grad, state, lr, beta1, beta2, eps):
    """The corrections may go into the rate, but eps must then shrink by the same root."""
    state = _moments(grad, state, beta1, beta2)
    t = state["step"]
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * state["mean"] / (np.sqrt(state["variance"]) + eps), state


def _root_before_the_correction(w, grad, state, lr, beta1, beta2, eps):
    """You correct the root of the variance: correct the variance, then take the root."""
    state = _moments(grad, state, beta1, beta2)
    t = state["step"]
    root = np.sqrt(state["variance"]) / (1 - beta2**t)
    return w - lr * state["mean"] / (1 - beta1**t) / (root + eps), state


def _times_for_division(w, grad, state, lr, beta1, beta2, eps):
    """The moments are too small, and you multiply them by less than 1: divide."""
    state = _moments(grad, state, beta1, beta2)
    t = state["step"]
    m, v = state["mean"] * (1 - beta1**t), state["variance"] * (1 - beta2**t)
    return w - lr * m / (np.sqrt(v) + eps), state


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


def _climbs(w, grad, state, lr, beta1, beta2, eps):
    """Every step has the right length and the wrong direction: go against the gradient."""
    new, after = adam_step(w, grad, state, lr, beta1, beta2, eps)
    return 2 * w - new, after


def _centred(w, grad, state, lr, beta1, beta2, eps):
    """The second moment is not centred: it averages `grad**2`, without taking the mean off."""
    new = _moments(grad, state, beta1, beta2)
    off = (grad - new["mean"]) ** 2
    new["variance"] = beta2 * state["variance"] + (1 - beta2) * off
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _count_not_stored(w, grad, state, lr, beta1, beta2, eps):
    """Your state still holds the old count, so every step is corrected as the first one."""
    new = _moments(grad, state, beta1, beta2)
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), {**new, "step": state["step"]}


def _no_power(w, grad, state, lr, beta1, beta2, eps):
    """Right in the first step only: the correction fades, as the shares go to the power of t."""
    new = _moments(grad, state, beta1, beta2)
    m, v = new["mean"] / (1 - beta1), new["variance"] / (1 - beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _only_variance_corrected(w, grad, state, lr, beta1, beta2, eps):
    """You corrected the variance and not the mean: your first step is a tenth of `lr`."""
    new = _moments(grad, state, beta1, beta2)
    _, v = _corrected(new, beta1, beta2)
    return w - lr * new["mean"] / (np.sqrt(v) + eps), new


def _corrected_by_one_share(w, grad, state, lr, beta1, beta2, eps):
    """Each moment has its own share: you corrected both with beta1."""
    new = _moments(grad, state, beta1, beta2)
    m, v = _corrected(new, beta1, beta1)
    return w - lr * m / (np.sqrt(v) + eps), new


def _root_forgotten(w, grad, state, lr, beta1, beta2, eps):
    """Divide by the root of the variance: without it tiny gradients make huge steps."""
    new = _moments(grad, state, beta1, beta2)
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (v + eps), new


def _gradient_on_top(w, grad, state, lr, beta1, beta2, eps):
    """You step by this gradient alone; the mean is computed and never used."""
    new = _moments(grad, state, beta1, beta2)
    _, v = _corrected(new, beta1, beta2)
    return w - lr * grad / (np.sqrt(v) + eps), new


def _shares_the_wrong_way(w, grad, state, lr, beta1, beta2, eps):
    """Each beta is the share of the old average that is kept; yours weights the new gradient."""
    new = _moments(grad, state, 1 - beta1, 1 - beta2)
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _count_is_ahead(w, grad, state, lr, beta1, beta2, eps):
    """Your correction is one step ahead: the first step is step 1."""
    new = _moments(grad, state, beta1, beta2)
    m, v = _corrected({**new, "step": new["step"] + 1}, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _times_for_power(w, grad, state, lr, beta1, beta2, eps):
    """Right in the first step only: you multiply the shares by t, where they go to its power."""
    new = _moments(grad, state, beta1, beta2)
    t = new["step"]
    with np.errstate(invalid="ignore"):
        root = np.sqrt(new["variance"] / (1 - beta2 * t))
    return w - lr * new["mean"] / (1 - beta1 * t) / (root + eps), new


def _full_gradient_added(w, grad, state, lr, beta1, beta2, eps):
    """You add the full gradient, as momentum does: Adam's mean weights it with 1 - beta1."""
    new = _moments(grad, state, beta1, beta2)
    new["mean"] = beta1 * state["mean"] + grad
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _square_of_the_mean(w, grad, state, lr, beta1, beta2, eps):
    """You square the mean; the second moment averages the squares of the gradients."""
    new = _moments(grad, state, beta1, beta2)
    new["variance"] = beta2 * state["variance"] + (1 - beta2) * new["mean"] ** 2
    m, v = _corrected(new, beta1, beta2)
    return w - lr * m / (np.sqrt(v) + eps), new


def _state_in_place(w, grad, state, lr, beta1, beta2, eps):
    """The numbers are right, but you write into the state you were given: return a new dict."""
    new, after = adam_step(w, grad, state, lr, beta1, beta2, eps)
    state.update(after)
    return new, state


def _state_not_returned(w, grad, state, lr, beta1, beta2, eps):
    """Return two things: without the state the next step starts from nothing."""
    return adam_step(w, grad, state, lr, beta1, beta2, eps)[0]


adam_step_exercise = Exercise(
    reference=adam_step,
    cases=_adam_cases,
    driver=drive_adam,
    accept=told_by_step(adam_step, drive_adam, "w_new", "state_new"),
    points=4,
    mistakes=(
        _no_bias_correction,
        _eps_inside_the_root,
        _no_eps,
        _counts_from_zero,
        _variance_not_squared,
        _variance_is_a_mean,
        _eps_beside_the_fraction,
        _eps_not_scaled,
        _root_before_the_correction,
        _times_for_division,
        _sign_step,
        _only_mean_corrected,
        _corrected_moments_kept,
        _betas_swapped,
        _climbs,
        _centred,
        _count_not_stored,
        _no_power,
        _only_variance_corrected,
        _corrected_by_one_share,
        _root_forgotten,
        _gradient_on_top,
        _shares_the_wrong_way,
        _count_is_ahead,
        _times_for_power,
        _full_gradient_added,
        _square_of_the_mean,
        _state_in_place,
        _state_not_returned,
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
