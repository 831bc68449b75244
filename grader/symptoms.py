"""Patterns in wrong numbers that no listed mistake explains, said in a sentence."""

import numpy as np

from grader.calling import Foreign


def symptom(args, got, want, names):
    """Describe how a wrong result relates to the expected one.

    Parameters
    ----------
    args : tuple
        The arguments of the call.
    got, want : plain data
        What was returned and what was expected.
    names : tuple of str
        The docstring's names of what is returned.

    Returns
    -------
    sentence : str
        "" where there is no pattern.
    """
    several = len(names) > 1 and isinstance(got, (tuple, list)) and len(got) == len(want)
    triples = (
        zip(names, got, want, strict=True)
        if several
        else [("".join(names) or "your result", got, want)]
    )
    for name, one_got, one_want in triples:
        if _is_numeric(one_got) and _is_numeric(one_want):
            sentence = _pattern(name, np.asarray(one_got), np.asarray(one_want), args)
            if sentence:
                return sentence
    return ""


def _is_numeric(value):
    if isinstance(value, Foreign) or isinstance(value, (str, bool)):
        return False
    return isinstance(value, (int, float, np.generic, np.ndarray)) and (
        np.asarray(value).dtype.kind in "iuf"
    )


def _pattern(name, got, want, args):
    if got.shape != want.shape:
        return _shape_pattern(name, got, want)
    got, want = got.astype(float), want.astype(float)
    finite = np.isfinite(got) & np.isfinite(want)
    if not finite.all() or want.size < 2 or np.allclose(got, want):
        return ""
    if want.ndim == 2 and want.shape[0] == want.shape[1] and np.allclose(got, want.T):
        return f"`{name}` is the transpose of what is expected."
    return _factor_pattern(name, got, want, args) or _offset_pattern(name, got, want)


def _shape_pattern(name, got, want):
    if got.size == want.size and np.allclose(got.ravel(), want.ravel(), equal_nan=True):
        return f"The numbers of `{name}` are right; the shape is {got.shape} and not {want.shape}."
    if got.ndim == want.ndim == 2 and got.T.shape == want.shape and np.allclose(got.T, want):
        return f"`{name}` is the transpose of what is expected."
    return ""


def _factor_pattern(name, got, want, args):
    if not np.all((want == 0) == (got == 0)) or not want.any():
        return ""
    ratios = got[want != 0] / want[want != 0]
    factor = ratios[0]
    if not np.allclose(ratios, factor, rtol=1e-6):
        return ""
    if np.isclose(factor, -1):
        return f"Every entry of `{name}` has the wrong sign and the right size."
    return (
        f"Every entry of `{name}` is {factor:.6g} times the expected one{_meaning(factor, args)}."
    )


def _meaning(factor, args):
    """Say which size of the arguments a factor equals."""
    sizes = {
        size: f"size {size} of axis {axis} of an argument of shape {array.shape}"
        for array in args
        if isinstance(array, np.ndarray)
        for axis, size in reversed(list(enumerate(array.shape)))
        if size > 1
    }
    for size, meaning in sizes.items():
        if np.isclose(factor, size):
            return f", the {meaning}"
        if np.isclose(factor, 1 / size):
            return f", one over the {meaning}"
    return ""


def _offset_pattern(name, got, want):
    offsets = got - want
    if np.allclose(offsets, offsets.flat[0], rtol=1e-6) and abs(offsets.flat[0]) > 1e-9:
        return f"Every entry of `{name}` is off by the same amount, {offsets.flat[0]:.6g}."
    return ""
