"""One task, one submission: what a worker gets and what it gives back.

A worker needs neither the gradebook nor a folder of submissions: bytes in, verdict out.
"""

import functools
import hashlib
import json
import zlib
from dataclasses import dataclass

from grader.grading.folder import Work
from grader.grading.graded_notebook import as_text, graded_notebook
from grader.grading.lesson import Lesson
from grader.grading.local_subject import LocalSubject
from grader.grading.submission import grade_submission, refused, with_remark
from grader.grading.versions import checks_hash, course_hash
from grader.sandbox.session import Sandbox
from grader.sandbox.subject import SandboxSubject

MOST_ANSWER = 4000
MOST_CELL_TEXT = 500
MOST_CELLS_KEPT = 50


class OtherVersion(RuntimeError):
    """A worker has another copy of the course; the message says what to do."""


@dataclass(frozen=True)
class Task:
    """One submission to grade."""

    work: Work
    lesson: Lesson
    seed: int
    sandboxed: bool = True
    course: str = ""
    """`course_hash` of who asks; checked if it is given."""

    @property
    def key(self):
        """What a verdict depends on: the same key, the same verdict."""
        parts = [self.work.content, self.lesson.version, checks_hash(self.lesson), self.seed]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Graded:
    """The verdict on one submission, as plain data."""

    student: str
    lesson: str
    key: str
    content: str
    status: str
    score: float
    max_score: float
    exercises: dict
    """Name to ``{"score", "max_score", "mistake"}``."""
    grades: dict
    """Grade id to points, None where a person must grade."""
    comments: dict
    """Grade id of an answer to nbgrader's automatic comment, or None."""
    notebook: bytes
    """The graded notebook's text, compressed."""
    detail: str
    """JSON for `course explain`."""
    timestamp: str = ""
    answers: bytes = b""

    @property
    def text(self):
        """The graded notebook's text."""
        return zlib.decompress(self.notebook).decode()


def grade(task):
    """Grade one submission in this process.

    Parameters
    ----------
    task : Task
        What to grade.

    Returns
    -------
    graded : Graded
        Whatever the submission is.

    Raises
    ------
    OtherVersion
        If this process has another copy of the course than who asks.
    SandboxUnavailable
        If there is no sandbox.
    """
    if task.course and task.course != course_hash():
        raise OtherVersion("a worker has another version of the course; bring it up to date")
    work = task.work
    if work.problem:
        return as_graded(task, refused(task.lesson, work.problem, task.seed))
    result = grade_submission(
        work.data,
        task.lesson,
        answers=work.answers,
        hidden_seed=task.seed,
        open_subject=_opener(task),
    )
    for remark in work.remarks:
        result = with_remark(result, remark)
    return as_graded(task, result)


def not_graded(task, why):
    """Return what is recorded where grading itself broke on a submission."""
    return as_graded(task, refused(task.lesson, f"refused: {why}", task.seed))


def as_graded(task, result):
    """Return a verdict as plain data."""
    notebook = graded_notebook(task.lesson, result)
    grades, comments = _rows(task.lesson, result, notebook)
    work = task.work
    return Graded(
        student=work.student,
        lesson=task.lesson.folder,
        key=task.key,
        content=work.content,
        status=result.status,
        score=result.score,
        max_score=task.lesson.max_score,
        exercises=_exercises(task.lesson, result),
        grades=grades,
        comments=comments,
        notebook=zlib.compress(as_text(notebook).encode("utf-8", "replace"), 1),
        detail=json.dumps(_detail(task, result)),
        timestamp=work.timestamp,
        answers=work.answers,
    )


def _exercises(lesson, result):
    return {
        one.name: {
            "score": float(repr(result.results[one.grade_id])),
            "max_score": one.points,
            "mistake": getattr(result.results[one.grade_id], "mistake", ""),
        }
        for one in lesson.graded
        if one.grade_id in result.results
    }


def _rows(lesson, result, notebook):
    """Return the points and comments that nbgrader's own steps would save."""
    sources = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }
    grades, comments = {}, {}
    for grade_id, cell in lesson.marked_cells.items():
        marked, untouched = cell["metadata"]["nbgrader"], sources[grade_id] == cell["source"]
        if marked["grade"] and grade_id in result.results:
            grades[grade_id] = float(repr(result.results[grade_id]))
        elif marked["grade"]:
            grades[grade_id] = 0.0 if untouched else None
        if marked["solution"]:
            comments[grade_id] = "No response." if untouched else None
    return grades, comments


def _detail(task, result):
    kept = [run for run in result.runs if run.status != "ok"][:MOST_CELLS_KEPT]
    return {
        "status": result.status,
        "version": result.version,
        "checks": checks_hash(task.lesson),
        "seed": task.seed,
        "sandboxed": task.sandboxed,
        "ran": len(result.runs),
        "cells": [[run.name, run.status, run.text[:MOST_CELL_TEXT]] for run in kept],
        "exercises": {
            one.name: _exercise_detail(one, result)
            for one in task.lesson.graded
            if one.grade_id in result.results
        },
    }


def _exercise_detail(one, result):
    verdict = result.results[one.grade_id]
    return {
        "score": float(repr(verdict)),
        "max_score": one.points,
        "mistake": getattr(verdict, "mistake", ""),
        "hint": getattr(verdict, "hint", ""),
        "symptom": getattr(verdict, "symptom", ""),
        "problem": getattr(verdict, "problem", ""),
        "card": str(verdict) if one.questions else "",
        "cases": [
            [report.label, report.passed, report.problem, report.hidden]
            for report in getattr(verdict, "reports", ())
        ],
        "answer": result.answers.get(one.exercise, "")[:MOST_ANSWER],
    }


_warm = {}
"""The one warm sandbox of this process, by the modules inside."""


def _opener(task):
    modules = task.lesson.modules
    if not task.sandboxed:
        return functools.partial(LocalSubject, modules=modules)
    if modules not in _warm:
        stop()
        _warm[modules] = Sandbox(modules).start()
    return functools.partial(SandboxSubject, _warm[modules])


def stop():
    """End the warm sandbox of this process."""
    while _warm:
        _warm.popitem()[1].close()
