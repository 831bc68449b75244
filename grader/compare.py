"""Compares what a learner's function returned with what the reference returned.

The order of examination: the right kind, the shape, finite, the dtype, the values. Everything
compared is plain data (see `grader.calling.plain`), so no comparison runs the learner's code.
"""

from dataclasses import dataclass

import numpy as np

from grader.calling import Foreign

NUMBERS = (bool, int, float, complex, np.generic)


@dataclass(frozen=True)
class Tolerance:
    """How far apart two numbers may be: ``rtol * |expected| + atol * largest |expected|``."""

    rtol: float
    atol: float
    keeps_dtype: bool = False
    tells: bool = True
    """Whether a sentence may name what was expected."""


EXACT, DOUBLE, SINGLE = Tolerance(0, 0), Tolerance(1e-6, 1e-9), Tolerance(1e-4, 1e-5)
NAMELESS = "the result"
FLOOR = 1e-12  # a sum that is 0 on paper may come out as a few rounding errors


def tolerance_for(exercise, case):
    """Return the tolerance of one case: the exercise's own, or by the dtype of its arguments."""
    base = SINGLE if _has_single_precision(case.args) else DOUBLE
    return Tolerance(
        base.rtol if exercise.rtol is None else exercise.rtol,
        base.atol if exercise.atol is None else exercise.atol,
        case.keeps_dtype,
        tells=not exercise.asks_for_constants,
    )


def _has_single_precision(value):
    if isinstance(value, (list, tuple)):
        return any(map(_has_single_precision, value))
    if isinstance(value, dict):
        return _has_single_precision(list(value.values()))
    return getattr(value, "dtype", None) == np.float32


def difference(got, want, names, tolerance):
    """Say how `got` differs from `want`.

    Parameters
    ----------
    got, want : plain data
        What the learner's function returned and what was expected.
    names : tuple of str
        The docstring's names of what is returned; more than one means a tuple.
    tolerance : Tolerance
        How far apart two numbers may be.

    Returns
    -------
    sentence : str
        The first difference, or "" if there is none.
    """
    if len(names) > 1:
        if not isinstance(got, (tuple, list)) or len(got) != len(names):
            return f"should return {len(names)} values: {', '.join(names)}{_instead(got)}"
        pairs = zip(names, got, want, strict=True)
        return _first(_differs(name, a, b, tolerance) for name, a, b in pairs)
    return _differs(names[0] if names else NAMELESS, got, want, tolerance)


def _differs(name, got, want, tolerance):
    if isinstance(got, Foreign):
        return f"{name} should be {_kind(want)}, not {_a(got.type_name)}"
    if want is None or isinstance(want, (bool, str, np.bool_)):
        return _exactly(name, got, want, tolerance)
    if isinstance(want, dict):
        return _dict_differs(name, got, want, tolerance)
    if isinstance(want, (tuple, list)):
        return _sequence_differs(name, got, want, tolerance)
    return _numbers_differ(name, got, want, tolerance)


def _exactly(name, got, want, tolerance):
    if want is not None and isinstance(got, np.ndarray) and got.shape == ():
        got = got[()]
    of_truth = isinstance(want, (bool, np.bool_))
    same_kind = isinstance(got, (bool, np.bool_)) == of_truth
    if of_truth and not same_kind and not isinstance(got, np.ndarray):
        return f"{name} should be True or False{_instead(got)}"
    if same_kind and not isinstance(got, np.ndarray) and got == want:
        return ""
    if same_kind and of_truth and not tolerance.tells:
        return "not all of them are right"  # to name one would be to say the answer
    return f"{name} is {show(got)}{_expected(want, tolerance)}"


def _expected(want, tolerance):
    return f", expected {show(want)}" if tolerance.tells else ", which is not right"


def _dict_differs(name, got, want, tolerance):
    if not isinstance(got, dict):
        return f"{name} should be a dict{_instead(got)}"
    missing = [repr(key) for key in want if key not in got]
    if missing:
        return f"{name} lacks the key {missing[0]}"
    return _first(_differs(_entry(name, k), got[k], want[k], tolerance) for k in want)


def _entry(name, key):
    """Name an entry; a driver's own dict has no name, and its keys are written to be read."""
    return key if name == NAMELESS and isinstance(key, str) else f"{name}[{key!r}]"


def _at(name, index):
    """Name one number of several: ``Z[0, 1]``, ``batch 2: mean[0] afterwards``."""
    place = f"[{', '.join(map(str, index))}]"
    if name == NAMELESS or "[" in name:
        return name + place
    before, colon, after = name.rpartition(": ")
    word, space, rest = after.partition(" ")
    return before + colon + word + place + space + rest


def _sequence_differs(name, got, want, tolerance):
    if isinstance(got, np.ndarray) and got.shape:
        got = list(got)
    if not isinstance(got, (tuple, list)):
        return f"{name} should be a {type(want).__name__}{_instead(got)}"
    if len(got) != len(want):
        return f"{name} has {len(got)} item{'s' * (len(got) != 1)}, expected {len(want)}"
    pairs = enumerate(zip(got, want, strict=True))
    return _first(_differs(_at(name, [i]), a, b, tolerance) for i, (a, b) in pairs)


def _numbers_differ(name, got, want, tolerance):
    scalar = not isinstance(want, np.ndarray)
    if not isinstance(got, (np.ndarray, *NUMBERS)):
        return f"{name} should be {_kind(want)}{_instead(got)}"
    if not scalar and not isinstance(got, (np.ndarray, np.generic)) and want.shape:
        return f"{name} should be {_kind(want)}{_instead(got)}"
    given, got, want = got, _as_array(got), _as_array(want)
    if got.shape != want.shape:
        return f"{name} has shape {got.shape}, expected {want.shape}"
    if got.dtype.kind == "U" or (got.dtype.kind == "c") > (want.dtype.kind == "c"):
        return f"{name} has dtype {got.dtype}, expected {want.dtype}"
    if got.dtype.kind == "b" and want.dtype.kind != "b":
        if got.shape:
            return f"{name} has dtype bool, expected {want.dtype}"
        return f"{name} is {show(given)}, expected a number"
    if tolerance.keeps_dtype and got.dtype != want.dtype:
        return f"{name} has dtype {got.dtype}, expected {want.dtype}"
    wrong = ~_close(got, want, tolerance)
    if not wrong.any():
        return ""
    # What is not finite is named first: it is the cause of whatever else is off.
    nonfinite = wrong & ~np.isfinite(got)
    index = _worst(got, want, nonfinite if nonfinite.any() else wrong)
    where = _at(name, index) if index else name
    count = f" ({wrong.sum()} of {wrong.size} entries differ)" if wrong.sum() > 1 else ""
    one, other = got[index], want[index]
    if show(one) == show(other) and tolerance.tells:
        return f"{where} is {show(one)}, off by {show(abs(one - other))}{count}"
    return f"{where} is {show(one)}{_expected(other, tolerance)}{count}"


def _as_array(value):
    """Return an array; a Python integer beyond 64 bits becomes a float, the largest ones inf."""
    if isinstance(value, int) and abs(value) >= 2**63:
        return np.asarray(
            float(value) if abs(value) < 10**300 else np.inf if value > 0 else -np.inf
        )
    return np.asarray(value)


def _close(got, want, tolerance):
    """Return which entries agree; NaN agrees with NaN, an infinity with the same infinity."""
    if want.dtype.kind in "US":
        return got == want
    exact = want.dtype.kind in "iu"  # a million and one is not a million
    finite = np.abs(want[np.isfinite(want)])
    scale = finite.max() if finite.size else 0.0
    with np.errstate(all="ignore"):
        got, want = _as_float(got), _as_float(want)
        near = np.abs(got - want) <= tolerance.rtol * np.abs(want) + tolerance.atol * scale + (
            FLOOR if tolerance.atol else 0.0
        )
        if exact:
            near &= np.abs(got - want) < 0.5
    same_nonfinite = (got == want) | (np.isnan(got) & np.isnan(want))
    return np.where(np.isfinite(want), near & np.isfinite(got), same_nonfinite)


def _as_float(array):
    return array if array.dtype.kind == "c" else array.astype(float)


def _worst(got, want, wrong):
    with np.errstate(all="ignore"):
        distance = np.where(
            wrong, np.nan_to_num(np.abs(_as_float(got) - _as_float(want)), nan=np.inf), -1
        )
    return tuple(int(i) for i in np.unravel_index(np.argmax(distance), want.shape))


def _a(noun):
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def _first(sentences):
    return next(filter(None, sentences), "")


def _kind(want):
    if isinstance(want, np.ndarray) and want.shape:
        return "a NumPy array"
    if isinstance(want, (dict, list, tuple)):
        return f"a {type(want).__name__}"
    return "a number" if isinstance(want, (*NUMBERS, np.ndarray)) else show(want)


def _instead(got):
    if got is None:
        return "; it returned None"
    if isinstance(got, (tuple, list)):
        return f"; it returned a {type(got).__name__} of {len(got)}"
    return f"; it returned {show(got)}"


def show(value):
    """Return a value as short, stable text: six significant digits, no addresses."""
    if isinstance(value, Foreign):
        return _a(value.type_name)
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.shape else show(value[()])
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value)) if abs(int(value)) < 10**12 else f"{float(_as_array(value)):.6g}"
    if isinstance(value, (float, np.floating)):
        return f"{float(value) + 0.0:.6g}"  # -0 is 0
    if isinstance(value, (complex, np.complexfloating)):
        return f"{complex(value):.6g}"
    if isinstance(value, (dict, list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
