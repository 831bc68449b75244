"""Tests of grader/nbgrader_config.py, through nbgrader itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import PyFileConfigLoader

from grader.lesson_source import nbgrader_metadata

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LESSONS = sorted(path.name for path in (ROOT / "course").glob("[0-9][0-9]_*"))


def _config(root=ROOT):
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


@pytest.fixture
def repository(tmp_path):
    """Return a folder with the configuration and nothing else of the course."""
    (tmp_path / "grader").mkdir()
    for name in ("nbgrader_config.py", "grader/nbgrader_config.py"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def _nbgrader(folder, *words):
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_configuration_is_found_from_the_root():
    assert _config().CourseDirectory.source_directory == "solutions"


def test_lessons_keep_a_learners_quiz_answers(repository):
    (repository / "solutions" / "01_lines").mkdir(parents=True)
    kept = _config(repository).Autograde.exclude_overwriting
    assert kept == {"01_lines": ["answers.json"]}


def test_nobody_can_know_the_tag_that_skips_a_cell():
    assert _config().Execute.skip_cells_with_tag != _config().Execute.skip_cells_with_tag


@pytest.mark.slow
@pytest.mark.parametrize("started_in", [".", "grader"])
def test_text_and_quiz_of_a_lesson_are_not_released(repository, started_in):
    lesson = repository / "solutions" / "01_lines"
    lesson.mkdir(parents=True)
    answer = "def slope():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"
    metadata = {"nbgrader": nbgrader_metadata("slope", solution=True)}
    cell = new_code_cell(answer, id="slope", metadata=metadata)
    nbformat.write(new_notebook(cells=[cell]), lesson / "lines.ipynb")
    for name in ("lines.md", "quiz.yaml"):
        (lesson / name).write_text("secret")

    _nbgrader(repository / started_in, "generate_assignment", "01_lines", "--create")

    assert _names(repository / "course" / "01_lines") == ["lines.ipynb"]
    assert "return 1" not in (repository / "course/01_lines/lines.ipynb").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_nbgrader_releases_what_the_build_does(repository, lesson):
    shutil.copytree(ROOT / "solutions" / lesson, repository / "solutions" / lesson)

    _nbgrader(repository, "generate_assignment", lesson, "--create")

    for released in (ROOT / "course" / lesson).glob("*.ipynb"):
        again = repository / "course" / lesson / released.name
        assert again.read_bytes() == released.read_bytes()
