"""Tests of grader.review.terminal."""

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from grader.cli import app
from grader.quiz import catalog
from grader.review.deck import Deck
from grader.review.terminal import run_review
from tests.grader.review.conftest import MISTAKE, QUESTION

RIGHT = catalog.find("neuron-computes").reference()
WRONG = "B"


def _run(home, clock, *lines):
    told, typed = io.StringIO(), iter(lines)

    def ask(prompt):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    n_reviewed = run_review(Console(file=told, width=100), ask, home, clock)
    return n_reviewed, told.getvalue()


def test_mistake_and_question_are_asked_and_rated(home, clock):
    n_reviewed, told = _run(home, clock, "", "good", RIGHT, "e")
    assert n_reviewed == 2
    assert "takes it a second time" in " ".join(told.split()).lower()
    assert "It comes back in 2 days." in told
    assert Deck(home, clock).due() == []


def test_wrong_answer_comes_back_soon_with_the_answer(home, clock):
    n_reviewed, told = _run(home, clock, "", "a", WRONG)
    assert n_reviewed == 2
    assert told.count("in 10 minutes") == 2
    assert "weighted sum" in told


def test_what_cannot_be_read_is_asked_again(home, clock):
    n_reviewed, told = _run(home, clock, "", "nonsense", "g", "Z", RIGHT, "g")
    assert n_reviewed == 2
    assert "Give letters" in told or "Give each letter" in told


@pytest.mark.parametrize("lines", [("q",), ()])
def test_stopping_keeps_what_is_due(home, clock, lines):
    assert _run(home, clock, *lines)[0] == 0
    assert len(Deck(home, clock).due()) == 2


def test_skipped_question_stays_due(home, clock):
    _run(home, clock, "", "g", "")
    assert [item.id for item in Deck(home, clock).due()] == [QUESTION]


def test_when_nothing_is_due_the_next_time_is_told(home, clock):
    deck = Deck(home, clock)
    deck.rate(QUESTION, "good")
    deck.rate(MISTAKE, "easy")
    assert "The next of 2 items comes in 2 days." in _run(home, clock)[1]


def test_command_without_a_copy_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("grader.status.home.MY_COURSE", tmp_path / "none")
    done = CliRunner().invoke(app, ["review"])
    assert done.exit_code == 1
    assert "make lab" in done.output
