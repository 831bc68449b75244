"""Tests of grader.grading.seed: one seed a course, nobody else's to read."""

import errno
import os
import stat

import pytest

from grader.grading import seed
from grader.grading.errors import GradingError
from grader.grading.seed import hidden_seed


def test_a_seed_is_made_once_and_kept(tmp_path):
    first = hidden_seed(tmp_path / "grader")

    assert hidden_seed(tmp_path / "grader") == first
    assert first >= 0


def test_two_courses_have_two_seeds(tmp_path):
    assert hidden_seed(tmp_path / "one") != hidden_seed(tmp_path / "other")


def test_the_seed_is_for_the_instructor_alone(tmp_path):
    hidden_seed(tmp_path)

    assert stat.S_IMODE((tmp_path / "hidden_seed").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["hidden_seed"]


def test_a_seed_that_was_restored_is_used(tmp_path):
    (tmp_path / "hidden_seed").write_text("12345\n")

    assert hidden_seed(tmp_path) == 12345


@pytest.mark.parametrize("content", [b"", b"twelve", b"\xff\xfe", b"1.5"])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path, content):
    (tmp_path / "hidden_seed").write_bytes(content)

    with pytest.raises(GradingError, match=r"hidden_seed holds no number\. Restore it"):
        hidden_seed(tmp_path)

    assert (tmp_path / "hidden_seed").read_bytes() == content


def test_of_two_runs_that_make_one_at_once_the_first_wins(tmp_path, monkeypatch):
    path = tmp_path / "hidden_seed"
    randbits = seed.secrets.randbits

    def another_run_is_faster(bits):
        path.write_text("77\n")
        return randbits(bits)

    monkeypatch.setattr(seed.secrets, "randbits", another_run_is_faster)

    assert hidden_seed(tmp_path) == 77
    assert [one.name for one in tmp_path.iterdir()] == ["hidden_seed"]


def test_a_disk_that_is_full_leaves_no_half_a_seed(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(seed.os, "fsync", full)

    with pytest.raises(GradingError, match="No space left on device"):
        hidden_seed(tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "grader").write_text("a file")

    with pytest.raises(GradingError, match="hidden_seed cannot be used"):
        hidden_seed(tmp_path / "grader")
