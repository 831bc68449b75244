"""The cells that a ``# quiz:`` mark in a lesson's source becomes."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from grader.quiz import render
from grader.quiz.scoring import max_points, questions


def quiz_cells(ids, slug):
    """Return the cells of a group of questions.

    For each question a Markdown cell with its prompt and options, readable without a kernel, and
    a code cell that takes the answer; at the end one cell with the points, unless every question
    is marked by the learner. The letters are those of the widget: both come from the question's
    seed.

    Parameters
    ----------
    ids : list of str
        The questions.
    slug : str
        The lesson.

    Returns
    -------
    cells : list of NotebookNode
        All read-only for nbgrader.
    """
    cells = []
    for question in questions(ids, slug):
        text = render.question_markdown(question)
        cells.append(_locked(new_markdown_cell(text), f"{question.id}-question"))
        cells.append(_locked(new_code_cell(f'quiz("{question.id}")'), f"{question.id}-answer"))
    total = sum(max_points(ids, slug).values())
    if total:
        named = ", ".join(f'"{name}"' for name in ids)
        call = f"quiz.points({named})"
        if len(call) > 72:
            lines = "".join(f'    "{name}",\n' for name in ids)
            call = f"quiz.points(\n{lines})"
        cells.append(_locked(new_code_cell(call), f"quiz-{ids[0]}", points=total))
    return cells


def _locked(cell, grade_id, points=None):
    cell.id = grade_id[:64]
    cell.metadata.nbgrader = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    if points is not None:
        cell.metadata.nbgrader["points"] = points
    return cell
