"""Tests of grader.status.home."""

import pytest

from grader.status import home as home_module
from grader.status.home import home_of_learner


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Return the copy that ``make lab`` makes, away from the working directory."""
    made = tmp_path / "my_course"
    (made / ".course").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(home_module, "MY_COURSE", made)
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return made


def test_elsewhere_it_is_the_copy_that_was_made(made):
    assert home_of_learner() == made


def test_elsewhere_none_is_meant_where_only_the_one_around_will_do(made):
    assert home_of_learner(own=False) is None


@pytest.mark.parametrize("own", [True, False])
def test_the_copy_around_comes_first(made, home, own):
    lesson = home / "01_forward_propagation"

    assert home_of_learner(lesson, own) == home


def test_without_any_copy_there_is_none(made):
    (made / ".course").rmdir()

    assert home_of_learner() is None


@pytest.mark.parametrize("own", [True, False])
def test_grading_finds_none(made, home, monkeypatch, own):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    assert home_of_learner(home, own) is None
