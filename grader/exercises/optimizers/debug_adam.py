"""A debug round on an Adam that was really published."""

import numpy as np

from grader.exercise import Exercise, case


def debug_adam(w, grads, lr):
    """Run Adam from the start over a list of gradients.

    Two faults are planted where they were published: one in the counting, one in the moments.
    beta1 is 0.9, beta2 is 0.999 and eps is 1e-8, outside the root.

    Parameters
    ----------
    w : ndarray of shape (D,)
        The parameter at the start.
    grads : ndarray of shape (T, D)
        The gradient of each step.
    lr : float
        Learning rate.

    Returns
    -------
    w_end : ndarray of shape (D,)
        The parameter behind the last step.
    """
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(grads, start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat = m / (1 - 0.9**t)
        v_hat = v / (1 - 0.999**t)
        w = w - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return w


def _as_published(w, grads, lr):
    m = v = np.zeros_like(w)
    for t, g in enumerate(grads):
        m *= 0.9
        m += 0.1 * g
        v *= 0.999
        v += 0.001 * g**2
        m_hat = m / (1 - 0.9**t)
        v_hat = v / (1 - 0.999**t)
        w = w - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return w


def _cases(rng):
    yield case("five steps", rng.normal(size=3), rng.normal(size=(5, 3)), 0.1)
    yield case("a single step", rng.normal(size=4), rng.normal(size=(1, 4)), 0.01)
    yield case("positive gradients", rng.normal(size=2), rng.uniform(0.5, 1, size=(8, 2)), 0.05)
    still = rng.normal(size=(4, 3))
    still[:, 0] = 0
    yield case("a weight without gradient", rng.normal(size=3), still, 0.1, quiet=True)
    tiny = 1e-6 * rng.normal(size=(3, 2))
    yield case("gradients of a millionth", rng.normal(size=2), tiny, 0.1)


def _still_one_buffer(w, grads, lr):
    """The count is right now. `m = v = zeros` is one array with two names: ask `m is v`."""
    m = v = np.zeros_like(w)
    for t, g in enumerate(grads, start=1):
        m *= 0.9
        m += 0.1 * g
        v *= 0.999
        v += 0.001 * g**2
        with np.errstate(invalid="ignore"):
            w = w - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


def _still_from_zero(w, grads, lr):
    """At t = 0 the correction divides by 0. Its nan hides the other fault, if that is still in."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(grads):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / np.float64(1 - 0.9**t), v / np.float64(1 - 0.999**t)
        w = w - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return w


def _correction_dropped(w, grads, lr):
    """You removed the division that failed; now the first steps are 3 to 6 times too long."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for g in grads:
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - lr * m / (np.sqrt(v) + 1e-8)
    return w


def _count_is_one_ahead(w, grads, lr):
    """Adding 1 where the count already starts at 1 corrects the first step for the second."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(grads, start=2):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


def _eps_moved(w, grads, lr):
    """Both faults are mended, but eps went into the root: there it outweighs tiny gradients."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(grads, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / np.sqrt(v / (1 - 0.999**t) + 1e-8)
    return w


def _first_gradient_skipped(w, grads, lr):
    """The first gradient moves nothing now: that step has to be mended, not skipped."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(grads[1:], start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


debug_adam_exercise = Exercise(
    reference=debug_adam,
    starts_from=_as_published,
    cases=_cases,
    points=3,
    mistakes=(
        _still_one_buffer,
        _still_from_zero,
        _correction_dropped,
        _count_is_one_ahead,
        _eps_moved,
        _first_gradient_skipped,
    ),
    kind="debug",
    difficulty=3,
    minutes=10,
    follow_up="One state dict is shared by all parameters. What goes wrong, and who notices?",
    follow_up_answer=(
        "The count rises once a parameter instead of once a step, so the correction is that of a "
        "later step, and the moments of all parameters mix. Different shapes usually end in a "
        "broadcasting error. Equal shapes run and may even train, so only a test notices: two "
        "parameters of one shape, several steps, against separate states."
    ),
)
