"""Tests of grader.grading.worker: bytes in, verdict out."""

import dataclasses
import json
import pickle

import pytest

from grader.grading import worker
from grader.grading.folder import Work
from grader.grading.lesson import load_lesson
from grader.grading.worker import OtherVersion, Task, grade, not_graded
from grader.quiz.keys import reference_answers
from tests.grader.grading.small_course import (
    FOLDER,
    QUESTION,
    SLUG,
    answered,
    code,
    mistake,
    solution,
)


@pytest.fixture
def task(lesson):
    """Return a function from a notebook to a task that needs no sandbox."""

    def task(notebook, **facts):
        work = Work("ada", FOLDER, json.dumps(notebook).encode(), **facts)
        return Task(work, lesson, seed=7, sandboxed=False)

    return task


@pytest.fixture
def judged(task):
    """Return a function from a notebook to the verdict on it."""
    return lambda notebook, **facts: grade(task(notebook, **facts))


def test_points_are_given_by_exercise_and_added_up(judged, notebook):
    wrong = {
        "neuron": solution("neuron"),
        "linear_forward": mistake("linear_forward", "_bias_forgotten"),
    }

    graded = judged(answered(notebook, wrong), answers=reference_answers(SLUG))

    assert graded.exercises == {
        "neuron": {"score": 2.0, "max_score": 2.0, "mistake": ""},
        "linear_forward": {
            "score": 0.0,
            "max_score": 3.0,
            "mistake": "linear_forward/_bias_forgotten",
        },
        "mlp_forward": {"score": 0.0, "max_score": 4.0, "mistake": ""},
        f"quiz-{QUESTION}": {"score": 1.0, "max_score": 1.0, "mistake": ""},
    }
    assert (graded.score, graded.max_score, graded.status) == (3.0, 10.0, "graded")


def test_rows_for_nbgrader_are_by_grade_id_and_tell_who_left_a_cell_untouched(judged, notebook):
    graded = judged(answered(notebook, {"neuron": solution("neuron")}))

    assert graded.grades == {
        "neuron-check": 2.0,
        "linear_forward-check": 0.0,
        "mlp_forward-check": 0.0,
        f"quiz-{QUESTION}": 0.0,
    }
    assert graded.comments["neuron"] is None
    assert graded.comments["linear_forward"] == "No response."


def test_what_a_person_must_grade_has_no_points_yet(tmp_path, notebook):
    marks = {"grade": True, "solution": True, "points": 5, "locked": False}
    for name in ("essay", "proof"):
        notebook["cells"].append(code("", nbgrader=marks | {"grade_id": name}))
    path = tmp_path / FOLDER / f"{SLUG}.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(notebook))
    work = Work("ada", FOLDER, json.dumps(answered(notebook, {"essay": "# Because"})).encode())

    graded = grade(Task(work, load_lesson(path), seed=7, sandboxed=False))

    assert (graded.grades["essay"], graded.grades["proof"]) == (None, 0.0)


def test_the_graded_notebook_is_text_again(judged, notebook):
    assert '"id": "neuron-check"' in judged(notebook).text


def test_a_verdict_travels_between_processes(judged, notebook):
    graded = judged(notebook)

    assert pickle.loads(pickle.dumps(graded)) == graded


def test_what_was_handed_in_beside_the_notebook_goes_on(judged, notebook):
    time, answers = "2031-01-02T10:00:00", reference_answers(SLUG)

    graded = judged(notebook, timestamp=time, answers=answers)

    assert (graded.timestamp, graded.answers) == (time, answers)


def test_remarks_on_the_files_join_the_status(judged, notebook):
    remarks = ("timestamp.txt holds no time", "answers.json was not read: larger than 1 MB")
    failing = notebook | {"cells": [*notebook["cells"], code("1 / 0")]}

    assert judged(notebook, remarks=remarks).status == f"graded: {'; '.join(remarks)}"
    assert judged(failing, remarks=remarks[:1]).status.endswith(f"ZeroDivisionError; {remarks[0]}")


def test_where_there_is_nothing_to_grade_nothing_runs(lesson, monkeypatch):
    monkeypatch.setattr(worker, "_opener", lambda task: pytest.fail("opened a subject"))
    work = Work("fay", FOLDER, problem="missing: there is no forward_propagation.ipynb")

    graded = grade(Task(work, lesson, seed=7))

    assert (graded.status, graded.score) == (work.problem, 0)
    assert set(graded.grades.values()) == {0.0}


def test_what_broke_grading_itself_is_recorded_with_no_points(task, notebook):
    graded = not_graded(task(notebook), "grading it ended the worker twice")

    assert graded.status == "refused: grading it ended the worker twice"
    assert graded.score == 0
    assert graded.key == task(notebook).key


def test_a_worker_with_another_copy_of_the_course_refuses(task, notebook):
    other = dataclasses.replace(task(notebook), course="another")

    with pytest.raises(OtherVersion, match="another version of the course"):
        grade(other)


def test_a_worker_with_the_same_copy_grades(task, notebook):
    same = dataclasses.replace(task(notebook), course=worker.course_hash())

    assert grade(same).status == "graded"


def test_the_detail_says_what_was_run_and_why(judged, notebook):
    wrong = mistake("linear_forward", "_bias_forgotten")
    cells = answered(notebook, {"linear_forward": wrong})
    cells["cells"].append(code("print('x' * 3000); 1 / 0"))

    detail = json.loads(judged(cells).detail)

    (failed,) = detail["cells"]
    one = detail["exercises"]["linear_forward"]
    assert (detail["seed"], detail["sandboxed"]) == (7, False)
    assert (failed[1], len(failed[2])) == ("ZeroDivisionError", worker.MOST_CELL_TEXT)
    assert one["answer"] == wrong
    assert one["hint"]
    assert {hidden for _, _, _, hidden in one["cases"]} == {False, True}


def test_a_giant_answer_is_kept_in_part(judged, notebook):
    giant = solution("neuron") + "\n#" + "x" * 10_000

    detail = json.loads(judged(answered(notebook, {"neuron": giant})).detail)

    kept = detail["exercises"]["neuron"]["answer"]
    assert kept == giant[: worker.MOST_ANSWER]


def test_many_cells_that_fail_are_kept_in_part(judged, notebook):
    notebook["cells"] += [code("1 / 0")] * (worker.MOST_CELLS_KEPT + 5)

    detail = json.loads(judged(notebook).detail)

    assert len(detail["cells"]) == worker.MOST_CELLS_KEPT
    assert detail["ran"] > worker.MOST_CELLS_KEPT


DEPENDS_ON = {
    "the notebook": lambda task: dataclasses.replace(
        task, work=dataclasses.replace(task.work, data=b"{}")
    ),
    "the answers": lambda task: dataclasses.replace(
        task, work=dataclasses.replace(task.work, answers=b"{}")
    ),
    "the seed": lambda task: dataclasses.replace(task, seed=8),
    "the lesson": lambda task: dataclasses.replace(
        task, lesson=dataclasses.replace(task.lesson, version="another")
    ),
}


@pytest.mark.parametrize("change", DEPENDS_ON.values(), ids=DEPENDS_ON)
def test_another_key_tells_that_a_submission_must_be_graded_again(task, notebook, change):
    before = task(notebook)

    assert change(before).key != before.key


def test_another_check_is_another_key(task, notebook, monkeypatch):
    before = task(notebook).key

    monkeypatch.setattr(worker, "checks_hash", lambda lesson: "another")

    assert task(notebook).key != before


def test_where_it_is_graded_changes_no_key(task, notebook):
    here = task(notebook)

    assert dataclasses.replace(here, sandboxed=True, course="elsewhere").key == here.key


class Warm:
    """A sandbox in name only."""

    def __init__(self, modules):
        self.modules, self.is_open = modules, True

    def start(self):
        """Return itself."""
        return self

    def close(self):
        """Be closed."""
        self.is_open = False


@pytest.fixture
def opened(lesson, monkeypatch):
    """Return a function from modules to the sandbox that a submission would run in."""
    monkeypatch.setattr(worker, "_warm", {})
    monkeypatch.setattr(worker, "Sandbox", Warm)

    def opened(*modules):
        task = Task(Work("ada", FOLDER), dataclasses.replace(lesson, modules=modules), 7)
        return worker._opener(task).args[0]

    return opened


def test_one_warm_sandbox_serves_all_submissions_of_a_lesson(opened):
    first = opened("reference_impl.linear")

    assert opened("reference_impl.linear") is first
    assert first.is_open


def test_a_lesson_of_other_modules_has_a_sandbox_of_its_own_and_the_former_ends(opened):
    first = opened("reference_impl.linear")

    second = opened()

    assert (first.is_open, second.is_open) == (False, True)
    assert second.modules == ()


def test_the_warm_sandbox_ends_with_the_worker(opened):
    first = opened()

    worker.stop()

    assert not first.is_open
    assert opened() is not first
