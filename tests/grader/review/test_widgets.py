"""Tests of grader.review.widgets and grader.review.review, without a browser."""

import re

import pytest

from grader.quiz import catalog
from grader.review import WELCOME, review
from grader.review.deck import Deck
from grader.review.widgets import ReviewBox
from tests.grader.review.conftest import MISTAKE, QUESTION


def _press(box, label):
    next(b for b in box._row.children if b.description == label).click()


def _said(box):
    return re.sub("<[^>]+>", "", box._feedback.value)


def _at_the_question(home, clock):
    """Return a box that has come to the question."""
    Deck(home, clock).rate(MISTAKE, "easy")
    return ReviewBox(home, clock)


def test_mistake_is_shown_then_rated(home, clock):
    box = ReviewBox(home, clock)
    assert box.item.id == MISTAKE
    _press(box, "Show the answer")
    assert "takes it a second time" in _said(box)
    _press(box, "Good")
    assert box.item.id == QUESTION


def test_right_answer_is_rated_by_the_learner(home, clock):
    box = _at_the_question(home, clock)
    box._control.restore(catalog.find("neuron-computes").reference())
    _press(box, "Check")
    assert [b.description for b in box._row.children] == ["Hard", "Good", "Easy"]
    _press(box, "Good")
    assert "It comes back in 2 days. That was the last one." in _said(box)


@pytest.mark.parametrize("way", ["Check", "Show the answer"])
def test_wrong_or_given_up_comes_back_soon(home, clock, way):
    box = _at_the_question(home, clock)
    box._control.restore("B")
    _press(box, way)
    assert "weighted sum" in _said(box)
    _press(box, "Next")
    assert "in 10 minutes" in _said(box)


def test_empty_answer_is_no_try(home, clock):
    box = _at_the_question(home, clock)
    _press(box, "Check")
    assert "Choose" in _said(box)
    assert box.item.id == QUESTION


def test_plain_text_never_changes(home, clock, monkeypatch):
    box = _at_the_question(home, clock)
    assert box._repr_mimebundle_()["text/plain"] == WELCOME
    monkeypatch.chdir(home)
    assert review()._repr_mimebundle_()["text/plain"] == WELCOME


def test_outside_a_copy_and_in_grading_it_is_the_same_sentence(home, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert repr(review()) == WELCOME
    monkeypatch.chdir(home)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(review()) == WELCOME
