"""Tests of grader.rules."""

import pytest

from grader.exercise import Exercise
from grader.rules import broken_rule


def total(X):
    """Add."""
    return X.sum()


class Sources(dict):
    """Holds definitions by name, as a subject does."""

    definition = dict.get


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return X.sum()", ""),
        ("return np.add.reduce(X, axis=None)", ""),
        ("s = 0\n    for x in X: s += x\n    return s", "`total` uses a Python loop"),
        ("while True: pass", "`total` uses a Python loop"),
        ("return sum(x for x in X)", "`total` uses a Python loop"),
        ("return np.vectorize(float)(X).sum()", "`np.vectorize` is a Python loop in disguise"),
        ("return list(map(float, X))", "`map` is a Python loop in disguise"),
        ("return numpy.linalg.norm(X)", "`np.linalg.norm` is not allowed here"),
    ],
)
def test_rule(body, sentence):
    exercise = Exercise(
        reference=total, cases=lambda rng: (), no_loops=True, forbidden=("np.linalg.norm",)
    )

    told = broken_rule(exercise, Sources(total=f"def total(X):\n    {body}"))

    assert told.startswith(sentence) if sentence else told == ""


def test_without_a_rule_no_source_is_needed():
    assert broken_rule(Exercise(reference=total, cases=lambda rng: ()), Sources()) == ""


def test_with_a_rule_the_source_must_be_there():
    exercise = Exercise(reference=total, cases=lambda rng: (), no_loops=True)

    assert "define it with `def`" in broken_rule(exercise, Sources())


def test_functions_that_call_each_other_end():
    exercise = Exercise(reference=total, cases=lambda rng: (), no_loops=True)
    sources = Sources(
        total="def total(X): return helper(X)", helper="def helper(X): return total(X)"
    )

    assert broken_rule(exercise, sources) == ""


@pytest.mark.parametrize(
    "answer",
    [
        "def total(X):\n    helper = X.sum()\n    return helper",
        "def total(helper): return helper.sum()",
        "def total(X):\n    map = X + 0\n    return map.sum()",
        "def total(X):\n    def inner(helper): return helper.sum()\n    return inner(X)",
        "def total(X):\n    'No for, while or map.'  # np.vectorize\n    return X.sum()",
    ],
)
def test_a_variable_that_is_called_like_a_looping_function_breaks_no_rule(answer):
    exercise = Exercise(reference=total, cases=lambda rng: (), no_loops=True)
    sources = Sources(total=answer, helper="def helper(X):\n    for x in X: pass")

    assert broken_rule(exercise, sources) == ""


@pytest.mark.parametrize(
    "answer",
    [
        "def total(X): return helper(X)",
        "def total(X, how=helper): return how(X)",
        "def total(X):\n    def inner(): return helper(X)\n    return inner()",
        "def total(X):\n    def inner(helper): return helper\n    return inner(1) + helper(X)",
        "total = lambda X: helper(X)",
        "@helper\ndef total(X): return X",
        "def total(X):\n    import numpy as np\n    return np.vectorize(abs)(X)",
        "def total(X):\n    global helper\n    helper = helper\n    return helper(X)",
    ],
)
def test_a_looping_function_is_found_wherever_it_is_used(answer):
    exercise = Exercise(reference=total, cases=lambda rng: (), no_loops=True)
    sources = Sources(total=answer, helper="def helper(X):\n    for x in X: pass")

    assert "Python loop" in broken_rule(exercise, sources)
