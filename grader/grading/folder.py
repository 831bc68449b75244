"""Finds submissions where nbgrader puts them, ``<submitted>/<student>/<lesson>/<slug>.ipynb``.

Every folder on the way may be a trap, so each is opened from the one above, never through a link.
"""

import contextlib
import errno
import hashlib
import os
from dataclasses import dataclass

from grader.grading.errors import GradingError
from grader.grading.screening import Refused, read_regular
from grader.quiz.answers import LIMIT, NAME

MOST_ID = 128  # characters, as in the gradebook
MOST_TIMESTAMP = 200
IS_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | os.O_RDONLY


@dataclass(frozen=True)
class Work:
    """What one learner handed in for one lesson."""

    student: str
    lesson: str
    data: bytes = b""
    answers: bytes = b""
    timestamp: str = ""
    """ISO format, UTC."""
    problem: str = ""
    """Why there is nothing to grade: a status."""
    remarks: tuple[str, ...] = ()

    @property
    def content(self):
        """A hash of all that grading depends on."""
        parts = (self.problem.encode(), self.data, self.answers, self.timestamp.encode())
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "little") + part)
        return digest.hexdigest()


def students(submitted, lesson):
    """Return the ids of all who handed something in for a lesson, sorted."""
    try:
        with os.scandir(submitted) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as problem:
        raise GradingError(
            f"There are no submissions: {submitted} cannot be read ({problem.strerror})."
        ) from None
    return [name for name in names if _has_handed_in(submitted, name, lesson)]


def _has_handed_in(submitted, student, lesson):
    path = os.path.join(submitted, student)
    if os.path.islink(path):
        return True  # to be refused by name
    return os.path.isdir(path) and os.path.lexists(os.path.join(path, lesson))


def read(submitted, student, lesson, slug):
    """Return what a learner handed in; nothing it may be raises."""
    if not is_student_id(student):
        problem = "refused: the folder's name is no student id"
        return Work(recorded_as(student), lesson, problem=problem)
    try:
        with _folder(submitted, student, lesson) as folder:
            return _read(folder, student, lesson, slug)
    except Refused as problem:
        return Work(student, lesson, problem=f"refused: {problem}")


def is_student_id(name):
    """Say whether a name can be a student's: printable, short, nothing a path could read."""
    return 0 < len(name) <= MOST_ID and name.isprintable() and name == name.strip()


def recorded_as(name):
    """Return the name under which the verdict is kept: the folder's own, if it is a student id.

    Any other becomes one: a database, or nbgrader's feedback, would stop at it for everybody.
    """
    if is_student_id(name):
        return name
    plain = "".join(c if c.isprintable() else "?" for c in name).strip()
    mark = hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
    return f"{plain[: MOST_ID - len(mark) - 1]} {mark}".strip()


@contextlib.contextmanager
def _folder(*parts):
    """Open folder below folder, without following a link below the first."""
    descriptors = []
    try:
        for part in parts:
            above = descriptors[-1] if descriptors else None
            flags = IS_FOLDER if descriptors else os.O_RDONLY
            descriptors.append(os.open(part, flags, dir_fd=above))
        yield descriptors[-1]
    except OSError as problem:
        if problem.errno in (errno.ENOTDIR, errno.ELOOP):
            raise Refused("the submission is not a folder") from None
        raise Refused(f"the folder cannot be opened ({problem.strerror})") from None
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _read(folder, student, lesson, slug):
    timestamp, remarks = _timestamp(folder)
    answers = b""
    try:
        answers = read_regular(NAME, LIMIT, folder)
    except FileNotFoundError:
        pass
    except Refused as problem:
        remarks += (f"{NAME} was not read: {problem}",)
    data, problem = b"", ""
    try:
        data = read_regular(f"{slug}.ipynb", dir_fd=folder)
    except FileNotFoundError:
        problem = f"missing: there is no {slug}.ipynb"
    except Refused as refusal:
        problem = f"refused: {refusal}"
    return Work(student, lesson, data, answers, timestamp, problem, remarks)


def _timestamp(folder):
    """Return when it was handed in, and remarks."""
    from nbgrader.utils import parse_utc

    try:
        text = read_regular("timestamp.txt", MOST_TIMESTAMP, folder).decode().strip()
        return (parse_utc(text).isoformat() if text else ""), ()
    except FileNotFoundError:
        return "", ()
    except Refused as problem:
        return "", (f"timestamp.txt was not read: {problem}",)
    except Exception:  # whatever a date parser does with odd text
        return "", ("timestamp.txt holds no time",)
