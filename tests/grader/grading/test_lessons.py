"""Every lesson there is: its solved notebook earns all points, its released one none."""

import functools
from pathlib import Path

import pytest

from grader.grading.lesson import load_lesson
from grader.grading.submission import grade_submission
from grader.quiz import catalog
from grader.quiz.keys import reference_answers
from grader.sandbox.session import Sandbox
from grader.sandbox.subject import SandboxSubject

pytestmark = pytest.mark.sandbox
ROOT = Path(__file__).parents[3]
RELEASED = [
    path
    for path in sorted((ROOT / "course").glob("*/*.ipynb"))
    if path.parent.name.endswith(path.stem)
]


@pytest.fixture(params=RELEASED, ids=lambda path: path.parent.name)
def graded(request):
    """Return a function that grades a notebook of a lesson in the sandbox, and the lesson."""
    lesson = load_lesson(request.param)
    answers = b""
    if lesson.slug in catalog.slugs():
        answers = reference_answers(lesson.slug)
    with Sandbox(lesson.modules) as sandbox:

        def grade(folder, answers=answers):
            data = (ROOT / folder / lesson.folder / f"{lesson.slug}.ipynb").read_bytes()
            subject = functools.partial(SandboxSubject, sandbox)
            return grade_submission(
                data, lesson, answers=answers, hidden_seed=2**40 + 7, open_subject=subject
            )

        yield grade


def test_the_solved_notebook_has_all_points(graded):
    result = graded("solutions")

    lost = {
        name: str(one) for name, one in result.results.items() if float(repr(one)) != one.max_points
    }
    assert lost == {}
    assert result.score == result.max_score


def test_the_released_notebook_has_none(graded):
    assert graded("course", answers=b"").score == 0
