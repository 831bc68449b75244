"""Tests of grader.grading.local_subject: cells run in this very process, and leave it as it was."""

import sys

import pytest

from grader.exercises import registry
from grader.grading.local_subject import LocalSubject
from tests.grader.grading.small_course import solution


def _told(subject):
    return [(report.status, report.text) for report in subject.reports]


def test_each_cell_is_reported_in_order():
    with LocalSubject(["print('a')", "1 / 0", "2"]) as subject:
        assert _told(subject) == [
            ("ok", "a\n"),
            ("ZeroDivisionError", "ZeroDivisionError: division by zero"),
            ("ok", "2\n"),
        ]
        assert subject.problem == ""


def test_what_the_cells_define_is_called(rng):
    neuron = registry()["neuron"]
    args = next(iter(neuron.cases(rng))).args

    with LocalSubject(["import numpy as np", solution("neuron")]) as subject:
        (outcome,) = subject.outcomes(neuron, [args])

    assert outcome.value == pytest.approx(neuron.reference(*args))
    assert subject.find(neuron) == ""


def test_the_next_submission_finds_nothing_of_the_one_before():
    with LocalSubject(["secret = 3"]):
        pass

    with LocalSubject(["secret"]) as subject:
        assert _told(subject) == [("NameError", "NameError: name 'secret' is not defined")]


def test_what_a_cell_defines_is_of_the_main_module_as_in_a_notebook():
    with LocalSubject(["class Layer:\n    pass\n\nLayer.__module__"]) as subject:
        assert _told(subject) == [("ok", "'__main__'\n")]


def test_the_source_of_an_answer_is_found():
    with LocalSubject(["import numpy as np", solution("neuron")]) as subject:
        assert subject.definition("neuron").strip() == solution("neuron").strip()


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize("source", ["x = 1", "1 / 0", "raise SystemExit", "del __name__"])
def test_the_program_has_its_own_main_module_back(source):
    main = sys.modules["__main__"]

    with LocalSubject([source]):
        assert sys.modules["__main__"] is not main

    assert sys.modules["__main__"] is main, "no process can be started from IPython's stand-in"


def test_an_error_within_is_not_swallowed_and_the_main_module_comes_back():
    main = sys.modules["__main__"]

    with pytest.raises(KeyError), LocalSubject([]):
        raise KeyError

    assert sys.modules["__main__"] is main


def test_what_answers_may_import_is_known():
    borrowed = "from reference_impl.linear import linear_forward"
    exercise = registry()["linear_forward"]

    with LocalSubject([borrowed]) as subject:
        assert "is not there in grading" in subject.find(exercise)
    with LocalSubject([borrowed], ["reference_impl.linear"]) as subject:
        assert "is not there in grading" not in subject.find(exercise)
