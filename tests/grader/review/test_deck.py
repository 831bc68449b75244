"""Tests of grader.review.deck, with fixed times."""

import json
from datetime import date, timedelta

import pytest

from grader import progress
from grader.review.deck import Deck
from tests.grader.review.conftest import MISTAKE, QUESTION, START, miss, write_events

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def _rate_when_due(deck, clock, *ratings):
    """Return the intervals that the ratings give to the question."""
    intervals = []
    for rating in ratings:
        clock.time = deck.due_at(QUESTION)
        intervals.append(deck.rate(QUESTION, rating) - clock.time)
    return intervals


def test_misses_are_due_at_once_and_what_is_gone_is_not_asked(home, clock):
    assert {item.id for item in Deck(home, clock).due()} == {QUESTION, MISTAKE}


def test_remembered_items_come_back_by_the_documented_intervals(home, clock):
    intervals = _rate_when_due(Deck(home, clock), clock, "good", "good", "good")
    assert intervals == [2 * DAY, 11 * DAY, 46 * DAY]


def test_forgotten_item_comes_back_in_ten_minutes(home, clock):
    deck = Deck(home, clock)
    assert _rate_when_due(deck, clock, "again") == [10 * MINUTE]
    assert _rate_when_due(deck, clock, "good", "good", "again")[-1] == 10 * MINUTE


def test_schedule_survives_a_restart(home, clock):
    due = Deck(home, clock).rate(QUESTION, "good")
    again = Deck(home, clock)
    assert again.due_at(QUESTION) == due
    assert [item.id for item in again.due()] == [MISTAKE]


def test_item_missed_again_in_its_lesson_is_forgotten(home, clock):
    Deck(home, clock).rate(QUESTION, "good")
    write_events(home, miss("neuron-computes", START + DAY))
    clock.time = START + DAY
    assert Deck(home, clock).due_at(QUESTION) == START + DAY + 10 * MINUTE


def test_same_miss_counts_once(home, clock):
    first = Deck(home, clock)
    first.rate(QUESTION, "good")
    assert Deck(home, clock).due_at(QUESTION) == first.due_at(QUESTION)


def test_nothing_is_put_off_until_after_the_interview(home, clock):
    deck = Deck(home, clock, interview=date(2026, 1, 9))
    intervals = _rate_when_due(deck, clock, "good", "good")
    assert intervals == [2 * DAY, 5 * DAY]
    assert deck.due_at(QUESTION).date() == date(2026, 1, 8)


def test_review_is_noted_and_is_no_new_miss(home, clock):
    Deck(home, clock).rate(QUESTION, "again")
    last = progress.events(home)[-1]
    assert (last["kind"], last["name"], last["passed"]) == ("review", QUESTION, False)


@pytest.mark.parametrize(
    "text, said",
    [
        ("{ half", "is damaged"),
        ("[]", "is damaged"),
        ('{"schema": 1, "items": {"question/x": {"missed": 3}}}', "is damaged"),
        ('{"schema": 0, "items": {}}', "is from an older version"),
        ('{"schema": 2, "items": {}}', "is from a later version"),
    ],
)
def test_file_that_cannot_be_used_is_set_aside(home, clock, text, said):
    (home / "review.json").write_text(text)
    deck = Deck(home, clock)
    assert said in deck.notice
    assert (home / "review.old-1.json").read_text() == text
    assert len(deck) == 2


def test_interrupted_write_leaves_the_old_file(home, clock, monkeypatch):
    deck = Deck(home, clock)
    before = (home / "review.json").read_bytes()

    def interrupted(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.local_file.os.replace", interrupted)
    deck.rate(QUESTION, "good")
    assert (home / "review.json").read_bytes() == before
    assert "No space left" in deck.notice
    assert list(home.glob(".review*")) == []


def test_file_reads_as_documented(home, clock):
    Deck(home, clock).rate(QUESTION, "good")
    document = json.loads((home / "review.json").read_text())
    assert document["schema"] == 1
    assert set(document["items"][QUESTION]) == {"missed", "card"}
    assert document["items"][QUESTION]["card"]["due"] == "2026-01-03T00:00:00+00:00"


def test_damaged_time_in_the_progress_is_left_out(home, clock):
    write_events(home, {"kind": "quiz", "name": "bias-gradient", "passed": False, "time": "soon"})
    assert len(Deck(home, clock)) == 2
