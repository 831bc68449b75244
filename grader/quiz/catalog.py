"""Finds questions by id in the sealed banks."""

import difflib
import json
from functools import cache
from pathlib import Path

from grader.quiz.kinds import question_from
from grader.quiz.seal import unseal

FOLDER = Path(__file__).resolve().parent.parent / "quizzes"


@cache
def _sealed(folder):
    """Return, by lesson slug, the sealed questions by id."""
    banks = {}
    for path in sorted(folder.glob("*.json")):
        bank = json.loads(path.read_text(encoding="utf-8"))
        banks[path.stem] = {entry["id"]: entry["sealed"] for entry in bank["questions"]}
    return banks


@cache
def _question(folder, slug, question_id):
    return question_from(unseal(_sealed(folder)[slug][question_id], question_id))


def slugs():
    """Return the lessons that have questions."""
    return list(_sealed(FOLDER))


def lesson(slug):
    """Return a lesson's questions by id, in the order of its bank."""
    return {name: _question(FOLDER, slug, name) for name in _sealed(FOLDER)[slug]}


def lesson_of(question_id):
    """Return the slug of the lesson that a question belongs to."""
    for slug, bank in _sealed(FOLDER).items():
        if question_id in bank:
            return slug
    raise LookupError(_missing(question_id))


def find(question_id):
    """Return a question, or raise a LookupError that names the nearest ids."""
    return _question(FOLDER, lesson_of(question_id), question_id)


def _missing(question_id):
    known = [name for bank in _sealed(FOLDER).values() for name in bank]
    near = difflib.get_close_matches(str(question_id), known, n=3)
    advice = f" Did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    return f"There is no question {str(question_id)[:80]!r}.{advice}"


def forget():
    """Read the banks anew at the next call."""
    _sealed.cache_clear()
    _question.cache_clear()
