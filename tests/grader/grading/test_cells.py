import json

import pytest

from grader.grading.cells import plan
from grader.grading.screening import screen
from tests.grader.grading.small_course import EXERCISES, cell_of, code


def planned(lesson, notebook):
    """Return what would run of a notebook."""
    return plan(lesson, screen(json.dumps(notebook).encode()))


def test_of_an_untouched_notebook_run_the_set_up_and_the_answers(lesson, notebook):
    what = planned(lesson, notebook)

    assert what.names == ("setup", *EXERCISES)
    assert what.remarks == ()


def test_an_added_cell_runs_in_its_place(lesson, notebook):
    notebook["cells"].insert(4, code("helper = 1"))

    assert planned(lesson, notebook).names == ("setup", "cell 5", *EXERCISES)


def test_an_edited_cell_of_the_authors_runs(lesson, notebook):
    demo = next(c for c in notebook["cells"] if c["source"].startswith("from reference_impl"))
    demo["source"] += "\nmine = 1"

    assert "mine = 1" in planned(lesson, notebook).sources[1]


def test_an_unchanged_cell_of_an_earlier_release_does_not_run(lesson, notebook):
    import hashlib

    source = "an_older = 'demonstration'"
    cell = code(source) | {"id": hashlib.sha256(f"{source}\x1f1".encode()).hexdigest()[:12]}
    notebook["cells"].insert(4, cell)

    assert source not in planned(lesson, notebook).sources


@pytest.mark.parametrize("grade_id", ["setup", "neuron-check", "quiz-neuron-computes"])
def test_locked_cells_never_come_from_the_submission(lesson, notebook, grade_id):
    cell_of(notebook, grade_id)["source"] = "cheat = True"

    assert not any("cheat" in source for source in planned(lesson, notebook).sources)


def test_of_two_answer_cells_the_first_is_the_answer_and_both_run(lesson, notebook):
    copy = dict(cell_of(notebook, "neuron"), source="second = 2")
    notebook["cells"].append(copy)

    what = planned(lesson, notebook)

    assert what.answers["neuron"] == lesson.marked_cells["neuron"]["source"]
    assert what.sources[-1] == "second = 2"
    assert "copy of the answer cell neuron" in what.remarks[0]


def test_a_deleted_answer_cell_is_named(lesson, notebook):
    notebook["cells"].remove(cell_of(notebook, "neuron"))

    assert planned(lesson, notebook).remarks == ("the answer cell neuron is missing",)


def test_an_answer_turned_into_text_still_runs(lesson, notebook):
    cell_of(notebook, "neuron")["cell_type"] = "markdown"

    assert "neuron" in planned(lesson, notebook).names


def test_a_claimed_grade_id_of_no_cell_is_a_cell_of_the_learners(lesson, notebook):
    notebook["cells"].append(code("x = 1", nbgrader={"grade_id": "bonus", "points": 100}))

    assert planned(lesson, notebook).names[-1].startswith("cell ")
