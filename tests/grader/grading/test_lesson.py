"""Tests of grader.grading.lesson: what a released notebook asks."""

import json
import pickle

import pytest

from grader.grading.errors import GradingError
from grader.grading.lesson import Graded, load_lesson
from grader.lesson_version import version_of
from tests.grader.grading.small_course import EXERCISES, FOLDER, QUESTION, SLUG, cell_of, code


@pytest.fixture
def load(tmp_path):
    """Return a function that releases a notebook and loads it."""
    path = tmp_path / FOLDER / f"{SLUG}.ipynb"
    path.parent.mkdir()

    def load(notebook):
        path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook))
        return load_lesson(path)

    return load


def test_its_check_cells_are_the_exercises_and_questions_in_order(lesson):
    points = {"neuron": 2.0, "linear_forward": 3.0, "mlp_forward": 4.0}

    assert lesson.graded == (
        *(Graded(f"{name}-check", points[name], name) for name in EXERCISES),
        Graded(f"quiz-{QUESTION}", 1.0, questions=(QUESTION,)),
    )
    assert lesson.max_score == 10


def test_a_check_is_called_by_its_exercise_and_a_quiz_by_its_grade_id(lesson):
    assert [one.name for one in lesson.graded] == [*EXERCISES, f"quiz-{QUESTION}"]


def test_it_goes_by_its_folder_its_file_and_its_version(lesson, notebook):
    stamp = notebook["metadata"]["course"]["version"]

    assert (lesson.folder, lesson.slug, lesson.version) == (FOLDER, SLUG, stamp)


def test_a_release_without_a_stamp_has_the_version_of_its_cells(load, notebook):
    del notebook["metadata"]["course"]

    assert load(notebook).version == version_of(notebook["cells"])


def test_it_travels_to_other_machines(lesson):
    arrived = pickle.loads(pickle.dumps(lesson))

    assert arrived == lesson
    assert arrived.notebook == lesson.notebook


def test_the_author_may_write_a_source_in_lines(load, notebook):
    cell_of(notebook, "setup")["source"] = ["import numpy as np\n", "x = 1"]

    assert load(notebook).marked_cells["setup"]["source"] == "import numpy as np\nx = 1"


def test_the_cells_that_nbgrader_knows_are_found_by_their_grade_ids(lesson):
    assert list(lesson.marked_cells) == [
        "setup",
        *(part for name in EXERCISES for part in (name, f"{name}-check")),
        f"{QUESTION}-question",
        f"{QUESTION}-answer",
        f"quiz-{QUESTION}",
    ]


def test_the_authors_cells_are_told_from_answers_and_from_others(lesson):
    set_up, answer = (cell_of(lesson.notebook, name)["source"] for name in ("setup", "neuron"))

    assert lesson.releases(f"\n{set_up}\n")
    assert lesson.releases("Some words between.")
    assert not lesson.releases(answer)
    assert not lesson.releases("x = 1")


@pytest.mark.parametrize("source", ["print('points')", "quiz.points(name)", "quiz.points(", ""])
def test_a_graded_cell_of_another_kind_has_no_questions(load, notebook, source):
    cell_of(notebook, f"quiz-{QUESTION}")["source"] = source

    assert load(notebook).graded[-1] == Graded(f"quiz-{QUESTION}", 1.0)


def test_a_check_of_no_exercise_is_a_cell_for_a_person_to_grade(load, notebook):
    marks = {"grade_id": "essay-check", "grade": True, "solution": False, "points": 5}
    notebook["cells"].append(code("pass", nbgrader=marks))

    assert load(notebook).graded[-1] == Graded("essay-check", 5.0)


def test_a_release_with_other_points_than_the_record_says_what_to_run(load, notebook):
    cell_of(notebook, "neuron-check")["metadata"]["nbgrader"]["points"] = 7

    with pytest.raises(GradingError, match=r"released with other points\. Run: make build"):
        load(notebook)


def test_a_missing_release_says_what_to_run(tmp_path):
    with pytest.raises(GradingError, match=r"no released notebook .*a\.ipynb .* Run: make build"):
        load_lesson(tmp_path / "a.ipynb")


def test_a_folder_in_place_of_a_release_says_what_to_run(tmp_path):
    with pytest.raises(GradingError, match=r"\(Is a directory\)\. Run: make build"):
        load_lesson(tmp_path)


CELL = {"cell_type": "code", "metadata": {}, "source": ""}
DAMAGED = {
    "empty": "",
    "cut short": '{"cells": [',
    "an object": {},
    "a list": [],
    "a number": 3,
    "without cells": {"metadata": {}},
    "no cells": {"metadata": {}, "cells": []},
    "cells of another kind": {"metadata": {}, "cells": 3},
    "without metadata": {"cells": [CELL]},
    "metadata of another kind": {"metadata": [], "cells": [CELL]},
    "a cell of another kind": {"metadata": {}, "cells": ["x"]},
    "a cell without source": {"metadata": {}, "cells": [{"metadata": {}}]},
    "a cell without metadata": {"metadata": {}, "cells": [{"source": ""}]},
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_release_is_named_and_says_what_to_run(load, damaged):
    with pytest.raises(GradingError, match=rf"{SLUG}\.ipynb is not a notebook\. Run: make build"):
        load(damaged)


def test_a_release_that_is_no_text_is_named(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"\xff\xfe")

    with pytest.raises(GradingError, match="is not a notebook"):
        load_lesson(tmp_path / "a.ipynb")


def test_the_modules_that_answers_may_import_come_with_the_exercises(load, notebook, monkeypatch):
    from grader.grading import lesson

    allowed = {"forward_propagation": ("reference_impl.linear", "reference_impl.activations")}
    monkeypatch.setattr(lesson, "allowed_imports", allowed.get)

    assert load(notebook).modules == ("reference_impl.activations", "reference_impl.linear")
