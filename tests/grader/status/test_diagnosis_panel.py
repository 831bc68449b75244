"""Tests of grader.status.diagnosis_panel."""

import ipywidgets as widgets
import pytest

from grader import progress
from grader.status.diagnosis_panel import DiagnosisPanel


@pytest.fixture
def panel(home):
    """Return a panel whose quiz has begun."""
    panel = DiagnosisPanel(home)
    _press(panel, "Start")
    return panel


def _walk(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _walk(child)


def _press(panel, name):
    (button,) = [w for w in _walk(panel) if isinstance(w, widgets.Button) and w.description == name]
    button.click()


def _words(panel):
    return " ".join(w.value for w in _walk(panel) if isinstance(w, widgets.HTML))


def test_nothing_is_asked_before_the_button_is_pressed(home):
    panel = DiagnosisPanel(home)

    assert "Which lessons may you skip?" in _words(panel)
    assert panel._sitting is None


def test_a_blank_answer_is_told_and_asked_again(panel):
    _press(panel, "Answer")

    assert "1 of 24." in _words(panel)


def test_right_answers_lead_to_the_next_question(panel):
    right = panel._sitting.question.reference()
    panel._control.restore(right)
    _press(panel, "Answer")

    assert "Right." in _words(panel)
    assert "2 of 24." in _words(panel)


def test_it_ends_with_what_to_do_and_may_be_done_once_more(panel, home):
    for _ in range(panel._sitting.n_questions):
        _press(panel, "I do not know")

    assert "do it in full" in _words(panel)
    assert [event["kind"] for event in progress.events(home)] == ["diagnosis"]
    _press(panel, "Once more")
    assert "1 of 24." in _words(panel)


def test_what_a_page_shows_without_a_kernel_never_changes(panel, home):
    text = DiagnosisPanel(home)._repr_mimebundle_()["text/plain"]

    assert panel._repr_mimebundle_()["text/plain"] == text
    assert "Which lessons may you skip?" in text
