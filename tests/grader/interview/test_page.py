"""Tests of grader.interview.page: the same words as text and as HTML."""

import html
import re

import pytest

from grader.interview import page
from grader.interview.example import played
from grader.interview.plan import Round, Settings
from grader.interview.scorecard import Row
from grader.interview.session import Session

HEADINGS = ("By kind", "By topic, weakest first", "Item by item", "Mistakes", "Do again")


@pytest.fixture(scope="module")
def results():
    return page.results(played())


def _words(markup):
    return html.unescape(re.sub("<[^>]+>", "", markup))


@pytest.mark.parametrize("heading", HEADINGS)
def test_both_forms_have_every_part(results, heading):
    assert heading in results.text
    assert heading in _words(results.html)


def test_both_forms_tell_every_item(results):
    items = results.text.partition("Item by item\n")[2].partition("\n\n")[0].splitlines()

    assert len(items) > 5
    assert [line for line in items if line.strip() not in _words(results.html)] == []


def test_the_page_is_announced(results):
    assert results.html.startswith('<div role="status">')


def test_days_are_counted_from_the_end(results):
    assert "Tomorrow, 06 January:" in results.text
    assert "In 3 days, 08 January:" in results.text


def test_what_a_candidate_wrote_is_shown_and_not_run(clock):
    rounds = [Round("coding", 7, ("exercise:softmax",))]
    session = Session.begin(Settings(seed=3), clock, rounds)
    session.note(session.item, share=0.0, mistake="", note="<script>alert(1)</script>")
    session.end()

    shown = page.results(session)

    assert "<script" not in shown.html
    assert "&lt;script&gt;" in shown.html


def test_an_interview_ended_at_once_has_a_page(clock):
    session = Session.begin(Settings(seed=3), clock)
    session.end()

    text = page.results(session).text

    assert "Mock interview: 0 of" in text
    assert "All kinds came out alike." in text
    assert "None: no answer was judged wrong." in text


def test_strongest_and_weakest_are_named():
    rows = [
        Row("exercise:softmax", "coding", 1.0, 1),
        Row("exercise:debug_adam", "debug", 0.0, 1),
    ]

    assert page.summary(rows) == "Strongest: implementation. Weakest: debugging."


@pytest.mark.parametrize(
    "settings, words",
    [
        (Settings(15), ("15 minutes", "as they come", "drawn at the start", "5 questions, 4 min")),
        (Settings(30, "senior", ("optimizers",), 7), ("senior", "Optimizers", "Seed: 7", "1 task")),
    ],
)
def test_the_outline_says_what_is_chosen(settings, words):
    text = page.outline(settings).text

    assert [word for word in words if word not in text] == []
