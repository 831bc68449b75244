"""A learner's copy of the real course, in which events and answers can be written."""

import json

import pytest

from grader.status.lessons import lessons


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".course").mkdir()
    for lesson in lessons():
        (tmp_path / lesson.folder).mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def note(home):
    """Return a function that appends events, one second after the other."""

    def note(*events):
        with open(home / "progress.jsonl", "a", encoding="utf-8") as file:
            for n, event in enumerate(events):
                time = f"2026-01-01T00:00:{n:02}+00:00"
                file.write(json.dumps({"time": time, **event}) + "\n")

    return note


@pytest.fixture
def forward():
    """Return lesson 01."""
    return next(lesson for lesson in lessons() if lesson.slug == "forward_propagation")


def checked(name, points, *, passed, mistake=""):
    """Return what a check notes."""
    return {"kind": "check", "name": name, "points": points, "passed": passed, "mistake": mistake}
