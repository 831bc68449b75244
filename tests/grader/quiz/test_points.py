"""Tests of grader.quiz.points: the cell at the end of a group of questions."""

import pytest

from grader.quiz import quiz
from grader.quiz.keys import reference_answers
from grader.quiz.points import QuizPoints, quiz_points
from grader.quiz.render import BORDER, NEUTRAL
from tests.grader.quiz.records import QUESTIONS

IDS = list(QUESTIONS)
RIGHT = {name: question.reference() for name, question in QUESTIONS.items()}


def test_points_are_a_plain_number(desk):
    quiz.answer("one-choice", RIGHT["one-choice"])
    quiz.answer("two-numbers", ["-0.1", "7"])

    points = quiz.points("one-choice", "two-numbers", "one-choice")

    assert repr(points) == "1.5"
    assert "1.5 of 2 points" in str(points)
    assert "Correct" in points._repr_html_()
    assert "Partly" in points._repr_html_()


def test_points_say_nothing_of_the_answer(desk):
    points = quiz.points(*IDS)

    assert repr(points) == "0"
    assert "served N rows" not in points._repr_html_() + str(points)


def test_points_write_and_rename_nothing(desk):
    (desk / "answers.json").write_text("{damaged")

    quiz.points(*IDS)

    assert [path.name for path in desk.iterdir()] == ["answers.json"]


def test_a_solved_notebook_shows_full_points_beside_the_bank_and_in_a_copy(desk):
    copy = quiz_points(IDS)
    (desk / "answers.json").write_bytes(reference_answers("small"))
    in_a_copy = quiz_points(IDS)
    (desk / "answers.json").unlink()
    (desk / "quiz.yaml").touch()
    beside_the_bank = quiz_points(IDS)

    assert repr(copy) == "0"
    assert repr(in_a_copy) == repr(beside_the_bank) == "7"
    assert in_a_copy._repr_html_() == beside_the_bank._repr_html_()


def test_an_unknown_question_is_named_and_the_others_count(desk):
    quiz.answer("one-choice", RIGHT["one-choice"])

    points = quiz_points(["one-choice", "one-choise"])

    assert repr(points) == "1"
    assert "There is no question 'one-choise'" in str(points)
    assert points._border() == BORDER[False]


@pytest.mark.parametrize(
    "record, border",
    [({"v": "right"}, BORDER[True]), ({"v": "wrong"}, BORDER[False]), (None, NEUTRAL)],
)
def test_the_border_tells_done_from_wrong_from_open(record, border):
    question = QUESTIONS["one-choice"]
    letters = {"right": question.right, "wrong": next(x for x in "ABCD" if x != question.right)}
    if record:
        record = {"v": letters[record["v"]], "seed": question.seed}

    assert QuizPoints(((question, record),))._border() == border


def test_an_open_question_asks_to_come_back():
    points = QuizPoints(((QUESTIONS["one-choice"], None),))

    assert str(points).startswith("0 of 1 point. Run this cell again once you have answered.")
    assert "○ Not answered: Bias (`one-choice`)" in str(points)
