"""The notebook that feedback pages and formgrader show, made of the verdict and safe parts only.

Its skeleton is the release: check cells, metadata, kernel and set-up come from there. From the
submission come sources, as text to be shown, and outputs that `grader.grading.outputs` let through.
"""

import copy
import dataclasses
import json
import re

from grader.grading.cells import is_answer
from grader.grading.outputs import readable, shown_outputs

MOST_SOURCE = 50_000
MOST_SOURCES = 400_000
"""Characters of the learner's that one page shows."""
HARMLESS = re.compile(r"[^<>\[\]\\&]*")
"""Markdown without tags, links, pictures, entities or TeX commands."""
BACKTICKS = re.compile(r"`+")
WHOSE = "*A note of the learner's, as text:*"


def graded_notebook(lesson, result):
    """Return the graded notebook as plain JSON.

    Parameters
    ----------
    lesson : Lesson
        What was asked.
    result : SubmissionResult
        The verdict.
    """
    released = lesson.notebook
    if result.submitted is None:
        cells = [_notice(result.status), *copy.deepcopy(released["cells"])]
    else:
        cells = _merged(lesson, result.submitted)
    for number, cell in enumerate(cells):
        marked = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
        if marked.get("grade") and marked["grade_id"] in result.results:
            cell["outputs"] = [_card(result.results[marked["grade_id"]])]
        cell["id"] = marked.get("grade_id", f"cell-{number}")[:64]
    return {
        "cells": cells,
        "metadata": copy.deepcopy(released["metadata"]),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def as_text(notebook):
    """Return a notebook's text as it is stored."""
    # Without indentation: only then is the encoder written in C, and ten times as fast.
    return json.dumps(notebook, sort_keys=True, ensure_ascii=False) + "\n"


def _card(result):
    """Return a verdict as an output: the points for nbgrader, the card for people."""
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {"text/plain": repr(result), "text/html": result._repr_html_()},
    }


def _notice(status):
    text = f"**This submission was not graded.** {HARMLESS.match(status)[0]}"
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _merged(lesson, submitted):
    """Return the submitted cells in order, marked ones as released, missing ones put back."""
    cells, seen = [], {}
    for cell in _shown(lesson, submitted.cells):
        if cell.grade_id in lesson.marked_cells and cell.grade_id not in seen:
            seen[cell.grade_id] = merged = copy.deepcopy(lesson.marked_cells[cell.grade_id])
            if is_answer(lesson, cell.grade_id):
                _fill_in(merged, cell)
        elif cell.grade_id in lesson.marked_cells and not is_answer(lesson, cell.grade_id):
            continue
        else:
            merged = _own(lesson, cell)
        cells.append(merged)
    _put_back(lesson, cells, seen)
    return cells


def _shown(lesson, cells):
    """Yield the submitted cells, the learner's own sources as a page can show them."""
    room = MOST_SOURCES
    for cell in cells:
        source = cell.source
        if source == lesson.marked_cells.get(cell.grade_id, {}).get("source"):
            pass
        elif lesson.releases(source):
            source = source.strip()  # the author's but for the space around it
        else:
            source = readable(source, max(0, min(MOST_SOURCE, room)))
            room -= len(source)
        yield dataclasses.replace(cell, source=source)


def _fill_in(released, cell):
    released["source"] = cell.source
    if released["cell_type"] == "code":
        released["outputs"] = shown_outputs(cell.outputs)
    elif not HARMLESS.fullmatch(cell.source):
        released["source"] = _as_shown_text(cell.source)


def _own(lesson, cell):
    """Return a cell of the learner's, or an unmarked one of the author's."""
    if cell.kind == "code":
        return {
            "cell_type": "code",
            "metadata": {},
            "source": cell.source,
            "outputs": shown_outputs(cell.outputs),
        }
    harmless = HARMLESS.fullmatch(cell.source) and cell.kind == "markdown"
    trusted = cell.kind == "markdown" and lesson.releases(cell.source)
    source = cell.source if harmless or trusted else _as_shown_text(cell.source)
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _as_shown_text(source):
    """Return Markdown that shows a text as it is: a fence longer than any in it."""
    fence = "`" * (1 + max([2, *map(len, BACKTICKS.findall(source))]))
    return f"{WHOSE}\n\n{fence}\n{source}\n{fence}"


def _put_back(lesson, cells, seen):
    """Insert each marked cell that is missing behind the marked cell before it."""
    previous = None
    for grade_id, released in lesson.marked_cells.items():
        if grade_id not in seen:
            seen[grade_id] = copy.deepcopy(released)
            at = next((i for i, cell in enumerate(cells) if cell is previous), -1)
            cells.insert(at + 1, seen[grade_id])
        previous = seen[grade_id]
