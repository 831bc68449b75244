"""The report of grading for one's own work: in this process, on any platform."""

import contextlib
import functools
from pathlib import Path

from rich.console import Console

from grader.grading.errors import GradingError
from grader.grading.lesson import load_lesson
from grader.grading.local_subject import LocalSubject
from grader.grading.screening import Refused, read_regular
from grader.grading.submission import grade_submission, refused
from grader.learner_copy import MY_COURSE
from grader.progress import folder as copy_around
from grader.quiz.answers import LIMIT, NAME

ROOT = Path(__file__).resolve().parents[2]


def check_own_work(names=(), start=None):
    """Print the report on the learner's notebooks; return whether everything passed.

    Parameters
    ----------
    names : sequence of str
        Lessons by folder, number or slug; all that there are if there are none.
    start : Path, optional
        Where to look for the learner's copy; by default the working directory.
    """
    home = copy_around(start) or MY_COURSE
    console, passed = Console(), []
    for released, own in _pairs(home, names):
        lesson = load_lesson(released)
        result = _result(own, lesson)
        _show(console, lesson, result)
        passed.append(result.score == lesson.max_score)
    console.print("Visible cases only; grading runs others too.")
    return all(passed)


def _pairs(home, names):
    """Return released and own notebooks of the lessons named."""
    released = {
        path.parent.name: path
        for path in sorted((ROOT / "course").glob("*/*.ipynb"))
        if path.parent.name.partition("_")[2] == path.stem
    }
    for name in names:
        if not any(name.rstrip("/") in _names(folder) for folder in released):
            raise GradingError(f"There is no lesson {name!r}. There are: {', '.join(released)}")
    wanted = [f for f in released if not names or _names(f) & {n.rstrip("/") for n in names}]
    pairs = [(released[f], home / f / released[f].name) for f in wanted]
    pairs = [pair for pair in pairs if names or pair[1].exists()]
    if not pairs:
        raise GradingError(f"There is no notebook in {home}. Run: make lab")
    return pairs


def _names(folder):
    number, _, slug = folder.partition("_")
    return {folder, number, slug}


def _result(own, lesson):
    try:
        data = read_regular(own)
    except FileNotFoundError:
        return refused(lesson, f"missing: there is no {own}")
    except Refused as problem:
        return refused(lesson, f"refused: {problem}")
    answers = b""
    with contextlib.suppress(FileNotFoundError, Refused):
        answers = read_regular(own.with_name(NAME), LIMIT)
    with contextlib.chdir(own.parent):
        return grade_submission(
            data,
            lesson,
            answers=answers,
            hidden_seed=None,
            open_subject=functools.partial(LocalSubject, modules=lesson.modules),
        )


def _show(console, lesson, result):
    console.print(f"{lesson.folder}: {result.score:g} of {lesson.max_score:g} points", style="bold")
    # The terminal breaks lines itself, and so a path can still be copied.
    plain = functools.partial(console.print, markup=False, highlight=False, soft_wrap=True)
    if result.status != "graded":
        plain(f"  {result.status}")
    if result.submitted is None:
        return
    for verdict in result.results.values():
        for line in str(verdict).split("\n"):
            plain(f"  {line}")
