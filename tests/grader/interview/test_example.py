"""Tests of grader.interview.example: the interview that a lesson shows."""

import pytest

from grader.interview import pool
from grader.interview.example import NOON, ROUNDS, played
from grader.interview.scorecard import rows


@pytest.fixture(scope="module")
def session():
    return played()


def test_it_is_the_same_each_time(session):
    assert played().record == session.record


def test_it_is_sat_to_its_end_and_everything_planned_is_answered(session):
    assert session.phase == "over"
    planned = {item for part in ROUNDS for item in part.items}
    assert planned <= session.record["answers"].keys()


def test_it_shows_what_went_well_and_what_did_not(session):
    shares = {row.share for row in rows(session)}

    assert {0.0, 1.0} <= shares
    assert any(0 < share < 1 for share in shares)


def test_the_known_mistake_is_recognised(session):
    mistake = pool.thing("exercise:softmax").mistakes[0].__name__

    assert session.entry("exercise:softmax")["made"][0][0] == f"softmax/{mistake}"


def test_its_clock_stands_still(session):
    assert session.record["started"] == session.record["ended"] == NOON
