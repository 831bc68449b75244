"""Tests of grader.quiz.facade: what a notebook calls."""

import json

import pytest

from grader.quiz import quiz
from tests.grader.quiz.records import QUESTIONS

IDS = list(QUESTIONS)
RIGHT = {name: question.reference() for name, question in QUESTIONS.items()}


@pytest.mark.parametrize("name", [name for name in IDS if name != "free-words"])
def test_a_question_is_answered_without_a_widget(desk, name):
    shown = quiz.answer(name, RIGHT[name])

    assert "✓ Correct." in repr(shown)
    assert "Why not the mean?" in repr(shown)
    assert "Why not the mean?" in shown._repr_html_()
    assert json.loads((desk / "answers.json").read_text())["answers"][name]["v"] == RIGHT[name]


def test_a_wrong_answer_is_explained_and_the_follow_up_waits(desk):
    wrong = next(x for x in "ABCD" if x != RIGHT["one-choice"])
    shown = repr(quiz.answer("one-choice", wrong))

    assert "Not yet" in shown
    assert "Why not the mean?" not in shown


def test_two_part_answers_are_given_by_name(desk):
    assert "Correct" in repr(quiz.answer("wrong-line", **RIGHT["wrong-line"]))
    assert "2 of 3" in repr(quiz.answer("free-words", "it is a sum over rows", rubric=[1, 2]))


@pytest.mark.parametrize("raw", [None, "", "Z", 3, [1], {}])
def test_what_is_no_answer_is_answered_with_advice(desk, raw):
    assert repr(quiz.answer("one-choice", raw))
    assert not (desk / "answers.json").exists()


def test_an_unknown_question_raises_nothing(desk):
    for shown in (quiz("one-choise"), quiz.answer("one-choise", "A"), quiz.hint("one-choise")):
        assert "Did you mean 'one-choice'" in repr(shown)
    assert "0 of 0 points" in str(quiz.points("one-choise"))


def test_hints_and_the_answer_need_no_widget(desk):
    assert repr(quiz.hint("one-choice")) == "Look at the shape."
    assert "after 3 more different attempts" in repr(quiz.show("one-choice"))


def test_nothing_interactive_is_shown_while_grading(desk, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    shown = quiz("one-choice")

    assert not hasattr(shown, "comm")
    assert "What is db?" in repr(shown)
