"""Tests of grader.quiz.controls: what is put in comes out as `Question.read` takes it."""

import pytest

from grader.quiz.controls import control_for
from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer
from tests.grader.quiz.records import NUMERIC, QUESTIONS, letter


def _control(name, say=print):
    return control_for(QUESTIONS[name], say)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_right_answer_is_put_in_and_read(name):
    question, control = QUESTIONS[name], _control(name)

    control.restore(question.reference())

    assert question.read(control.value) == question.reference()


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "four-steps"])
def test_nothing_put_in_is_no_answer(name):
    with pytest.raises(NotAnAnswer):
        QUESTIONS[name].read(_control(name).value)


def test_labels_are_plain_text_under_the_letters_of_the_question():
    question = QUESTIONS["one-choice"]

    labels = dict((key, label) for label, key in _control("one-choice").widget.options)

    mean = letter(question, "`dZ.mean(axis=0)`")
    assert labels[mean] == f"{mean}. dZ.mean(axis=0)"
    assert list(labels) == list(question.lettered)


def test_a_tick_taken_away_is_gone():
    control = _control("several-choices")
    control.restore("AB")

    control.boxes["A"].value = False

    assert control.value == "B"


def test_a_field_names_its_unit():
    assert _control("two-numbers").fields[1].description == "memory (bytes)"


def test_a_field_without_a_unit_has_its_name_alone():
    parts = [{**part, "unit": ""} for part in NUMERIC["parts"]]

    control = control_for(question_from({**NUMERIC, "parts": parts}), print)

    assert [field.description for field in control.fields] == ["z", "memory"]


@pytest.mark.parametrize(
    "place, button, order, where",
    [
        (0, 1, "BACD", "Step A is now number 2 of 4."),
        (3, 0, "ABDC", "Step D is now number 3 of 4."),
    ],
)
def test_a_step_moves_by_one_and_says_where_it_is(place, button, order, where):
    said = []
    control = _control("four-steps", said.append)

    control.widget.children[place].children[button].click()

    assert control.value == order
    assert said == [where]


def test_the_rubric_waits_for_a_text():
    control = _control("free-words")
    hidden = control.marking.layout.display

    control.restore({"text": "it is a sum", "rubric": [2]})

    assert hidden == "none"
    assert control.marking.layout.display == ""
    assert control.value == {"text": "it is a sum", "rubric": [2]}
