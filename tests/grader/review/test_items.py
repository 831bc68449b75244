"""Tests of grader.review.items."""

import pytest

from grader.exercises import registry
from grader.quiz import catalog
from grader.review.items import code_of, find, missed, of_mistake
from tests.grader.review.conftest import MISTAKE, QUESTION

MISTAKES = [(e, m) for e in registry().values() for m in e.mistakes]


def test_only_misses_and_named_mistakes_are_taken_in():
    events = [
        {"kind": "quiz", "name": "a", "passed": False, "time": "1"},
        {"kind": "quiz", "name": "b", "passed": True, "time": "2"},
        {"kind": "check", "name": "f", "passed": False, "mistake": "f/_wrong", "time": "3"},
        {"kind": "check", "name": "f", "passed": False, "mistake": "", "time": "4"},
        {"kind": "review", "name": "question/a", "passed": False, "time": "5"},
    ]
    assert missed(events) == [("question/a", "1"), ("mistake/f/_wrong", "3")]


def test_question_asks_without_its_answer():
    item = find(QUESTION)
    assert item.front.startswith(catalog.find("neuron-computes").prompt)
    assert "The order is reversed" not in item.front
    assert "**D.**" in item.back


@pytest.mark.parametrize("exercise, mistake", MISTAKES, ids=lambda thing: thing.__class__.__name__)
def test_mistake_shows_its_code_and_neither_name_nor_hint(exercise, mistake):
    item = of_mistake(exercise, mistake)
    assert f"def {mistake.__name__}" not in item.front
    assert exercise.hint(mistake) not in item.front
    assert exercise.hint(mistake) in item.back


def test_shown_code_runs():
    shown = {}
    exec(code_of(registry()["linear_backward"].reference, "linear_backward"), shown)
    assert callable(shown["linear_backward"])


@pytest.mark.parametrize("name", ["question/none", "mistake/none/_x", MISTAKE + "x", "what/else"])
def test_what_the_course_no_longer_has_is_none(name):
    assert find(name) is None
