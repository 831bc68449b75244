"""The gradient check, the learner's own tool from here on."""

import numpy as np

from grader import compare
from grader.exercise import Exercise, case

# Errors are compared as they are shown, to three digits.
THREE_DIGITS = compare.Tolerance(rtol=1e-5, atol=0)


def gradient_check(f, gradient, x):
    """Compare a gradient with the numerical one, and name the worst entry.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns a number.
    gradient : ndarray
        What is to be checked.
    x : ndarray
        The point at which it was computed; floats.

    Returns
    -------
    report : dict
        ``"max_error"``, the largest `relative_error` between an entry and its
        central difference of step 1e-5, NaN if one is; ``"worst_index"``, the
        tuple of int where it stands; ``"ok"``, whether it is at most 1e-6.

    Raises
    ------
    ValueError
        If `gradient` has another shape than `x`.
    """
    if np.shape(gradient) != x.shape:
        shapes = f"{np.shape(gradient)} and {x.shape}"
        raise ValueError(f"gradient and x have the shapes {shapes}")
    h, numeric = 1e-5, np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        numeric[index] = (f(above) - f(below)) / (2 * h)
    larger = np.maximum(np.abs(gradient), np.abs(numeric))
    error = np.abs(gradient - numeric) / np.maximum(larger, 1e-8)
    # argmax stops at the first NaN, and NaN <= 1e-6 is False.
    worst = np.unravel_index(np.argmax(error), x.shape)
    return {
        "max_error": float(error[worst]),
        "worst_index": tuple(int(i) for i in worst),
        "ok": bool(error[worst] <= 1e-6),
    }


def _check_of_cubes(answer, gradient, x):
    """Check a gradient of the sum of cubes, weighted by position; round, and hide noise."""
    weights = np.arange(x.size).reshape(x.shape)
    report = answer(lambda point: float(np.sum(weights * point**3)), gradient, x)
    if not isinstance(report, dict) or not {"max_error", "worst_index", "ok"} <= set(report):
        return report
    error = report["max_error"]
    if np.shape(error) or not isinstance(error, (int, float, np.number, np.ndarray)):
        return report
    is_noise = error <= 1e-6
    return {
        "ok": report["ok"],
        "max_error": 0.0 if is_noise else float(f"{float(error):.3g}"),
        "worst_index": "any" if is_noise else report["worst_index"],
    }


def _in_the_words_of_the_learner(args, report):
    """Say which entry of the report is wrong; "" if none is."""
    wanted = _check_of_cubes(gradient_check, *args)
    return compare.difference(report, wanted, ("report",), THREE_DIGITS)


def _true_gradient(x):
    return 3 * np.arange(x.size).reshape(x.shape) * x**2


def _cases(rng):
    x = rng.uniform(0.5, 2, size=(3, 4)) * rng.choice([-1.0, 1.0], size=(3, 4))
    right = _true_gradient(x)
    yield case("a right gradient", right, x)
    planted = right.copy()
    planted[1, 2] *= 1.3
    yield case("one wrong entry among twelve", planted, x)
    yield case("twice too large everywhere", np.where(right == right.max(), 2.5, 2) * right, x)
    with_nan = right.copy()
    with_nan[2, 0] = np.nan
    yield case("one entry is NaN", with_nan, x)
    line = rng.uniform(0.5, 2, size=5)
    slightly = _true_gradient(line)
    slightly[3] *= 1.002
    yield case("one entry is 0.2 percent off", slightly, line)
    small = 1e-3 * line
    tiny = _true_gradient(small)
    tiny[2] = 0.0
    yield case("a lost entry where gradients are near 1e-6", tiny, small)
    ones, two_wrong = np.ones((3, 4)), _true_gradient(np.ones((3, 4)))
    two_wrong[0, 1] *= 1.3
    two_wrong[2, 3] *= 1.05
    yield case("a small entry 30 percent off, a large one 5 percent", two_wrong, ones)
    nearly = right.copy()
    nearly[1, 1] *= 1 + 4e-6
    yield case("one entry is off by 4e-6 of its size", nearly, x)
    two = rng.uniform(0.5, 2, size=(2, 1))
    yield case("an entry whose gradient is 0 in both", _true_gradient(two), two)
    yield case("a column for a vector", right[:, :1], x[:, 0])


def _report(error, index, ok):
    return {"max_error": float(error), "worst_index": tuple(map(int, index)), "ok": bool(ok)}


def _numeric(f, x):
    numeric = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-5
        numeric[index] = (f(x + step) - f(x - step)) / 2e-5
    return numeric


def _errors(f, gradient, x):
    numeric = _numeric(f, x)
    larger = np.maximum(np.abs(gradient), np.abs(numeric))
    return np.abs(gradient - numeric), np.maximum(larger, 1e-8)


def _mean_error(f, gradient, x):
    """One wrong entry among a million hardly moves a mean: report the worst entry."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error.mean(), worst, error.mean() <= 1e-6)


def _absolute(f, gradient, x):
    """Your error is absolute. Divide by the larger of the two, or small gradients always pass."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, _ = _errors(f, gradient, x)
    worst = np.unravel_index(np.argmax(difference), x.shape)
    return _report(difference[worst], worst, difference[worst] <= 1e-6)


def _nan_passes(f, gradient, x):
    """Every comparison with NaN is False, so asking whether some error is too large lets it by."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = np.nan_to_num(difference / larger)
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, not error[worst] > 1e-6)


def _shape_not_compared(f, gradient, x):
    """A column against a vector broadcasts to a matrix. Compare the shapes before the numbers."""
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    worst = np.unravel_index(np.argmax(error), error.shape)
    return _report(error[worst], worst, error[worst] <= 1e-6)


def _generous(f, gradient, x):
    """A tolerance of one percent lets real bugs pass; the docstring asks for 1e-6."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, error[worst] <= 1e-2)


def _flat_index(f, gradient, x):
    """`argmax` counts through the flattened array; which function turns that into a position?"""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = (difference / larger).ravel()
    return _report(error.max(), (np.argmax(error),), error.max() <= 1e-6)


def _by_norms(f, gradient, x):
    """You compare two norms: a wrong small entry hides behind large ones. Go entry by entry."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = np.linalg.norm(difference) / np.linalg.norm(larger)
    worst = np.unravel_index(np.argmax(difference / larger), x.shape)
    return _report(error, worst, error <= 1e-6)


def _worst_by_difference(f, gradient, x):
    """Your index points to the largest difference. The worst entry has the largest relative one."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    return _report(
        error.max(), np.unravel_index(np.argmax(difference), x.shape), error.max() <= 1e-6
    )


def _closeness_of_numpy(f, gradient, x):
    """`np.allclose` forgives 1e-5 of an entry. The docstring asks for 1e-6."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, np.all(difference <= 1e-8 + 1e-5 * larger))


def _relative_to_the_sum_of_both(f, gradient, x):
    """You divide by the sum of both. The docstring's error is relative to the larger one."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    # Both have one sign here, so the smaller is the larger less the difference.
    error = difference / np.maximum(2 * larger - difference, 1e-8)
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, error[worst] <= 1e-6)


def _measured_to_one_side(f, gradient, x):
    """A right gradient fails: a one-sided difference has about five right digits, not ten."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    numeric = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above = x.copy()
        above[index] += 1e-5
        numeric[index] = (f(above) - f(x)) / 1e-5
    larger = np.maximum(np.abs(gradient), np.abs(numeric))
    error = np.abs(gradient - numeric) / np.maximum(larger, 1e-8)
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, error[worst] <= 1e-6)


def _index_of_the_best(f, gradient, x):
    """`max_error` is right; `worst_index` names the entry that agrees best."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, larger = _errors(f, gradient, x)
    error = difference / larger
    return _report(error.max(), np.unravel_index(np.argmin(error), x.shape), error.max() <= 1e-6)


def _relative_to_the_numerical(f, gradient, x):
    """You divide by the numerical gradient alone. The docstring wants the larger of the two."""
    if np.shape(gradient) != x.shape:
        raise ValueError
    difference, _ = _errors(f, gradient, x)
    error = difference / np.maximum(np.abs(_numeric(f, x)), 1e-8)
    worst = np.unravel_index(np.argmax(error), x.shape)
    return _report(error[worst], worst, error[worst] <= 1e-6)


gradient_check_exercise = Exercise(
    reference=gradient_check,
    cases=_cases,
    driver=_check_of_cubes,
    accept=_in_the_words_of_the_learner,
    points=3,
    mistakes=(
        _mean_error,
        _absolute,
        _nan_passes,
        _shape_not_compared,
        _generous,
        _flat_index,
        _by_norms,
        _worst_by_difference,
        _closeness_of_numpy,
        _relative_to_the_sum_of_both,
        _measured_to_one_side,
        _index_of_the_best,
        _relative_to_the_numerical,
    ),
    forbidden=("np.gradient",),
    rtol=THREE_DIGITS.rtol,
    atol=THREE_DIGITS.atol,
    minutes=10,
    follow_up="A gradient that you know is right fails the check. Name three reasons.",
    follow_up_answer=(
        "The arrays are float32, so the subtraction leaves too few digits. A kink of ReLU lies "
        "between the two points. Dropout draws a new mask for each evaluation, so two functions "
        "are compared. Others are an h that is too small, or a gradient near 0, where only "
        "rounding noise is left. So I check in float64, with dropout off, away from kinks."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
