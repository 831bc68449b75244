"""Tests of grader.lesson_version: what makes a submission one of another lesson."""

import copy

import pytest

from grader import lesson_version
from grader.exercise import Exercise
from grader.exercises import registry
from grader.lesson_source import solved_notebook
from grader.lesson_version import version_of
from grader.release import released
from tests.grader.grading.small_course import cell_of, code, source_text


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    return solved_notebook(source_text(tmp_path_factory.mktemp("lesson")))


def _changed(solved, change):
    cells = copy.deepcopy(solved)["cells"]
    change(cells)
    return version_of(cells)


def _edit(grade_id, **fields):
    def change(cells):
        cell = cell_of({"cells": cells}, grade_id)
        cell["source"] = fields.pop("source", cell["source"])
        cell["metadata"]["nbgrader"].update(fields)

    return change


SAME = {
    "prose": lambda cells: cells[0].update(source="# Another title"),
    "a demonstration": lambda cells: cells.insert(3, code("1 + 1")),
    "outputs": lambda cells: cells[1].update(outputs=["anything"]),
    "an answer": _edit("neuron", source="def neuron(x, w, b): pass"),
}
OTHER = {
    "points": _edit("neuron-check", points=7),
    "a check": _edit("neuron-check", source='check("other")'),
    "the questions": _edit("quiz-neuron-computes", source='quiz.points("other")'),
    "an exercise less": lambda cells: cells.remove(cell_of({"cells": cells}, "neuron-check")),
    "the order": lambda cells: cells.reverse(),
}


def test_solved_and_released_notebook_are_of_one_version(solved):
    assert version_of(released(solved)["cells"]) == version_of(solved["cells"])


def test_the_notebook_carries_its_version(solved):
    assert solved["metadata"]["course"]["version"] == version_of(solved["cells"])


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_asks_the_same_is_the_same_version(solved, change):
    assert _changed(solved, change) == version_of(solved["cells"])


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_what_asks_something_else_is_another_version(solved, change):
    assert _changed(solved, change) != version_of(solved["cells"])


def test_another_signature_is_another_version(solved, monkeypatch):
    def neuron(x, w, bias):
        pass

    before = version_of(solved["cells"])
    changed = Exercise(reference=neuron, cases=list)
    monkeypatch.setattr(lesson_version, "registry", lambda: registry() | {"neuron": changed})

    assert version_of(solved["cells"]) != before


def test_points_as_whole_or_broken_numbers_are_equal(solved):
    points = cell_of(solved, "neuron-check")["metadata"]["nbgrader"]["points"]

    assert _changed(solved, _edit("neuron-check", points=float(points))) == version_of(
        solved["cells"]
    )
