"""Deadlines outlive the kernel, a pause stops the clock, and time that is up ends the round."""

import pytest

from grader.interview.clock import GRACE
from grader.interview.desk import Desk
from grader.interview.session import NotNow, Session


def test_the_clock_goes_on_while_the_kernel_restarts(desk, tmp_path, clock):
    clock.wait(minutes=1)

    after = Desk(tmp_path, clock).session()

    assert after.seconds_left == pytest.approx(3 * 60)
    assert after.item == desk.session().item


def test_a_pause_stops_the_clock_even_across_a_restart(desk, tmp_path, clock):
    clock.wait(minutes=1)
    desk.do(Session.pause)
    clock.wait(minutes=600)

    after = Desk(tmp_path, clock)
    assert after.session().seconds_left == pytest.approx(3 * 60)
    after.do(Session.resume)
    clock.wait(minutes=1)
    assert after.session().seconds_left == pytest.approx(2 * 60)


def test_nothing_is_answered_in_a_pause(desk):
    desk.do(Session.pause)
    with pytest.raises(NotNow, match="resume"):
        desk.answer("A")


def test_time_that_is_up_ends_the_round_and_starts_no_other(desk, clock):
    clock.wait(minutes=500)

    session = desk.session()

    assert session.phase == "between"
    assert session.round.kind == "coding"
    with pytest.raises(NotNow, match="next"):
        desk.answer("A")
    desk.do(Session.next_round)
    assert desk.session().seconds_left == pytest.approx(7 * 60)


def test_an_answer_on_its_way_still_counts(desk, clock):
    clock.time += 4 * 60 + GRACE - 0.1
    assert desk.session().phase == "running"
    clock.time += 0.2
    assert desk.session().phase == "between"


def test_the_last_round_ends_the_interview(desk, clock):
    for _ in range(2):
        clock.wait(minutes=60)
        desk.session()
        desk.do(Session.next_round)
    clock.wait(minutes=60)

    assert desk.session().phase == "over"
