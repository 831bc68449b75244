"""Hashes of the course's own files: has a check changed, is another machine's copy the same."""

import functools
import hashlib
from pathlib import Path

from grader.exercises import lesson_of
from grader.quiz import catalog

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("grader", "reference_impl")
JUDGES = (
    "calling.py",
    "compare.py",
    "examine.py",
    "exercise.py",
    "found.py",
    "result.py",
    "rules.py",
    "stub.py",
    "symptoms.py",
    "grading/cells.py",
    "grading/screening.py",
    "grading/submission.py",
    "sandbox/sources.py",
    "sandbox/subject.py",
)
"""What a verdict depends on beside the exercise's record, below ``grader/``."""
QUIZ_JUDGES = (
    "quiz/answers.py",
    "quiz/bug.py",
    "quiz/catalog.py",
    "quiz/choice.py",
    "quiz/free_text.py",
    "quiz/kinds.py",
    "quiz/model.py",
    "quiz/numeric.py",
    "quiz/ordering.py",
    "quiz/points.py",
    "quiz/scoring.py",
    "quiz/seal.py",
    "quiz/shapes.py",
)
"""The same for questions, beside their bank."""


@functools.cache
def course_hash():
    """Return what tells two copies of the course apart: a hash of all that grading uses."""
    paths = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return _hash([*paths, *(ROOT / "grader" / "quizzes").glob("*.json")])


def checks_hash(lesson):
    """Return a hash of all that the verdicts on a lesson depend on."""
    return _checks_hash(
        tuple(sorted({lesson_of(one.exercise) for one in lesson.graded if one.exercise})),
        tuple(
            sorted({catalog.lesson_of(one.questions[0]) for one in lesson.graded if one.questions})
        ),
    )


@functools.cache
def _checks_hash(slugs, banks):
    grader = ROOT / "grader"
    paths = [path for slug in slugs for path in (grader / "exercises" / slug).rglob("*.py")]
    paths += [grader / "quizzes" / f"{bank}.json" for bank in banks]
    paths += [grader / name for name in QUIZ_JUDGES if banks]
    paths += [*(grader / name for name in JUDGES), *(ROOT / "reference_impl").glob("*.py")]
    return _hash(paths)


def _hash(paths):
    digest = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()}\x00{len(data)}\x00".encode() + data)
    return digest.hexdigest()
