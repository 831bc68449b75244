"""Tests of grader.quiz.bug."""

import pytest

from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer
from tests.grader.quiz.records import BUG, QUESTIONS

LINE = QUESTIONS["wrong-line"]


def test_line_and_reason_count_one_half_each():
    right = LINE.reference()
    other = next(x for x in "ABCD" if x != right["why"])

    assert LINE.judge(right).passed
    assert LINE.judge({**right, "line": 3}).share == 0.5
    assert LINE.judge({**right, "why": other}).share == 0.5
    assert LINE.judge({"line": 3, "why": other}).share == 0


def test_a_suspicious_line_is_defended():
    verdict = LINE.judge({"line": 1, "why": "A"})

    assert verdict.remarks[0].text == "This only sets a."


@pytest.mark.parametrize("raw", ["2 b", "line 2, B", {"line": "2", "why": "b"}, "2B"])
def test_line_and_reason_may_be_written_in_many_ways(raw):
    assert LINE.read(raw) == {"line": 2, "why": "B"}


@pytest.mark.parametrize(
    "raw",
    [
        "B",
        "2",
        "9 B",
        {"line": 2},
        {"line": 2, "why": "AB"},
        {"line": True, "why": "B"},
        {"line": 2.0, "why": "B"},
        2,
    ],
)
def test_half_an_answer_is_refused(raw):
    with pytest.raises(NotAnAnswer):
        LINE.read(raw)


def test_one_of_several_lines_is_enough():
    question = question_from({**BUG, "line": [2, 3]})

    assert question.judge({"line": 3, "why": question.right}).passed


def test_code_is_shown_with_line_numbers():
    assert " 2  b = a + 2" in LINE.describe()


def test_a_reason_keeps_its_meaning_under_another_seed():
    old, new = (question_from({**BUG, "seed": seed}) for seed in (3, 4))

    assert new.translate(old.reference(), seed=3) == new.reference()


@pytest.mark.parametrize("line, way", [(0, "from 1 to 3"), (4, "from 1 to 3"), ("", "number")])
def test_a_line_that_is_not_there_is_answered_with_those_that_are(line, way):
    with pytest.raises(NotAnAnswer, match=way):
        LINE.read({"line": line, "why": "B"})


def test_every_right_line_is_told_with_the_reason():
    question = question_from({**BUG, "line": [2, 3]})

    assert question.solution().startswith(f"Line 2 or 3. **{question.right}.**")
    assert "One bias served N rows." in question.solution()
