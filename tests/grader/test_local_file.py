"""Tests of grader.local_file: whatever happens, nothing of the learner's is lost."""

import json
import os

import pytest

from grader import local_file
from grader.local_file import LocalFile

GOOD = '{"schema": 2, "n": 1}'


@pytest.fixture
def file(tmp_path):
    """Return the file of a document that holds a number."""
    return LocalFile(tmp_path / "notes.json", 2, lambda document: type(document["n"]) is int)


def _names(file):
    return sorted(path.name for path in file.path.parent.iterdir())


def _full(*_):
    raise OSError(28, "No space left on device")


def test_what_is_written_is_read(file):
    file.write({"n": 1, "who": "Ångström"})

    assert file.read() == {"schema": 2, "n": 1, "who": "Ångström"}
    assert _names(file) == ["notes.json"]
    assert "Ångström" in file.path.read_text(encoding="utf-8")


def test_no_file_is_no_document_and_no_notice(file):
    assert file.read() is None
    assert file.notice == ""


DAMAGED = {
    "empty": (b"", "is damaged"),
    "half": (b'{"schema": 2, "n"', "is damaged"),
    "no text": (b"\xff\xfe", "is damaged"),
    "a list": (b"[]", "is damaged"),
    "deep": (b"[" * 200_000, "is damaged"),
    "without a schema": (b'{"n": 1}', "is damaged"),
    "a true schema": (b'{"schema": true, "n": 1}', "is damaged"),
    "not well formed": (b'{"schema": 2, "n": "one"}', "is damaged"),
    "older": (b'{"schema": 1, "n": 1}', "is from an older version of the course"),
    "later": (b'{"schema": 3, "n": 1}', "is from a later version of the course"),
}


@pytest.mark.parametrize("data, problem", DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_used_is_kept_under_another_name(file, data, problem):
    file.path.write_bytes(data)

    assert file.read() is None
    assert file.notice == f"notes.json {problem}. It is kept as notes.old-1.json."
    assert file.path.with_name("notes.old-1.json").read_bytes() == data
    assert not file.path.exists()


def test_a_file_larger_than_any_is_set_aside(file, monkeypatch):
    monkeypatch.setattr(local_file, "LIMIT", 10)
    file.path.write_text(GOOD)

    assert file.read() is None
    assert file.path.with_name("notes.old-1.json").read_text() == GOOD


def test_no_kept_file_is_overwritten(file):
    for text in ("first", "second"):
        file.path.write_text(text)
        file.read()

    assert _names(file) == ["notes.old-1.json", "notes.old-2.json"]
    assert file.path.with_name("notes.old-1.json").read_text() == "first"


def test_a_damaged_file_that_cannot_be_renamed_is_told_and_left(file, monkeypatch):
    file.path.write_text("{half")
    monkeypatch.setattr(os, "replace", _full)

    assert file.read() is None
    assert file.notice == (
        "notes.json is damaged. It could not be renamed: No space left on device."
    )
    assert file.path.read_text() == "{half"


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_an_interrupted_write_leaves_the_old_file(file, monkeypatch, step):
    file.write({"n": 1})
    monkeypatch.setattr(os, step, _full)

    with pytest.raises(OSError, match="No space left"):
        file.write({"n": 2})

    assert json.loads(file.path.read_text())["n"] == 1
    assert _names(file) == ["notes.json"]
