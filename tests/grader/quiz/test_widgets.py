"""Tests of grader.quiz.widgets, driven without a browser."""

import re

import pytest

from grader.quiz import quiz, widgets
from tests.grader.quiz.records import QUESTIONS, letter

RIGHT = {name: question.reference() for name, question in QUESTIONS.items()}


def _press(box, label):
    button = next(b for b in box._buttons if b.description.startswith(label))
    button.click()


def _said(box):
    parts = (box._verdict, box._hints, box._notice)
    return re.sub("<[^>]+>", "", " ".join(part.value for part in parts))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_right_answer_is_put_in_checked_and_restored(desk, name):
    box = quiz(name)
    box._control.restore(RIGHT[name])
    _press(box, "Check")
    again = quiz(name)

    assert again._attempt.value == RIGHT[name]
    assert again._control.value == (
        {**RIGHT[name], "line": "2"} if name == "wrong-line" else RIGHT[name]
    )
    assert _said(again) == _said(box)


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_is_preselected_and_an_empty_check_stores_nothing(desk, name):
    box = quiz(name)
    if name == "four-steps":
        return
    _press(box, "Check")

    assert not (desk / "answers.json").exists()
    assert _said(box)


def test_moving_a_step_keeps_the_buttons_and_says_where_it_is(desk):
    box = quiz("four-steps")
    rows = box._control.widget.children
    rows[0].children[1].click()

    assert box._control.value == "BACD"
    assert box._control.widget.children is rows
    assert "Step A is now number 2 of 4." in _said(box)


def test_the_first_step_cannot_move_up_nor_the_last_down(desk):
    rows = quiz("four-steps")._control.widget.children

    assert rows[0].children[0].disabled
    assert rows[-1].children[1].disabled


def test_hints_come_in_steps(desk):
    box = quiz("one-choice")
    _press(box, "Hint")

    assert "Look at the shape." in _said(box)
    assert "Sum over" not in _said(box)
    assert box._hint_button.description == "Hint (1 left)"


def test_a_hint_and_a_refusal_leave_the_verdict_in_view(desk):
    box = quiz("one-choice")
    wrong = next(x for x in "ABCD" if x != RIGHT["one-choice"])
    box._control.restore(wrong)
    _press(box, "Check")
    verdict = _said(box).strip()

    _press(box, "Hint")
    _press(box, "Show")

    assert verdict in _said(box)
    assert "Look at the shape." in _said(box)
    assert "more different attempt" in _said(box)


def test_hints_taken_are_there_when_the_notebook_is_opened_again(desk):
    _press(quiz("one-choice"), "Hint")

    again = quiz("one-choice")

    assert "Look at the shape." in _said(again)
    assert again._hint_button.description == "Hint (1 left)"


def test_a_right_answer_clears_the_hints_away(desk):
    box = quiz("one-choice")
    _press(box, "Hint")
    box._control.restore(RIGHT["one-choice"])
    _press(box, "Check")

    assert "Look at the shape." not in _said(box)


def test_the_answer_comes_after_three_tries(desk):
    box = quiz("one-choice")
    _press(box, "Show")
    assert "3 more" in _said(box)
    for wrong in (x for x in "ABCD" if x != RIGHT["one-choice"]):
        box._control.restore(wrong)
        _press(box, "Check")
    _press(box, "Show")

    assert "One bias served N rows." in _said(box)


def test_the_model_answer_and_the_rubric_wait_for_a_text(desk):
    box = quiz("free-words")
    assert box._control.marking.layout.display == "none"

    box._control.text.value = "it is a sum over all rows"
    _press(box, "Check")

    assert box._control.marking.layout.display == ""
    assert "acts on every row" in _said(box)
    assert "Says mean." in _said(box)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_static_text_never_changes_with_the_answer(desk, name):
    before = quiz(name)._repr_mimebundle_()
    quiz.answer(name, RIGHT[name])
    after = quiz(name)._repr_mimebundle_()

    assert before["text/plain"] == after["text/plain"]
    assert before["text/html"] == after["text/html"]
    assert f'quiz.answer("{name}"' in before["text/html"]


def test_a_damaged_file_is_told_in_the_box(desk):
    (desk / "answers.json").write_text("{half")

    assert "kept as answers.damaged-1.json" in _said(quiz("one-choice"))


def test_without_anywidget_the_quiz_still_works(desk, monkeypatch):
    monkeypatch.setattr(widgets, "A11y", None)
    box = quiz("one-choice")
    box._control.restore(letter(QUESTIONS["one-choice"], "`dZ`"))
    _press(box, "Check")

    assert "Its shape is (N, M)." in _said(box)
