"""Tests of grader.interview.desk: every act is kept, and what cannot be gone on with set aside."""

import json
import sys
from types import SimpleNamespace

import IPython
import pytest

from grader import progress
from grader.interview.desk import NONE_YET, Desk, notebook
from grader.interview.plan import Settings
from grader.interview.session import NotNow, Session
from grader.interview.state import NAME


def _edit(folder, change):
    path = folder / NAME
    document = json.loads(path.read_text())
    change(document["interview"])
    path.write_text(json.dumps(document))


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.do(Session.pause),
        lambda desk: desk.answer("A"),
        lambda desk: desk.submit({}),
    ],
    ids=["do", "answer", "submit"],
)
def test_before_the_start_every_act_says_how_to_begin(tmp_path, clock, act):
    with pytest.raises(NotNow) as caught:
        act(Desk(tmp_path, clock))

    assert str(caught.value) == NONE_YET


def test_an_interview_under_way_is_not_thrown_away(desk):
    with pytest.raises(NotNow, match="stop"):
        desk.start(Settings(minutes=45, seed=1))


def test_one_that_is_over_makes_room_for_the_next(desk):
    desk.do(Session.end)

    assert desk.start(Settings(minutes=45, seed=1)).settings.minutes == 45


def test_without_a_seed_one_is_drawn_and_kept(tmp_path, clock):
    session = Desk(tmp_path, clock).start(Settings(minutes=15))

    assert 0 <= session.settings.seed < 1000
    assert Desk(tmp_path, clock).session().settings == session.settings


def test_every_act_is_there_for_another_kernel(desk, tmp_path, clock):
    desk.do(Session.advance)

    assert Desk(tmp_path, clock).session().record == desk.session().record
    assert Desk(tmp_path, clock).session().record["item"] == 1


def test_an_act_that_is_refused_changes_nothing(desk, tmp_path):
    before = (tmp_path / NAME).read_bytes()

    with pytest.raises(NotNow):
        desk.do(Session.resume)

    assert (tmp_path / NAME).read_bytes() == before


def test_a_round_that_ran_out_is_written_down_by_looking(desk, tmp_path, clock):
    clock.wait(minutes=60)
    desk.session()

    assert json.loads((tmp_path / NAME).read_text())["interview"]["phase"] == "between"


CHANGES = {
    "a question that is gone": lambda r: r["rounds"][0]["items"].append("question:of-another-time"),
    "no item": lambda r: r["rounds"][0]["items"].append(3),
    "another length": lambda r: r.update(minutes=20),
    "another topic": lambda r: r.update(topics=["cats"]),
    "no round": lambda r: r["rounds"].append({"items": []}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_the_course_no_longer_has_sets_the_file_aside(desk, tmp_path, change):
    _edit(tmp_path, change)

    assert desk.session() is None
    assert (tmp_path / "interview.damaged-1.json").exists()
    assert "interview.damaged-1.json" in desk.file.notice


def test_after_a_damaged_file_one_can_begin_anew(desk, tmp_path):
    (tmp_path / NAME).write_text("{half")

    assert desk.start(Settings(minutes=15, seed=4)).phase == "running"


def test_the_end_is_noted_once(tmp_path, clock, monkeypatch):
    (tmp_path / progress.MARKER).touch()
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    desk = Desk(tmp_path, clock)
    desk.start(Settings(minutes=15, seed=3))
    desk.do(Session.end)
    desk.session()
    desk.do(Session.end)

    (event,) = progress.events(tmp_path)
    assert (event["kind"], event["name"]) == ("interview", "15 minutes, mid, seed 3")
    assert (event["points"], event["passed"]) == (0, False)


def test_the_variables_are_those_of_the_notebook(monkeypatch):
    shell = SimpleNamespace(user_ns={"x": 3})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)

    assert notebook() == {"x": 3}


def test_where_there_is_no_notebook_they_are_those_of_the_program(monkeypatch):
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)

    assert notebook() is vars(sys.modules["__main__"])
