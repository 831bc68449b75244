"""Learning-rate schedules."""

import numpy as np

from grader.exercise import Exercise, case


def lr_at(step, kind, lr, n_steps):
    """Return the learning rate of a schedule at one step.

    Parameters
    ----------
    step : int
        From 0 to `n_steps`.
    kind : str
        ``"step"``: a tenth from half of the steps on, a hundredth from three quarters on;
        ``"exponential"``: falls evenly in its logarithm, to a hundredth at the end;
        ``"cosine"``: half a cosine, from the full rate to 0;
        ``"warmup_cosine"``: rises from 0 in a straight line over the first tenth of the steps, then
        half a cosine to 0.
    lr : float
        The full rate.
    n_steps : int
        Steps in all, a multiple of 20.

    Returns
    -------
    rate : float
        The learning rate.
    """
    if kind == "step":
        drops = (step >= n_steps / 2) + (step >= 0.75 * n_steps)
        return lr * 0.1**drops
    if kind == "exponential":
        return lr * 0.01 ** (step / n_steps)
    n_warm = n_steps // 10 if kind == "warmup_cosine" else 0
    if step < n_warm:
        return lr * step / n_warm
    progress = (step - n_warm) / (n_steps - n_warm)
    return float(0.5 * lr * (1 + np.cos(np.pi * progress)))


def _schedule_cases(rng):
    for kind, steps in (
        ("step", (0, 50, 75, 100)),
        ("exponential", (0, 50, 100)),
        ("cosine", (0, 50, 100)),
        ("warmup_cosine", (0, 5, 10, 50, 100)),
    ):
        for step in steps:
            yield case(f'"{kind}" from 0.4, step {step} of 100', step, kind, 0.4, 100)
    yield case('"cosine" from 0.03, somewhere', int(rng.integers(55, 95)), "cosine", 0.03, 100)


def _no_warmup(step, kind, lr, n_steps):
    """Your warm-up starts at the full rate: at step 0 it should be 0."""
    return lr_at(step, "cosine" if kind == "warmup_cosine" else kind, lr, n_steps)


def _cosine_of_the_whole(step, kind, lr, n_steps):
    """Behind the rise a whole half-cosine follows: measure it from the end of the rise."""
    if kind == "warmup_cosine" and step >= n_steps // 10:
        return lr_at(step, "cosine", lr, n_steps)
    return lr_at(step, kind, lr, n_steps)


def _late_steps(step, kind, lr, n_steps):
    """At exactly half of the steps the rate has already dropped: `<`, not `<=`."""
    if kind == "step":
        return lr * (1.0 if step <= n_steps / 2 else 0.1 if step <= 0.75 * n_steps else 0.01)
    return lr_at(step, kind, lr, n_steps)


def _quarter_cosine(step, kind, lr, n_steps):
    """A quarter of a cosine is still at 0.7 half of the way; half a cosine is at 0.5 there."""
    if kind == "cosine":
        return float(lr * np.cos(0.5 * np.pi * step / n_steps))
    return lr_at(step, kind, lr, n_steps)


def _linear_decay(step, kind, lr, n_steps):
    """Exponential means even in the logarithm: half of the way is a tenth, not about a half."""
    if kind == "exponential":
        return lr * (1 - 0.99 * step / n_steps)
    return lr_at(step, kind, lr, n_steps)


def _straight_cosine(step, kind, lr, n_steps):
    """Your cosine falls in a straight line: it should leave the full rate and reach 0 gently."""
    return lr * (1 - step / n_steps) if kind == "cosine" else lr_at(step, kind, lr, n_steps)


def _bare_cosine(step, kind, lr, n_steps):
    """A bare cosine is 0 half of the way and then negative: lift it by 1, then halve it."""
    if kind == "cosine":
        return float(lr * np.cos(np.pi * step / n_steps))
    return lr_at(step, kind, lr, n_steps)


def _half_forgotten(step, kind, lr, n_steps):
    """Your cosine starts at twice the rate: one plus a cosine runs from 2 down to 0."""
    rate = lr_at(step, kind, lr, n_steps)
    behind = kind == "cosine" or (kind == "warmup_cosine" and step >= n_steps // 10)
    return 2 * rate if behind else rate


def _full_turn(step, kind, lr, n_steps):
    """A whole turn brings the cosine back to the full rate: half a turn ends at 0."""
    if kind in ("cosine", "warmup_cosine"):
        n_warm = n_steps // 10 if kind == "warmup_cosine" else 0
        if step >= n_warm:
            progress = (step - n_warm) / (n_steps - n_warm)
            return float(0.5 * lr * (1 + np.cos(2 * np.pi * progress)))
    return lr_at(step, kind, lr, n_steps)


def _upside_down(step, kind, lr, n_steps):
    """Your cosine rises from 0 to the full rate: it should fall."""
    rate = lr_at(step, kind, lr, n_steps)
    behind = kind == "cosine" or (kind == "warmup_cosine" and step >= n_steps // 10)
    return lr - rate if behind else rate


def _rise_is_ahead(step, kind, lr, n_steps):
    """Your rise is one step ahead: at step 0 the rate is 0."""
    if kind == "warmup_cosine" and step < n_steps // 10:
        return lr * (step + 1) / (n_steps // 10)
    return lr_at(step, kind, lr, n_steps)


def _clock_of_all_steps(step, kind, lr, n_steps):
    """The rate does not reach 0: behind the rise only nine tenths of the steps are left."""
    if kind == "warmup_cosine" and step >= n_steps // 10:
        progress = (step - n_steps // 10) / n_steps
        return float(0.5 * lr * (1 + np.cos(np.pi * progress)))
    return lr_at(step, kind, lr, n_steps)


def _rise_times_cosine(step, kind, lr, n_steps):
    """You multiply the rise with a cosine that began at step 0: it starts behind the rise."""
    if kind == "warmup_cosine":
        return min(1.0, 10 * step / n_steps) * lr_at(step, "cosine", lr, n_steps)
    return lr_at(step, kind, lr, n_steps)


def _stays_on_top(step, kind, lr, n_steps):
    """Your warm-up stays at the top: half a cosine brings the rate down to 0."""
    if kind == "warmup_cosine" and step >= n_steps // 10:
        return lr
    return lr_at(step, kind, lr, n_steps)


def _straight_fall(step, kind, lr, n_steps):
    """Your warm-up falls in a straight line: half a cosine follows the rise."""
    if kind == "warmup_cosine" and step >= n_steps // 10:
        return lr * (n_steps - step) / (n_steps - n_steps // 10)
    return lr_at(step, kind, lr, n_steps)


def _both_drops_multiplied(step, kind, lr, n_steps):
    """A hundredth of the full rate is asked in the end, not of the tenth before."""
    if kind == "step" and step >= 0.75 * n_steps:
        return lr * 0.1 * 0.01
    return lr_at(step, kind, lr, n_steps)


def _one_drop(step, kind, lr, n_steps):
    """The step schedule drops twice: at half of the steps and again at three quarters."""
    if kind == "step":
        return lr * (1.0 if step < n_steps / 2 else 0.1)
    return lr_at(step, kind, lr, n_steps)


def _power_of_the_step(step, kind, lr, n_steps):
    """The power is the share of the steps that is done, from 0 to 1; yours is the step itself."""
    return lr * 0.01**step if kind == "exponential" else lr_at(step, kind, lr, n_steps)


def _e_in_place_of_a_hundredth(step, kind, lr, n_steps):
    """Yours ends at lr / e, about a third: which number to the power 1 is a hundredth?"""
    if kind == "exponential":
        return float(lr * np.exp(-step / n_steps))
    return lr_at(step, kind, lr, n_steps)


lr_at_exercise = Exercise(
    reference=lr_at,
    cases=_schedule_cases,
    points=2,
    mistakes=(
        _no_warmup,
        _cosine_of_the_whole,
        _late_steps,
        _quarter_cosine,
        _linear_decay,
        _straight_cosine,
        _bare_cosine,
        _half_forgotten,
        _full_turn,
        _upside_down,
        _rise_is_ahead,
        _clock_of_all_steps,
        _rise_times_cosine,
        _stays_on_top,
        _straight_fall,
        _both_drops_multiplied,
        _one_drop,
        _power_of_the_step,
        _e_in_place_of_a_hundredth,
    ),
    minutes=9,
    follow_up="Why warm up at all, and which optimizer needs it most?",
    follow_up_answer=(
        "Early gradients come from random weights, and full-rate steps along them can wreck the "
        "network, with dead or saturated units. Adam needs it most: it moves each coordinate by "
        "about `lr` whatever the gradient's size, while its second moment rests on a few "
        "gradients. Large batches and transformers are the usual cases."
    ),
)
