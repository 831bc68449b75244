"""Tests of grader.quiz.seal, grader.quiz.build and grader.quiz.cells."""

import json

import nbformat
import pytest

from grader.quiz import build, catalog
from grader.quiz.cells import quiz_cells
from grader.quiz.seal import seal, unseal
from tests.grader.quiz.records import QUESTIONS, RECORDS

IDS = list(QUESTIONS)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_what_is_sealed_comes_back(record):
    assert unseal(seal(record), record["id"]) == json.loads(json.dumps(record))


def test_nothing_of_a_question_can_be_read_in_the_sealed_bank(course):
    text = (course / "grader" / "quizzes" / "small.json").read_text()

    assert not any(word in text for word in ("correct", "feedback", "dZ.sum", "served", "Its "))


def test_building_twice_gives_the_same_bytes(course):
    assert build.build_sealed(course) == []
    assert build.check(course) == []


def test_a_stale_and_an_orphaned_bank_are_named(course):
    (course / "grader" / "quizzes" / "small.json").write_text("{}")
    (course / "grader" / "quizzes" / "gone.json").write_text("{}")

    assert [message.split(" is ")[0] for message in build.check(course)] == [
        "grader/quizzes/small.json",
        "grader/quizzes/gone.json",
    ]
    assert len(build.build_sealed(course)) == 2
    assert not (course / "grader" / "quizzes" / "gone.json").exists()


def test_a_bank_read_back_is_the_bank(course):
    assert catalog.lesson("small") == QUESTIONS


def test_an_unknown_id_names_its_neighbours(course):
    with pytest.raises(LookupError, match="Did you mean 'one-choice'"):
        catalog.find("one-choise")


def test_the_markdown_has_the_letters_of_the_widget(course):
    question = QUESTIONS["one-choice"]
    text = quiz_cells(["one-choice"], "small")[0].source

    assert all(f"**{x}.** {o.text}" in text for x, o in question.lettered.items())


def test_nothing_of_the_answer_stands_in_the_cells(course):
    sources = "".join(cell.source for cell in quiz_cells(IDS, "small"))

    assert not any(
        word in sources
        for word in ("served N rows", "Look at the shape", "Why not the mean", "Says sum", "rows.")
    )


def test_all_cells_are_locked_and_the_last_one_carries_the_points(course):
    *cells, last = quiz_cells(IDS, "small")

    assert all(cell.metadata.nbgrader.locked for cell in cells)
    assert not any(cell.metadata.nbgrader.grade for cell in cells)
    assert last.metadata.nbgrader.grade
    assert last.metadata.nbgrader.grade_id == "quiz-one-choice"
    assert last.metadata.nbgrader.points == 7
    assert last.source.startswith("quiz.points(")


def test_questions_that_the_learner_marks_need_no_points_cell(course):
    assert [c.cell_type for c in quiz_cells(["free-words"], "small")] == ["markdown", "code"]


def test_the_cells_make_a_valid_notebook(course):
    notebook = nbformat.v4.new_notebook(cells=quiz_cells(IDS, "small"))

    nbformat.validate(notebook)
