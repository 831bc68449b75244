"""Tests of grader.status.diagnosis."""

import pytest

from grader import progress
from grader.quiz.model import NotAnAnswer
from grader.status.diagnosis import Diagnosis, draw


def test_three_questions_a_lesson_of_different_topics():
    for one in draw(0):
        topics = {question.topic for question in one.questions}
        assert len(one.questions) == len(topics) == 3


def test_draw_depends_on_its_seed_alone():
    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


def test_nothing_is_noted_before_the_last_answer(home):
    sitting = Diagnosis(home)
    for _ in range(sitting.n_questions - 1):
        assert not sitting.answer(None)
    assert progress.events(home) == []

    sitting.answer(None)

    assert sitting.question is None
    assert [event["kind"] for event in progress.events(home)] == ["diagnosis"]


def test_what_is_no_answer_is_asked_again(home):
    sitting = Diagnosis(home)
    question = sitting.question

    with pytest.raises(NotAnAnswer):
        sitting.answer("no such option")

    assert sitting.question is question


def test_right_answers_count_for_their_lesson(home):
    sitting = Diagnosis(home)
    assert sitting.answer(sitting.question.reference())
    while sitting.question is not None:
        sitting.answer(None)

    assert "1 of 3 right" in repr(sitting.page()).split("\n")[1]
