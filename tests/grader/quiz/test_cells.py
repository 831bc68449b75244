"""Tests of grader.quiz.cells."""

import nbformat
import pytest

from grader.quiz.cells import quiz_cells
from tests.grader.quiz.records import QUESTIONS

IDS = list(QUESTIONS)


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


def test_a_long_call_is_broken_into_lines(course):
    call = quiz_cells(IDS, "small")[-1].source

    compile(call, "call", "eval")
    assert max(map(len, call.splitlines())) <= 72
    assert [name for name in IDS if f'"{name}"' not in call] == []


def test_an_unknown_question_is_named_with_its_lesson(course):
    with pytest.raises(LookupError, match="lesson small has no question 'nope'"):
        quiz_cells(["one-choice", "nope"], "small")
