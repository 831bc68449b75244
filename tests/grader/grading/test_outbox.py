"""Tests of grader.grading.outbox: graded notebooks appear whole, and nothing old beside them."""

import errno
import os
import types

import pytest

from grader.grading import outbox
from grader.grading.errors import GradingError
from grader.grading.outbox import write_graded


@pytest.fixture
def folder(tmp_path):
    """Return where a graded notebook goes; nothing of it is there yet."""
    return tmp_path / "autograded" / "ada" / "01_lesson"


def _graded(text="{}", answers=b"", timestamp=""):
    return types.SimpleNamespace(text=text, answers=answers, timestamp=timestamp)


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_notebook_lies_with_the_answers_and_the_time(folder):
    write_graded(folder, "lesson", _graded("π", b'{"a": 1}', "2031-01-02T10:00:00"))

    assert _files(folder) == {
        "lesson.ipynb": "π".encode(),
        "answers.json": b'{"a": 1}',
        "timestamp.txt": b"2031-01-02T10:00:00",
    }


def test_what_a_former_submission_had_and_the_new_one_has_not_is_removed(folder):
    write_graded(folder, "lesson", _graded("old", b"{}", "2031-01-02T10:00:00"))

    write_graded(folder, "lesson", _graded("new"))

    assert _files(folder) == {"lesson.ipynb": b"new"}


def test_a_graded_notebook_is_not_edited_by_accident(folder):
    write_graded(folder, "lesson", _graded())

    assert (folder / "lesson.ipynb").stat().st_mode & 0o222 == 0


def test_the_notebook_comes_last_because_it_says_that_all_is_there(folder, monkeypatch):
    placed = []
    replace = os.replace
    monkeypatch.setattr(
        outbox.os, "replace", lambda part, path: (placed.append(path.name), replace(part, path))
    )

    write_graded(folder, "lesson", _graded("{}", b"{}", "2031-01-02T10:00:00"))

    assert placed[-1] == "lesson.ipynb"
    assert len(placed) == 3


def test_a_write_that_fails_leaves_the_former_notebook_whole(folder, monkeypatch):
    write_graded(folder, "lesson", _graded("old"))

    def full(part, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(outbox.os, "replace", full)
    with pytest.raises(GradingError, match="No space left on device"):
        write_graded(folder, "lesson", _graded("new"))

    assert _files(folder) == {"lesson.ipynb": b"old"}


def test_what_a_killed_run_left_half_written_is_in_nobodys_way(folder):
    folder.mkdir(parents=True)
    (folder / ".lesson.ipynb.part").write_text("ha")
    (folder / ".lesson.ipynb.part").chmod(0o444)

    write_graded(folder, "lesson", _graded("whole"))

    assert _files(folder) == {"lesson.ipynb": b"whole"}


def test_a_read_only_folder_is_named(folder, monkeypatch):
    folder.mkdir(parents=True)

    def read_only(path, data):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(outbox.Path, "write_bytes", read_only)
    with pytest.raises(GradingError, match="Permission denied") as said:
        write_graded(folder, "lesson", _graded())

    assert f"{folder}/lesson.ipynb cannot be written" in str(said.value)
    assert "run the command again" in str(said.value)


def test_a_file_where_the_folder_should_be_is_named(folder):
    folder.parent.parent.mkdir(parents=True)
    folder.parent.write_text("a file")

    with pytest.raises(GradingError, match=r"ada/01_lesson/lesson\.ipynb cannot be written"):
        write_graded(folder, "lesson", _graded())
