"""Runs of several steps: state that is lost, aliased or reset shows only after the first."""

import numpy as np

from grader.compare import DOUBLE, difference
from grader.exercise import case


def runs(rng, *settings):
    """Yield a parameter, the gradients of some steps and the settings, one run a case."""
    yield case("four steps, five weights", rng.normal(size=5), rng.normal(size=(4, 5)), *settings)
    yield case("a weight matrix", rng.normal(size=(2, 3)), rng.normal(size=(3, 2, 3)), *settings)
    tiny = 1e-6 * rng.normal(size=(3, 4))
    yield case("gradients of a millionth", rng.normal(size=4), tiny, *settings)
    still = rng.normal(size=(4, 3))
    still[:, 1] = 0
    yield case("a weight without gradient", rng.normal(size=3), still, *settings)
    yield case("a constant gradient", rng.normal(size=2), np.full((6, 2), 0.6), *settings)
    yield case("a single step", rng.normal(size=3), rng.normal(size=(1, 3)), *settings)


def drive_steps(answer, w, grads, *settings):
    """Run steps that keep one array; list what each returned and whether the old one survived.

    The list ends early at a step that returns something else than two arrays.
    """
    memory, path = np.zeros_like(w), []
    for grad in grads:
        before = memory.copy()
        got = answer(w, grad.copy(), memory, *settings)
        if got is None and not path:
            return None
        kept = bool(np.array_equal(memory, before))
        pair = isinstance(got, (tuple, list)) and len(got) == 2
        if not pair or not all(isinstance(p, np.ndarray) and p.shape == w.shape for p in got):
            return [*path, (got, kept)]
        path.append((tuple(part.copy() for part in got), kept))
        w, memory = got
    return path


def told_by_step(reference, driver, *names, memory="state"):
    """Return an `accept` that says at which step of a run what is wrong.

    Parameters
    ----------
    reference : callable
        The model answer.
    driver : callable
        Lists what each step returned and whether it left its memory alone.
    names : str
        What one step returns.
    memory : str, default="state"
        What a step may not change in place.

    Returns
    -------
    accept : callable
        See `Exercise.accept`.
    """

    def accept(args, got):
        want = driver(reference, *args)
        for number, ((one, kept), (right, _)) in enumerate(zip(got, want, strict=False), start=1):
            if problem := difference(one, right, names, DOUBLE):
                return f"step {number}: {problem}"
            if kept is not True:
                return f"step {number}: the result is right, but it changed `{memory}` in place"
        return "" if len(got) == len(want) else "the run has another number of steps"

    return accept
