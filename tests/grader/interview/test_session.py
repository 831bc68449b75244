"""Tests of grader.interview.session: where an interview stands, and what can be done there."""

import json

import pytest

from grader.interview.plan import Round, Settings, draw
from grader.interview.session import WHAT_NOW, NotNow, Session

SETTINGS = Settings(minutes=15, topics=("optimizers",), seed=3)
ROUNDS = (
    Round("rapid", 4, ("question:bias-gradient", "question:batchnorm-by-hand")),
    Round("coding", 7, ("exercise:softmax",)),
)


@pytest.fixture
def session(clock):
    return Session.begin(SETTINGS, clock, ROUNDS)


def test_it_begins_with_the_clock_of_the_first_round(session):
    assert (session.phase, session.item) == ("running", "question:bias-gradient")
    assert session.seconds_left == 4 * 60


def test_without_rounds_they_are_drawn_by_the_settings(clock):
    assert Session.begin(SETTINGS, clock).rounds == list(draw(SETTINGS))


def test_all_it_knows_can_be_kept_in_a_file(session, clock):
    session.note(session.item, share=1.0)
    session.advance()

    again = Session(json.loads(json.dumps(session.record)), clock)

    assert again.record == session.record
    assert (again.settings, again.rounds, again.item) == (SETTINGS, list(ROUNDS), session.item)


def test_the_last_item_ends_its_round_and_the_last_round_the_interview(session):
    phases = []
    for act in (session.advance, session.advance, session.next_round, session.advance):
        act()
        phases.append(session.phase)

    assert phases == ["running", "between", "running", "over"]


def test_between_two_rounds_no_clock_runs(session, clock):
    session.advance()
    session.advance()
    clock.wait(minutes=600)

    assert not session.close_if_time_is_up()
    assert session.round.kind == "coding"
    session.next_round()
    assert session.seconds_left == 7 * 60


def test_time_that_is_up_closes_the_round_once(session, clock):
    clock.wait(minutes=5)

    assert [session.close_if_time_is_up() for _ in range(2)] == [True, False]
    assert session.phase == "between"


def test_a_follow_up_comes_next(session):
    session.advance()
    session.advance()
    session.next_round()
    session.follow_up()
    session.advance()

    assert session.item == "follow-up:softmax"
    assert session.rounds[1].items == ("exercise:softmax", "follow-up:softmax")


def test_marking_stops_the_clock_until_one_goes_on(session, clock):
    session.compare()
    clock.wait(minutes=60)
    session.advance()

    assert (session.phase, session.seconds_left) == ("running", 4 * 60)


def test_mistakes_of_earlier_tries_are_kept(session):
    session.note("exercise:softmax", share=0.0, mistake="softmax/_naive", note="Shift.")
    session.note("exercise:softmax", share=0.5, note="Nearly.")
    session.note("exercise:softmax", share=1.0)

    assert session.entry("exercise:softmax") == {
        "tries": 3,
        "made": [["softmax/_naive", "Shift."], ["", "Nearly."]],
        "share": 1.0,
    }


def test_what_was_not_answered_has_no_entry(session):
    assert session.entry("exercise:softmax") == {}


ACTS = {
    "running": lambda session: None,
    "paused": Session.pause,
    "marking": Session.compare,
    "between": lambda session: [session.advance(), session.advance()],
    "over": Session.end,
}
ALLOWED = {
    "pause": {"running"},
    "resume": {"paused"},
    "compare": {"running"},
    "advance": {"running", "marking"},
    "next_round": {"between"},
}


PAIRS = [(act, phase) for act in ALLOWED for phase in ACTS]


@pytest.mark.parametrize("act, phase", [pair for pair in PAIRS if pair[1] in ALLOWED[pair[0]]])
def test_what_can_be_done_now_is_done(session, act, phase):
    ACTS[phase](session)
    before = json.dumps(session.record)

    getattr(session, act)()

    assert json.dumps(session.record) != before


@pytest.mark.parametrize("act, phase", [pair for pair in PAIRS if pair[1] not in ALLOWED[pair[0]]])
def test_what_cannot_be_done_now_is_answered_with_what_can(session, act, phase):
    ACTS[phase](session)
    before = json.dumps(session.record)

    with pytest.raises(NotNow) as caught:
        getattr(session, act)()

    assert str(caught.value) == WHAT_NOW[phase]
    assert json.dumps(session.record) == before
