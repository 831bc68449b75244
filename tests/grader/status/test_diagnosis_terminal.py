"""Tests of grader.status.diagnosis_terminal."""

import io
import json

from rich.console import Console

from grader import progress
from grader.status.diagnosis import draw
from grader.status.diagnosis_terminal import run_diagnosis
from grader.status.standing import skippable


def _typed(question):
    """Return a right answer as one would type it."""
    right = question.reference()
    return right if isinstance(right, str) else json.dumps(right).replace("],", "];")


def _run(home, lines):
    told, typed = io.StringIO(), iter(lines)

    def ask(prompt):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return run_diagnosis(Console(file=told, width=100), ask, home), told.getvalue()


def _answers(home, knows):
    """Return right answers to the lessons known, and Enter for the others."""
    drawn = draw(0)
    return [_typed(q) if knows(one.lesson.slug) else "" for one in drawn for q in one.questions]


def test_lessons_known_may_be_skipped(home):
    page, told = _run(home, _answers(home, lambda slug: slug == "chain_rule"))
    assert "03 Chain rule · 3 of 3 right · skip it" in repr(page)
    assert "01 Forward propagation · 0 of 3 right · do it in full" in repr(page)
    assert skippable(progress.events(home)) == {"chain_rule"}
    assert told.count("Right.") == 3


def test_wrong_answers_are_no_misses(home):
    _run(home, _answers(home, lambda slug: False))
    assert {event["kind"] for event in progress.events(home)} == {"diagnosis"}


def test_stopped_quiz_notes_nothing(home):
    assert _run(home, ["", "q"])[0] is None
    assert progress.events(home) == []


def test_second_quiz_asks_other_questions(home):
    _, first = _run(home, _answers(home, lambda slug: False))
    _, second = _run(home, [""] * 100)
    assert first != second
