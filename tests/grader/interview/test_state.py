"""Tests of grader.interview.state: a crash leaves the old record or the new one."""

import json
import os

import pytest

from grader.interview.plan import Settings
from grader.interview.session import Session
from grader.interview.state import NAME, StateFile


@pytest.fixture
def record(clock):
    """Return the record of an interview that has just begun."""
    return Session.begin(Settings(minutes=15, seed=3), clock).record


@pytest.fixture
def file(tmp_path, record):
    """Return a folder's file that holds this record."""
    file = StateFile(tmp_path)
    file.save(record)
    return file


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _full(*_):
    raise OSError(28, "No space left on device")


def test_what_is_saved_is_there_for_the_next_kernel(file, tmp_path, record):
    assert StateFile(tmp_path).load() == json.loads(json.dumps(record))
    assert _names(tmp_path) == [NAME]


def test_no_file_is_no_interview(tmp_path):
    file = StateFile(tmp_path)

    assert file.load() is None
    assert file.notice == ""


NO_RECORD = {
    "empty": b"",
    "a list": b"[]",
    "no text": b"\xff",
    "nothing in it": b'{"schema": 1, "interview": {}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", NO_RECORD.values(), ids=NO_RECORD)
def test_what_is_no_interview_is_set_aside(file, tmp_path, content):
    (tmp_path / NAME).write_bytes(content)

    assert file.load() is None
    assert (tmp_path / "interview.damaged-1.json").read_bytes() == content
    assert file.notice == f"{NAME} could not be read. It is kept as interview.damaged-1.json."


@pytest.mark.parametrize(
    "change",
    [
        {"seed": "3"},
        {"phase": "asleep"},
        {"round": 4},
        {"round": -1},
        {"item": 5},
        {"item": -1},
        {"rounds": 3},
        {"rounds": [3]},
        {"answers": {"question:bias-gradient": 1}},
        {"deadline": "soon"},
        {"deadline": None},
        {"phase": "paused", "deadline": None, "left": "some"},
    ],
    ids=str,
)
def test_a_record_that_cannot_be_gone_on_with_is_set_aside(file, tmp_path, record, change):
    (tmp_path / NAME).write_text(json.dumps({"schema": 1, "interview": record | change}))

    assert file.load() is None
    assert (tmp_path / "interview.damaged-1.json").exists()


@pytest.mark.parametrize("missing", ["rounds", "deadline", "left", "answers"])
def test_a_record_without_a_part_is_set_aside(file, tmp_path, record, missing):
    del record[missing]
    (tmp_path / NAME).write_text(json.dumps({"schema": 1, "interview": record}))

    assert file.load() is None


def test_a_file_of_another_version_is_set_aside(file, tmp_path, record):
    (tmp_path / NAME).write_text(json.dumps({"schema": 2, "interview": record}))

    assert file.load() is None


def test_no_damaged_file_is_overwritten(file, tmp_path):
    (tmp_path / "interview.damaged-1.json").write_text("older")
    (tmp_path / NAME).write_text("{half")
    file.load()

    assert _names(tmp_path) == ["interview.damaged-1.json", "interview.damaged-2.json"]
    assert (tmp_path / "interview.damaged-1.json").read_text() == "older"


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_full_disk_leaves_the_old_file_and_is_told(file, tmp_path, record, monkeypatch, step):
    before = (tmp_path / NAME).read_bytes()
    monkeypatch.setattr(os, step, _full)

    file.save(record | {"item": 1})

    assert (tmp_path / NAME).read_bytes() == before
    assert _names(tmp_path) == [NAME]
    assert "could not be saved (No space left on device)" in file.notice


def test_where_nothing_can_be_kept_the_interview_goes_on_in_memory(tmp_path, record, monkeypatch):
    file = StateFile(tmp_path)
    monkeypatch.setattr(os, "replace", _full)

    file.save(record)

    assert file.load() is record


def test_nothing_is_written_beside_the_question_bank(tmp_path, record):
    (tmp_path / "quiz.yaml").touch()
    file = StateFile(tmp_path)

    file.save(record)

    assert file.load() is record
    assert _names(tmp_path) == ["quiz.yaml"]
