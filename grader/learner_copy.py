"""The learner's own copy of the course: made once, added to, never overwritten.

It lies in ``my_course/``, outside version control, and the marker ``.course`` in it says that
progress may be recorded there. What a reset replaces is kept in ``old_copies/``.
"""

import difflib
import os
import shutil
from datetime import datetime
from pathlib import Path

import nbformat

from grader.progress import MARKER

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "course"
MY_COURSE = ROOT / "my_course"
OLD_COPIES = "old_copies"


class LearnerCopyError(Exception):
    """A lesson or an exercise cannot be restored; the message says why."""


def prepare(course=COURSE, copy=MY_COURSE):
    """Make the learner's copy, or add to it what it does not have yet.

    Parameters
    ----------
    course, copy : Path
        The released lessons and the learner's copy of them.

    Returns
    -------
    added : list of Path
        The files that are new in the copy. A file that is there is never touched.
    """
    (copy / MARKER).mkdir(parents=True, exist_ok=True)
    added = []
    for source in _files(course):
        target = copy / source.relative_to(course)
        if not target.exists():
            _copy(source, target)
            added.append(target)
    return added


def reset_lesson(lesson, exercise=None, course=COURSE, copy=MY_COURSE):
    """Put a lesson, or one exercise of it, back to its beginning.

    Parameters
    ----------
    lesson : str
        The folder's name, its number or its slug.
    exercise : str, optional
        The name of an exercise; the rest of the notebook stays as it is.
    course, copy : Path
        The released lessons and the learner's copy of them.

    Returns
    -------
    old : Path
        Where the replaced notebook now lies.
    """
    source = find_notebook(lesson, course)
    target = copy / source.relative_to(course)
    if not target.exists():
        raise LearnerCopyError(f"there is nothing to reset: {target} does not exist")
    restored = None if exercise is None else _with_cells_of(exercise, source, target)
    old = keep_old(target, copy)
    if restored is None:
        _copy(source, target)
    else:
        write_notebook(restored, target)
    return old


def find_notebook(lesson, course=COURSE):
    """Return the released notebook of a lesson, by folder name, number or slug."""
    notebooks = {path.parent.name: path for path in sorted(course.glob("*/*.ipynb"))}
    for name, path in notebooks.items():
        number, _, slug = name.partition("_")
        if lesson.rstrip("/") in (name, number, slug, number.lstrip("0") or "0"):
            return path
    near = difflib.get_close_matches(lesson, notebooks, n=1, cutoff=0.3)
    meant = f"did you mean {near[0]}?" if near else f"the lessons are {', '.join(notebooks)}"
    raise LearnerCopyError(f"there is no lesson {lesson!r}: {meant}")


def keep_old(target, copy=MY_COURSE):
    """Copy a learner's file to ``old_copies/``, with the time in its name, and return where."""
    stamp = datetime.now().strftime("%Y-%m-%d_%H%M%S_%f")
    old = copy / OLD_COPIES / target.parent.name / f"{target.stem}_{stamp}{target.suffix}"
    _copy(target, old)
    return old


def write_notebook(notebook, target):
    """Write a notebook in one step: whatever happens, the old or the new one is there."""
    part = target.with_name(f".{target.name}.part")
    nbformat.write(notebook, part)
    os.replace(part, target)


def _with_cells_of(exercise, source, target):
    """Return the learner's notebook with the released answer and check of one exercise."""
    released = nbformat.read(source, as_version=4)
    wanted = {exercise, f"{exercise}-check"}
    fresh = [cell for cell in released.cells if _grade_id(cell) in wanted]
    if not fresh:
        names = [_grade_id(cell) for cell in released.cells if _is_answer(cell)]
        raise LearnerCopyError(
            f"{source.parent.name} has no exercise {exercise!r}; its exercises are "
            + ", ".join(names)
        )
    try:
        mine = nbformat.read(target, as_version=4)
    except Exception:
        raise LearnerCopyError(
            f"{target} is damaged and cannot be read; reset the whole lesson: "
            f"course reset {source.parent.name}"
        ) from None
    for cell in fresh:
        place = _place(cell, mine.cells, released.cells)
        same = [i for i, other in enumerate(mine.cells) if _grade_id(other) == _grade_id(cell)]
        for index in reversed(same):
            del mine.cells[index]
        mine.cells.insert(place, cell)
    return mine


def _place(cell, mine, released):
    """Return where a released cell belongs in the learner's notebook."""
    here = [index for index, other in enumerate(mine) if _grade_id(other) == _grade_id(cell)]
    if here:
        return here[0]
    before = [other.id for other in released[: released.index(cell)]]
    kept = [index for index, other in enumerate(mine) if other.get("id") in before]
    return kept[-1] + 1 if kept else len(mine)


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _is_answer(cell):
    return cell.metadata.get("nbgrader", {}).get("solution", False)


def _files(course):
    """Return the files of all lessons, without what programs leave behind."""
    paths = sorted(path for path in course.rglob("*") if path.is_file())
    return [path for path in paths if not _is_hidden(path.relative_to(course))]


def _is_hidden(path):
    return any(part.startswith((".", "__")) for part in path.parts)


def _copy(source, target):
    """Copy a file in one step: an interrupted copy leaves no half-written notebook."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    os.replace(part, target)
