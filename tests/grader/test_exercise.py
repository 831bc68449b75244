"""Tests of grader.exercise: what a record says of itself, and which records are refused."""

import numpy as np
import pytest

from grader.exercise import Case, Exercise, case


def scale(X, factor=2.0):
    """Scale an array.

    Parameters
    ----------
    X : ndarray of shape (N,)
        The array.

    Returns
    -------
    out : ndarray of shape (N,)
        ``factor * X``.
    norm : float
        Its length.

    Notes
    -----
    slope : this is no output.
    """
    return factor * X, np.linalg.norm(factor * X)


def _halved(X, factor=2.0):
    """You divided.

    Multiply by the factor.
    """
    return X / factor


def _exercise(**fields):
    return Exercise(reference=scale, cases=lambda rng: [], **fields)


def test_name_and_parameters_are_those_of_the_reference():
    assert _exercise().name == "scale"
    assert _exercise().parameters == ("X", "factor")


def test_outputs_are_named_by_the_docstring():
    assert _exercise().outputs == ("out", "norm")


@pytest.mark.parametrize(
    "fields",
    [
        {"driver": lambda answer, X: answer(X)},
        {"reference": type("Scale", (), {"__doc__": scale.__doc__})},
        {"reference": lambda X: X},
    ],
    ids=["driver", "class", "no docstring"],
)
def test_what_returns_something_else_names_no_outputs(fields):
    assert Exercise(**{"reference": scale, "cases": list} | fields).outputs == ()


def test_a_hint_is_one_line():
    assert _exercise(mistakes=(_halved,)).hint(_halved) == "You divided. Multiply by the factor."


def test_a_mistake_without_a_hint_is_refused_by_name():
    def forgotten(X, factor):
        return X

    with pytest.raises(ValueError, match="scale: mistake forgotten needs a hint"):
        _exercise(mistakes=(_halved, forgotten))


def test_a_debug_round_without_broken_code_is_refused():
    with pytest.raises(ValueError, match="scale: a debug round needs starts_from"):
        _exercise(kind="debug")


@pytest.mark.parametrize("kind, whole", [("debug", True), ("write", False), ("timed", False)])
def test_only_a_debug_round_is_all_or_nothing(kind, whole):
    assert _exercise(kind=kind, starts_from=_halved).all_or_nothing == whole


def test_a_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        _exercise().points = 100


def test_a_case_is_written_as_a_call():
    assert case("one row", 1, [2], quiet=True) == Case("one row", (1, [2]), quiet=True)
