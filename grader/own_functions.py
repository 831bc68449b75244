"""The learner's own functions of earlier lessons, for the capstone.

``own("mlp_forward")`` is the learner's `mlp_forward`, taken from the notebook of its lesson beside
this one, if it passes its check there; otherwise it is the model answer. Both keep one contract, so
whoever calls it need not know which one it is. Outside a learner's copy of the course nothing is
looked for: there it is always the model answer.
"""

import linecache

import nbformat
import numpy as np

from grader import progress
from grader.calling import call
from grader.examine import examine
from grader.exercises import lesson_of, registry
from grader.notebook_subject import NotebookSubject

YOURS, MODEL_ANSWER = "yours", "model answer"
LARGEST_NOTEBOOK = 20_000_000
SECONDS_TO_DEFINE = 2.0
SECONDS_FOR_A_TRIAL = 0.5


def own(name, trial=None, start=None):
    """Return the learner's function of this name, or the model answer.

    Parameters
    ----------
    name : str
        An exercise of an earlier lesson.
    trial : tuple, optional
        Arguments as large as those to come. A function that needs longer than half a second for
        them, such as a loop over every entry, is left aside.
    start : Path, optional
        A folder in the learner's copy, by default the working directory.

    Returns
    -------
    function : callable
        Called as the exercise says; `whose` tells where it comes from.

    Raises
    ------
    KeyError
        If there is no such exercise.
    """
    exercise = registry()[name]
    answer = _learners(exercise, start)
    if answer is None or (trial and _fails(answer, trial)):
        return exercise.reference
    return answer


def whose(name, function):
    """Say whether what `own` returned is ``"yours"`` or the ``"model answer"``."""
    return MODEL_ANSWER if function is registry()[name].reference else YOURS


def _fails(answer, trial):
    outcome = call(answer, trial, seconds=SECONDS_FOR_A_TRIAL)
    return outcome.timed_out or bool(outcome.error)


def _learners(exercise, start):
    """Return the learner's function if it passes the check of its lesson, or None."""
    home = progress.folder(start)
    source = home and _answer_cell(home, exercise.name)
    if not source:
        return None
    namespace = _defined(source, f"<own {exercise.name}>")
    # The visible cases only, each on copies and within its time, as in the lesson itself.
    passed = examine(exercise, NotebookSubject(namespace)).passed
    return namespace[exercise.name] if passed else None


def _answer_cell(home, name):
    """Return the source of an exercise's answer cell in the learner's copy, or ""."""
    slug = lesson_of(name)
    for path in sorted(home.glob(f"[0-9][0-9]_{slug}/{slug}.ipynb")):
        try:
            if path.stat().st_size > LARGEST_NOTEBOOK:
                continue
            cells = nbformat.read(path, as_version=4).cells
        except Exception:
            continue  # A damaged notebook is no reason to stop here: the model answer is there.
        for cell in cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                return cell.source
    return ""


def _defined(source, file):
    """Return the variables after the cell has run by itself, with NumPy as `np`."""
    namespace = {"np": np, "__name__": "own_functions"}
    # Rules such as "no loop" read the source again, by the name of its file.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    # A cell that fails or hangs leaves the name undefined, and the check then fails.
    call(lambda: exec(compile(source, file, "exec"), namespace), (), seconds=SECONDS_TO_DEFINE)
    return namespace
