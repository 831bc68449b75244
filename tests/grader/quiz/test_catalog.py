"""Tests of grader.quiz.catalog."""

import pytest

from grader.quiz import catalog
from tests.grader.quiz.records import QUESTIONS


def test_a_bank_read_back_is_the_bank(course):
    assert catalog.lesson("small") == QUESTIONS


def test_an_unknown_id_names_its_neighbours(course):
    with pytest.raises(LookupError, match="Did you mean 'one-choice'"):
        catalog.find("one-choise")


def test_questions_come_in_the_order_of_the_bank(course):
    assert catalog.slugs() == ["small"]
    assert list(catalog.lesson("small")) == list(QUESTIONS)


def test_a_question_knows_its_lesson(course):
    assert catalog.lesson_of("free-words") == "small"


@pytest.mark.parametrize("name", ["zzz", "", 3, None, "x" * 500], ids=lambda name: repr(name)[:9])
def test_what_is_no_id_is_answered_in_a_short_sentence(course, name):
    with pytest.raises(LookupError, match="There is no question") as caught:
        catalog.find(name)

    assert len(str(caught.value)) < 200
