"""The calls of a notebook, without a widget."""

import re

import pytest

from grader.interview import interview, pool
from grader.interview.facade import MockInterview
from grader.interview.panel import Panel


@pytest.fixture
def calls(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return MockInterview()


def test_a_whole_interview_goes_without_a_widget(calls):
    said = calls.start(minutes=15, seed=3).text
    for _ in range(5):
        said = calls.answer(pool.thing(calls._desk().session().item).reference()).text
    assert "interview.next()" in said

    said = calls.next().text
    exercise = pool.thing(calls._desk().session().item)
    assert f"def {exercise.name}(" in said
    assert "raise NotImplementedError" in said
    assert calls.submit(exercise.name, exercise.reference).passed
    assert "A good answer." in calls.answer().text
    calls.answer("all")

    assert "Explain it" in calls.next().text
    assert "A model answer." in calls.answer("word " * 40).text
    calls.answer(rubric=[1, 2])
    assert "15 minutes, mid, seed 3" in calls.results().text


@pytest.mark.parametrize("name", ["task", "results", "pause", "resume", "next", "skip"])
def test_before_the_start_every_call_says_how_to_begin(calls, name):
    assert "interview.start()" in getattr(calls, name)().text


def test_a_wrong_setting_is_told(calls):
    assert "15, 30, 45" in calls(minutes=10).text
    assert "15, 30, 45" in calls.start(minutes=10).text


def test_showing_an_interview_starts_and_writes_nothing(calls, tmp_path):
    panel = calls(minutes=15, seed=3)
    assert isinstance(panel, Panel)
    assert list(tmp_path.iterdir()) == []


def test_the_outline_never_changes(calls):
    before = repr(calls(minutes=15, seed=3))
    calls.start(minutes=15, seed=3)
    assert repr(calls(minutes=15, seed=3)) == before
    assert not re.search(r"\d:\d\d", before)


def test_grading_gets_no_widget(calls, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not isinstance(calls(minutes=15, seed=3), Panel)


def test_a_paused_task_is_covered(calls):
    asked = calls.start(minutes=15, seed=3).text
    paused = calls.pause().text
    assert "resume" in paused
    assert asked.splitlines()[2] not in paused


def test_the_repr_tells_how_to_begin():
    assert repr(interview).startswith("interview(minutes=30")
