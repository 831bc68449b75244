"""The call in every check cell: ``check("linear_forward")``."""

import dataclasses
import difflib
import sys

from grader import progress
from grader.examine import examine
from grader.exercises import allowed_imports, lesson_of, registry
from grader.notebook_subject import NotebookSubject
from grader.result import Result
from grader.stub import model_answer

HONEST_TRIES = 3


def check(name, answer=None, *, example=False):
    """Check an answer and return a card that says what is right, what is wrong and why.

    Parameters
    ----------
    name : str
        The exercise; the function of that name is looked up in the calling notebook.
    answer : callable, optional
        Examined in place of the notebook's function.
    example : bool, default=False
        Whether this only shows what a card looks like: nothing is noted as a try then, and no
        model answer is offered.

    Returns
    -------
    result : Result
        Its ``repr`` is the points. Nothing is raised, whatever the answer is.
    """
    exercise = registry().get(name)
    if exercise is None:
        return _unknown(name)
    namespace = _callers_namespace() if answer is None else {name: answer}
    subject = NotebookSubject(namespace, allowed_imports(lesson_of(name)))
    result = examine(exercise, subject)
    if example or result.untouched:
        return result
    tries = progress.record_check(result)
    if result.passed or tries >= HONEST_TRIES:
        result = dataclasses.replace(result, answer=model_answer(exercise))
    return result


def _callers_namespace():
    """Return the variables of the notebook, or module, that called `check`."""
    return sys._getframe(2).f_globals


def _unknown(name):
    near = difflib.get_close_matches(str(name), registry(), n=1)
    also = f" Did you mean `{near[0]}`?" if near else ""
    return Result(str(name), 0.0, 0, problem=f"There is no exercise of this name.{also}")
