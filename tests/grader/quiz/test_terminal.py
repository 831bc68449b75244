"""Tests of grader.quiz.terminal."""

import io
import json

import pytest
from rich.console import Console

from grader.quiz.terminal import run_quiz
from tests.grader.quiz.records import QUESTIONS


def _run(folder, *lines):
    told, typed = io.StringIO(), iter(lines)

    def ask(prompt):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    n_right = run_quiz("small", Console(file=told, width=100), ask, folder)
    return n_right, told.getvalue()


RIGHT = [
    QUESTIONS["one-choice"].reference(),
    QUESTIONS["several-choices"].reference(),
    "-0.1, 0",
    QUESTIONS["four-steps"].reference(),
    f"2 {QUESTIONS['wrong-line'].right}",
    "(784, 256), (256,), ()",
    "it is a sum over all rows",
    "1 3",
]


def test_a_whole_quiz_is_answered_in_the_terminal(desk):
    n_right, told = _run(desk, *RIGHT)

    assert n_right == 6
    assert "acts on every row" in told
    assert "6 of 6" in told
    stored = json.loads((desk / "answers.json").read_text())["answers"]
    assert stored["free-words"]["v"]["rubric"] == [1, 3]


def test_what_is_done_is_not_asked_again(desk):
    _run(desk, *RIGHT)

    assert "0 of 7 questions to answer" in _run(desk)[1]


def test_a_wrong_answer_is_explained_and_asked_again(desk):
    question = QUESTIONS["one-choice"]
    wrong = next(x for x in "ABCD" if x != question.right)

    n_right, told = _run(desk, wrong, question.right, "q")

    assert n_right == 1
    assert question.lettered[wrong].feedback.replace("`", "") in told


def test_hints_skipping_and_advice(desk):
    _, told = _run(desk, "h", "s", "ZZ", "", "q")

    assert "Look at the shape." in told
    assert "3 more different attempts" in told
    assert "Give each letter once" in told
    assert "2 of 7" in told


@pytest.mark.parametrize("lines", [(), ("q",)])
def test_one_can_stop_at_any_time(desk, lines):
    assert _run(desk, *lines)[0] == 0
