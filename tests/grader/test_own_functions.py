"""Tests of grader.own_functions."""

import inspect

import nbformat
import pytest

from grader.exercises import registry
from grader.own_functions import own, whose
from grader.progress import MARKER

WAIT = """

def _wait(w):
    while np.max(w) > 1e8:
        pass
"""
RIGHT = "def sgd_step(w, grad, lr):\n    return w - lr * grad"


@pytest.fixture
def copy(tmp_path):
    """Return a function that writes the learner's optimizer notebook and names the folder."""
    (tmp_path / MARKER).mkdir()
    lesson = tmp_path / "06_optimizers"
    lesson.mkdir()

    def write(source):
        cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": {"grade_id": "sgd_step"}})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lesson / "optimizers.ipynb")
        return tmp_path

    return write


def is_model_answer(function):
    return function is registry()["sgd_step"].reference


def test_a_function_that_passes_is_the_learners(copy):
    function = own("sgd_step", start=copy(RIGHT))

    assert whose("sgd_step", function) == "yours"
    assert function(1.0, 2.0, 0.5) == 0


@pytest.mark.parametrize(
    "source",
    [
        RIGHT.replace("-", "+"),
        "raise SystemExit",
        "def sgd_step(:",
        "while True: pass",
        "",
        "sgd_step = 3",
    ],
)
def test_otherwise_it_is_the_model_answer(copy, source):
    assert is_model_answer(own("sgd_step", start=copy(source)))


def test_without_a_copy_it_is_the_model_answer(tmp_path):
    function = own("sgd_step", start=tmp_path)

    assert is_model_answer(function)
    assert whose("sgd_step", function) == "model answer"


def test_a_lesson_not_begun_or_damaged_gives_the_model_answer(copy):
    home = copy(RIGHT)
    notebook = home / "06_optimizers" / "optimizers.ipynb"
    notebook.write_text("{")

    assert is_model_answer(own("sgd_step", start=home))
    notebook.unlink()
    assert is_model_answer(own("sgd_step", start=home))


def test_a_grade_run_never_looks(copy, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    assert is_model_answer(own("sgd_step", start=copy(RIGHT)))


def test_an_unknown_name_is_refused(tmp_path):
    with pytest.raises(KeyError):
        own("no_such_exercise", start=tmp_path)


def test_a_function_too_slow_for_the_trial_is_left_aside(copy):
    home = copy(RIGHT.replace("    return", "    _wait(w)\n    return") + WAIT)

    assert whose("sgd_step", own("sgd_step", start=home)) == "yours"
    assert is_model_answer(own("sgd_step", (1e9, 1.0, 0.1), start=home))


def test_an_answer_under_a_rule_on_its_source_is_found(tmp_path):
    name = "softmax_cross_entropy_with_gradient"
    source = inspect.getsource(registry()[name].reference)
    lesson = tmp_path / "02_loss_functions"
    for folder in (tmp_path / MARKER, lesson):
        folder.mkdir()
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": {"grade_id": name}})
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lesson / "loss_functions.ipynb")

    assert whose(name, own(name, start=tmp_path)) == "yours"
