"""Tests of grader.found: what a learner is told when there is nothing to call."""

import numpy as np
import pytest

from grader.found import look_up, problem


def _said(source, name="scale", parameters=("X", "factor"), wants_class=False):
    namespace = {"np": np}
    exec(source, namespace)
    return problem(look_up(namespace, name, parameters), name, parameters, wants_class=wants_class)


@pytest.mark.parametrize(
    "source",
    [
        "def scale(X, factor): pass",
        "def scale(A, k): pass",
        "def scale(X, factor, out=None): pass",
        "def scale(*args): pass",
        "def scale(X, factor, *, out=None): pass",
        "scale = lambda X, factor: X",
        "scale = np.multiply",
        "scale = type('S', (), {'__call__': lambda self, X, factor: X})()",
        "class scale:\n    def __init__(self, n): pass",
    ],
)
def test_what_can_be_called_is_no_problem(source):
    assert _said(source) == ""


@pytest.mark.parametrize(
    "source, sentence",
    [
        ("", "There is no `scale` in this notebook. Run its cell first."),
        (
            "def scales(X): pass",
            "There is no `scale` in this notebook; did you mean `scales`? Run its cell first.",
        ),
        ("scales = 3", "There is no `scale` in this notebook. Run its cell first."),
        ("def _scale(X): pass", "There is no `scale` in this notebook. Run its cell first."),
        ("scale = 3", "`scale` is an int; it should be a function."),
        ("scale = None", "`scale` is a NoneType; it should be a function."),
        ("scale = np.zeros(2)", "`scale` is a ndarray; it should be a function."),
        ("def scale(): pass", "`scale` takes nothing; it should take X, factor."),
        ("def scale(X): pass", "`scale` takes X; it should take X, factor."),
        (
            "def scale(X, factor, out): pass",
            "`scale` takes X, factor, out; it should take X, factor.",
        ),
        ("def scale(X, *, factor): pass", "`scale` takes X, factor; it should take X, factor."),
    ],
)
def test_what_cannot_is_said_in_a_sentence(source, sentence):
    assert _said(source) == sentence


def test_what_should_take_nothing_is_said_so():
    said = _said("def scale(X): pass", parameters=())

    assert said == "`scale` takes X; it should take nothing."


def test_a_function_in_place_of_a_class():
    assert _said("def scale(X): pass", wants_class=True) == (
        "`scale` is a function; it should be a class."
    )
    assert _said("class scale: pass", wants_class=True) == ""


def test_two_near_names_are_told_at_most():
    said = _said("def scale1(): pass\ndef scale2(): pass\ndef scale3(): pass")

    assert said.count("`") == 2 * 3


def test_a_signature_that_lies_is_no_error():
    class Odd:
        __signature__ = "none"

        def __call__(self, X):
            return X

    found = look_up({"scale": Odd()}, "scale", ("X",))

    assert found.fits
    assert found.takes == ()
