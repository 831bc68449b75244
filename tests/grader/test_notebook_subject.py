"""Tests of grader.notebook_subject: the functions of a learner's own notebook."""

import linecache
import time

import numpy as np
import pytest

from grader.exercise import Exercise
from grader.notebook_subject import NotebookSubject
from reference_impl import activations


def double(x):
    """Double."""
    return 2 * x


EXERCISE = Exercise(reference=double, cases=lambda rng: [])


def _subject(source, *, allowed=(), **names):
    namespace = {"__name__": "__main__", **names}
    exec(source, namespace)
    return NotebookSubject(namespace, allowed)


@pytest.fixture
def cell():
    """Return a function that runs a cell as IPython does, so that its source can be had."""

    def run(source, **names):
        name = "<cell>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        namespace = {"__name__": "__main__", **names}
        exec(compile(source, name, "exec"), namespace)
        return NotebookSubject(namespace)

    yield run
    linecache.cache.pop("<cell>", None)


def test_an_answer_is_found_and_called():
    subject = _subject("def double(x): return x + x")

    assert subject.find(EXERCISE) == ""
    assert [outcome.value for outcome in subject.outcomes(EXERCISE, [(1,), (2.5,)])] == [2, 5.0]


@pytest.mark.parametrize(
    "source, borrowed",
    [
        ("double = activations.relu", "reference_impl.activations.relu"),
        ("def double(x): return activations.relu(x)", "activations"),
        ("f = activations.relu\ndef double(x): return f(x)", "f"),
    ],
    ids=["itself", "by its module", "by another name"],
)
def test_an_answer_that_leans_on_the_reference_is_named(source, borrowed):
    said = _subject(source, activations=activations).find(EXERCISE)

    assert said.startswith(f"`double` uses `{borrowed}` of the reference")


@pytest.mark.parametrize("module", ["activations", "linear"])
def test_only_a_module_the_lesson_allows_is_no_loan(module):
    source = "def double(x): return activations.relu(x)"

    subject = _subject(source, allowed=(f"reference_impl.{module}",), activations=activations)

    assert (subject.find(EXERCISE) == "") == (module == "activations")


def test_a_name_that_is_mentioned_and_not_there_is_no_loan():
    assert _subject("def double(x): return nowhere(x)").find(EXERCISE) == ""


def test_a_call_out_of_time_is_the_last():
    exercise = Exercise(reference=double, cases=lambda rng: [], timeout=0.2)
    subject = _subject("def double(x):\n    while x == 1: pass\n    return x")

    outcomes = list(subject.outcomes(exercise, [(0,), (1,), (2,)]))

    assert [outcome.timed_out for outcome in outcomes] == [False, True]


def test_an_error_of_one_call_leaves_the_next():
    subject = _subject("def double(x): return 4 // x")

    outcomes = subject.outcomes(EXERCISE, [(0,), (2,)])

    assert [outcome.error for outcome in outcomes] == ["ZeroDivisionError", ""]


def test_calls_are_made_one_at_a_time():
    calls = []
    outcomes = NotebookSubject({"double": calls.append}).outcomes(EXERCISE, [(1,), (2,)])

    next(outcomes)

    assert calls == [1]


def test_a_driver_calls_in_place_of_the_grader():
    exercise = Exercise(reference=double, cases=list, driver=lambda answer, x: answer(answer(x)))

    (outcome,) = _subject("def double(x): return 2 * x").outcomes(exercise, [(3,)])

    assert outcome.value == 12


def test_the_source_of_an_own_function_is_known(cell):
    subject = cell("import numpy as np\n\ndef helper(x):\n    return x\n\ndef double(x): ...\n")

    assert subject.definition("helper") == "def helper(x):\n    return x\n"


@pytest.mark.parametrize("name", ["np", "dot", "sleep", "relu", "n", "nowhere", "made"])
def test_what_is_not_the_learners_has_no_source(name):
    names = {"np": np, "dot": np.dot, "sleep": time.sleep, "n": 3}
    subject = _subject("def made(): pass", relu=activations.relu, **names)

    assert subject.definition(name) is None
