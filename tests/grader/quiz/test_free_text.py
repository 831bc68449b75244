"""Tests of grader.quiz.free_text."""

import pytest

from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer
from tests.grader.quiz.records import QUESTIONS, TEXT

WORDS = QUESTIONS["free-words"]


def test_free_text_is_marked_by_the_learner_and_worth_no_points():
    value = WORDS.read({"text": "it is a sum over rows", "rubric": [2, 1, 2]})

    assert value["rubric"] == [1, 2]
    assert WORDS.judge(value).share == pytest.approx(2 / 3)
    assert WORDS.points == 0


def test_free_text_wants_some_words_before_it_compares():
    with pytest.raises(NotAnAnswer, match="at least 5 words"):
        WORDS.read("a sum")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        3,
        {"text": 3},
        {"text": "one two three four five", "rubric": [9]},
        {"text": "one two three four five", "rubric": [True]},
        {"text": "one two three four five", "rubric": "12"},
        {"text": "word " * 5000},
    ],
)
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(NotAnAnswer):
        WORDS.read(raw)


def test_what_is_not_ticked_is_named():
    verdict = WORDS.judge({"text": "it is a sum over rows", "rubric": [2]})

    assert [remark.passed for remark in verdict.remarks] == [False, True, False]
    assert verdict.remarks[2].text == "Gives the shape."
    assert verdict.summary == "You ticked 1 of 3 lines."


def test_the_model_answer_comes_with_what_weak_answers_do():
    assert WORDS.solution().endswith("**A weak answer:**\n\n- Says mean.")
    assert "weak" not in question_from({**TEXT, "pitfalls": []}).solution()


def test_the_model_answer_is_an_answer():
    value = WORDS.reference()

    assert WORDS.read(value) == value
    assert WORDS.judge(value).passed
