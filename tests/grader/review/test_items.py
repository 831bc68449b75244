"""Tests of grader.review.items."""

import re

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
        {"kind": "follow-up", "name": "g", "passed": False, "time": "6"},
        {"kind": "follow-up", "name": "h", "passed": True, "time": "7"},
    ]
    assert missed(events) == [("question/a", "1"), ("mistake/f/_wrong", "3"), ("follow-up/g", "6")]


def test_question_asks_without_its_answer():
    item = find(QUESTION)
    assert item.front.startswith(catalog.find("neuron-computes").prompt)
    assert "The order is reversed" not in item.front
    assert "**D.**" in item.back


def test_follow_up_is_asked_with_what_it_follows_and_without_its_answer():
    item, exercise = find("follow-up/linear_forward"), registry()["linear_forward"]
    assert item.front.startswith("`linear_forward` is written")
    assert exercise.follow_up in item.front
    assert item.back == exercise.follow_up_answer


@pytest.mark.parametrize("exercise, mistake", MISTAKES, ids=lambda thing: thing.__class__.__name__)
def test_mistake_shows_its_code_and_neither_name_nor_hint(exercise, mistake):
    item = of_mistake(exercise, mistake)
    assert f"def {mistake.__name__}" not in item.front
    assert exercise.hint(mistake) not in item.front
    assert exercise.hint(mistake) in item.back
    assert not re.search(r"\b_[a-z]\w*\(", item.front)


def test_wrong_version_that_calls_the_right_one_does_not_seem_to_call_itself():
    assert "correct_linear_backward(dZ, cache)" in find(MISTAKE).front


def test_wrong_version_that_rests_on_a_helper_is_asked_from_memory():
    exercise = registry()["batchnorm_backward"]
    mistake = next(m for m in exercise.mistakes if m.__name__ == "_sums_for_means")
    front = of_mistake(exercise, mistake).front
    assert "Write it from memory" in front
    assert "_parts" not in front


def test_shown_code_runs():
    shown = {}
    exec(code_of(registry()["linear_backward"].reference, "linear_backward"), shown)
    assert callable(shown["linear_backward"])


@pytest.mark.parametrize(
    "name", ["question/none", "follow-up/none", "mistake/none/_x", MISTAKE + "x", "what/else"]
)
def test_what_the_course_no_longer_has_is_none(name):
    assert find(name) is None
