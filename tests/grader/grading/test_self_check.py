"""Tests of grader.grading.self_check: a learner's own work, graded where it lies."""

import json
import os
import shutil

import pytest

from grader.grading import self_check
from grader.grading.errors import GradingError
from grader.grading.self_check import check_own_work
from grader.quiz.keys import reference_answers
from tests.grader.grading.small_course import FOLDER, SLUG, answered, code, solution, solved


@pytest.fixture
def own(course, monkeypatch):
    """Return the notebook in a learner's copy, as released."""
    monkeypatch.setattr(self_check, "ROOT", course.root)
    home = course.root / "my_course"
    shutil.copytree(course.root / "course", home)
    (home / ".course").mkdir()
    return home / FOLDER / f"{SLUG}.ipynb"


@pytest.fixture
def check(own, capsys):
    """Return a function that checks the copy: whether everything passed, and what was said."""

    def check(*names):
        passed = check_own_work(names, own.parent)
        return passed, capsys.readouterr().out

    return check


def test_a_learner_gets_the_report_of_grading_for_their_own_work(own, check, notebook):
    own.write_text(json.dumps(answered(notebook, {"neuron": solution("neuron")})))

    passed, text = check("01")

    assert not passed
    assert text.startswith(f"{FOLDER}: 2 of 10 points")
    assert "neuron: Passed, 2 of 2 points" in text
    assert "linear_forward: Not yet, 0 of 3 points" in text
    assert text.endswith("Visible cases only; grading runs others too.\n")


def test_everything_passes_where_the_quiz_is_answered_too(own, check, notebook):
    own.write_text(json.dumps(solved(notebook)))
    own.with_name("answers.json").write_bytes(reference_answers(SLUG))

    passed, text = check()

    assert passed
    assert f"{FOLDER}: 10 of 10 points" in text


def test_a_cell_reads_the_files_beside_the_notebook(own, check, notebook):
    own.with_name("notes.txt").write_text("mine")
    own.write_text(json.dumps(notebook | {"cells": [code("open('notes.txt').read()")]}))

    _, text = check("01")

    assert "FileNotFoundError" not in text
    assert "cell 1" not in text


def test_a_cell_that_fails_is_named(own, check, notebook):
    own.write_text(json.dumps(solved(notebook) | {"cells": [code("1 / 0")]}))

    assert "cell 1 raised ZeroDivisionError" in check("01")[1]


@pytest.mark.parametrize(
    "data, why", [(b"\xff", "refused: not text in UTF-8"), (None, "missing: there is no {own}")]
)
def test_a_notebook_that_cannot_be_read_says_why(own, check, data, why):
    own.unlink()
    if data is not None:
        own.write_bytes(data)

    passed, text = check("01")

    assert not passed
    assert f"  {why.format(own=own)}\n" in text


def test_a_trap_in_place_of_the_notebook_is_refused(own, check):
    own.unlink()
    os.mkfifo(own)

    assert "refused: not a regular file" in check("01")[1]


def test_where_none_is_named_a_lesson_that_was_not_begun_is_left_out(course, own, check):
    second = course.root / "course" / "02_other" / "other.ipynb"
    second.parent.mkdir()
    second.write_text(course.release.read_text())

    _, text = check()

    assert FOLDER in text
    assert "02_other" not in text


def test_only_the_lesson_named_is_checked(course, own, check):
    for home in (course.root / "course", own.parents[1]):
        (home / "02_other").mkdir()
        (home / "02_other" / "other.ipynb").write_text(course.release.read_text())

    _, text = check("02/")

    assert "02_other" in text
    assert FOLDER not in text


def test_a_lesson_that_is_not_there_is_named_with_those_that_are(own, check):
    with pytest.raises(GradingError, match=f"no lesson '99'. There are: {FOLDER}"):
        check("01", "99")


def test_a_learner_without_a_notebook_is_told_how_to_get_one(own, check):
    own.unlink()

    with pytest.raises(GradingError, match="Run: make lab"):
        check()


def test_checking_changes_nothing_beside_the_notebook(own, check):
    home = own.parents[1]
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}

    check("01")

    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before


def test_the_working_directory_stays(own, check):
    before = os.getcwd()

    check("01")

    assert os.getcwd() == before
