"""The widget follows the desk, whoever moves it."""

import pytest

from grader.interview import pool
from grader.interview.desk import Desk
from grader.interview.panel import Panel
from grader.interview.plan import Settings
from grader.interview.session import Session

SETTINGS = Settings(minutes=15, seed=3)


@pytest.fixture
def panel(tmp_path, clock):
    return Panel(Desk(tmp_path, clock), SETTINGS)


def test_the_main_button_starts_the_clock(panel, clock):
    panel._main.click()

    assert panel._main.description == "Answer"
    assert panel._clock.deadline == 1000 * (clock.time + 4 * 60)
    assert panel._clock.layout.display == ""


def test_an_empty_answer_is_refused_in_words(panel):
    panel._main.click()
    panel._main.click()

    assert "course-card" in panel._message.value
    assert panel._desk.session().record["item"] == 0


def test_pausing_covers_the_question(panel):
    panel._main.click()
    panel._pause.click()

    assert "covered" in panel._body.children[0].value
    assert panel._clock.deadline == 0
    assert panel._main.description == "Go on"


def test_time_that_is_up_shows_the_break(panel, clock):
    panel._main.click()
    clock.wait(minutes=5)
    panel._clock.up = 1

    assert panel._main.description == "Begin the next round"
    assert "7 minutes" in panel._body.children[0].value


def test_a_finished_interview_of_other_settings_is_not_in_the_way(panel, tmp_path, clock):
    panel._main.click()
    panel._desk.do(Session.end)
    panel.refresh()
    assert panel._main.description == "Sit it again"

    other = Panel(panel._desk, Settings(minutes=30, seed=1))
    assert other._main.description == "Start the interview"


def test_the_coding_round_names_what_to_submit(panel):
    panel._main.click()
    for _ in range(5):
        panel._skip.click()
    panel._main.click()

    name = pool.split(panel._desk.session().item)[1]
    assert panel._main.description == f"Submit {name}"
    panel._main.click()
    assert "There is no" in panel._message.value
