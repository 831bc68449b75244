"""Tests of grader.quiz.keys."""

import pytest

from grader.quiz.answers import records_in, stored_value
from grader.quiz.keys import reference_answers
from tests.grader.quiz.records import QUESTIONS


def test_reference_answers_are_the_same_each_time(course):
    assert reference_answers("small") == reference_answers("small")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_rightly(course, name):
    record = records_in(reference_answers("small"))[name]

    assert QUESTIONS[name].judge(stored_value(QUESTIONS[name], record)).passed


def test_it_holds_no_time(course):
    records = records_in(reference_answers("small"))

    assert {key for record in records.values() for key in record} == {"v", "seed", "tries"}
