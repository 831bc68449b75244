"""Tests of grader.build, on a lesson of three exercises and on cells that cannot be built."""

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from typer.testing import CliRunner

from grader import build
from grader.build import BuildError, execute
from grader.cli import app
from grader.lesson_source import METADATA
from grader.quiz import build as banks
from tests.grader.grading.small_course import FOLDER, SLUG, TEXT, source_text


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Return the text of a small lesson, in a repository of its own."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    return source_text(tmp_path)


@pytest.fixture
def built(source):
    """Return the text of the lesson, its notebooks written but not executed."""
    solved = build.solved_notebook(source)
    for path, notebook in zip(build.paths(source), (solved, build.released(solved)), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return source


def _notebook(*sources):
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=METADATA)


def test_building_twice_gives_equal_bytes_and_rewrites_nothing(source):
    both = list(build.paths(source))

    first = build.build(source), [path.read_bytes() for path in both]
    times = [path.stat().st_mtime_ns for path in both]
    second = build.build(source), [path.read_bytes() for path in both]

    assert first[0] == both
    assert second == ([], first[1])
    assert [path.stat().st_mtime_ns for path in both] == times
    assert build.stale(source) == []


@pytest.mark.parametrize(
    "cell, said",
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import sys; print('careful', file=sys.stderr)", "writes to stderr\ncareful"),
    ],
    ids=["raises", "warns"],
)
def test_a_cell_that_cannot_be_shown_is_told_with_its_file(source, cell, said):
    with pytest.raises(BuildError, match=said) as caught:
        execute(_notebook("open('left.txt', 'w').write('x')", cell), source)

    assert str(caught.value).startswith(f"{SLUG}.md: a cell ")
    assert [path.name for path in source.parent.iterdir()] == [source.name], "it ran elsewhere"


@pytest.mark.parametrize(
    "problem",
    [
        CellTimeoutError.error_from_timeout_and_cell(
            "not done", 60, new_code_cell("while True: ...")
        ),
        DeadKernelError("Kernel died"),
    ],
    ids=["hangs", "ends the kernel"],
)
def test_a_cell_that_does_not_end_is_told_with_its_file(source, monkeypatch, problem):
    def execute_(*args, **kwargs):
        raise problem

    monkeypatch.setattr(build.nbclient.NotebookClient, "execute", execute_)

    with pytest.raises(BuildError, match=f"{SLUG}.md: a cell .* fails") as caught:
        execute(_notebook("x = 1"), source)
    assert str(problem) in str(caught.value)


def test_what_needs_its_kernel_to_be_seen_is_not_kept(source):
    view = "application/vnd.jupyter.widget-view+json"
    notebook = _notebook("slider")
    data = {"text/plain": "a slider", view: {"model_id": "random"}}
    notebook.cells[0].outputs = [new_output("display_data", data)]
    notebook.metadata["widgets"] = {"state": "random"}

    cleaned = build._cleaned(notebook, source)

    assert cleaned.cells[0].outputs[0].data == {"text/plain": "a slider"}
    assert cleaned.metadata == METADATA


def test_an_interrupted_write_leaves_the_old_notebook(built, monkeypatch):
    path, _ = build.paths(built)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build.os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        build._write(path, "another")

    assert path.read_bytes() == before


def test_outputs_make_no_notebook_stale(built):
    path, _ = build.paths(built)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [new_output("stream", text="ran")]
    notebook.cells[1].execution_count = 7
    nbformat.write(notebook, path)

    assert build.stale(built) == []


def test_a_changed_text_makes_both_notebooks_stale(built):
    built.write_text(TEXT.replace("Some words", "Other words"))

    assert build.stale(built) == list(build.paths(built))


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "{}", "<<<<<<< ours", '{"nbformat": 4, "nbformat_minor": 5, "cells": 3}', None],
    ids=["empty", "half", "a list", "nothing in it", "half a merge", "no cells", "missing"],
)
def test_what_is_no_notebook_is_stale(built, damage):
    _, release = build.paths(built)
    release.unlink() if damage is None else release.write_text(damage)

    assert build.stale(built) == [release]


def test_bytes_that_are_no_text_are_overwritten(built):
    path, _ = build.paths(built)
    path.write_bytes(b"\xff\xfe")

    assert build._write(path, "good\n")
    assert path.read_bytes() == b"good\n"


@pytest.mark.parametrize("name", [FOLDER, SLUG])
def test_a_lesson_is_found_by_folder_and_by_slug(source, name):
    (source.parents[1] / "02_other").mkdir()
    (source.parents[1] / "02_other" / "other.md").write_text(TEXT)
    (source.parents[1] / "02_other" / "notes.md").write_text("no lesson")

    assert build.sources([name]) == [source]
    assert [path.stem for path in build.sources()] == [SLUG, "other"]


def test_an_unknown_lesson_is_answered_with_those_there_are(source):
    with pytest.raises(BuildError, match=f"no lesson 'nine'; the lessons are {FOLDER}"):
        build.sources([SLUG, "nine"])


@pytest.mark.parametrize(
    "words, said",
    [(["nine"], "no lesson 'nine'"), (["--check"], "there is no exercise `nueron`")],
    ids=["an unknown lesson", "an unknown exercise"],
)
def test_the_command_says_what_does_not_build(source, words, said):
    source.write_text(TEXT.replace("# exercise: neuron", "# exercise: nueron"))

    done = CliRunner().invoke(app, ["build", *words])

    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output


def test_the_check_names_what_is_stale_and_writes_nothing(built, monkeypatch):
    monkeypatch.setattr(banks, "check", list)
    _, release = build.paths(built)
    release.unlink()

    done = CliRunner().invoke(app, ["build", "--check"])

    assert done.exit_code == 1
    assert done.output == f"{release} is not what its text builds to: run `make build`\n"
    assert not release.exists()
