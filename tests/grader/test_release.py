"""Tests of grader.release: what learners get of a solved notebook."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

from grader.lesson_source import METADATA, nbgrader_metadata, solved_notebook
from grader.release import released
from grader.stub import BEGIN, END
from tests.grader.grading.small_course import cell_of, source_text

SOLUTION = f"def f(x):\n    {BEGIN}\n    return secret(x)\n    {END}"


@pytest.fixture
def solved(tmp_path):
    return solved_notebook(source_text(tmp_path))


def _cell(source, grade_id, **flags):
    return new_code_cell(source, metadata={"nbgrader": nbgrader_metadata(grade_id, **flags)})


def _released(*cells):
    return released(new_notebook(cells=list(cells), metadata=METADATA))["cells"]


def test_the_same_bytes_each_time_and_the_solved_one_untouched(solved):
    before = copy.deepcopy(solved)

    texts = [nbformat.writes(released(solved)) for _ in range(2)]

    assert texts[0] == texts[1]
    assert solved == before


def test_no_body_of_an_answer_is_left(solved):
    text = nbformat.writes(released(solved))

    assert "SOLUTION" not in text
    assert "X @ W" in nbformat.writes(solved)
    assert "return X @ W" not in text
    assert text.count("raise NotImplementedError") == 3


def test_an_answer_of_no_exercise_gets_a_stub_too():
    (cell,) = _released(_cell(SOLUTION, "own-task", solution=True))

    assert cell["source"] == "def f(x):\n    # Your code here.\n    raise NotImplementedError"


def test_a_debug_round_starts_from_the_broken_code():
    (cell,) = _released(_cell(SOLUTION, "debug_adam", solution=True))

    assert "NotImplementedError" not in cell["source"]
    assert "secret" not in cell["source"]
    assert "return" in cell["source"]


def test_outputs_are_gone():
    cell = _cell("1 + 1", "setup", locked=True)
    cell.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=3)]
    cell.execution_count = 3

    (cell,) = _released(cell)

    assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_hidden_tests_are_gone():
    hidden = "check('f')\n### BEGIN HIDDEN TESTS\nassert f(secret)\n### END HIDDEN TESTS"

    (cell,) = _released(_cell(hidden, "f-check", grade=True, locked=True, points=1))

    assert cell["source"] == "check('f')"


def test_checksums_are_those_of_the_released_cells(solved):
    cell = cell_of(released(solved), "neuron-check")

    assert cell["metadata"]["nbgrader"]["checksum"] == compute_checksum(cell)


@pytest.mark.parametrize("grade_id, editable", [("neuron-check", False), ("setup", False)])
def test_locked_cells_cannot_be_edited_or_deleted(solved, grade_id, editable):
    metadata = cell_of(released(solved), grade_id)["metadata"]

    assert (metadata["editable"], metadata["deletable"]) == (editable, False)
