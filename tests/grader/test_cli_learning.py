"""Tests of the command ``course quiz``; the others are tested with what they call."""

import pytest
from typer.testing import CliRunner

from grader.cli import app
from grader.quiz import catalog
from grader.status.lessons import lessons


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".course").mkdir()
    for lesson in lessons()[:2]:
        (tmp_path / lesson.folder).mkdir()
        (tmp_path / lesson.folder / f"{lesson.slug}.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*words, typed=""):
    return CliRunner().invoke(app, ["quiz", *words], input=typed)


def test_answer_is_kept_beside_the_notebook(home):
    done = _run("01", typed=f"{catalog.find('neuron-computes').reference()}\nq\n")
    assert done.exit_code == 0
    assert "neuron-computes" in (home / "01_forward_propagation/answers.json").read_text()


def test_without_a_lesson_the_first_open_one_is_asked(home):
    assert catalog.find("neuron-computes").prompt in _run(typed="q\n").output


def test_lesson_can_be_named(home):
    assert "Cross-entropy" in _run("loss_functions", typed="q\n").output


def test_unknown_lesson_is_refused_with_the_nearest(home):
    done = _run("forwards")
    assert done.exit_code == 1
    assert "01_forward_propagation" in done.output
