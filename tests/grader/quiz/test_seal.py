"""Tests of grader.quiz.seal."""

import json

import pytest

from grader.quiz.seal import seal, unseal
from tests.grader.quiz.records import RECORDS


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_what_is_sealed_comes_back(record):
    assert unseal(seal(record), record["id"]) == json.loads(json.dumps(record))


def test_nothing_of_a_question_can_be_read_in_the_sealed_bank(course):
    text = (course / "grader" / "quizzes" / "small.json").read_text()

    assert not any(word in text for word in ("correct", "feedback", "dZ.sum", "served", "Its "))
