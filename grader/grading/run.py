"""A grading run: who handed in what, what is new, grade it, save it, in batches."""

import contextlib
import errno
import os
import time
from dataclasses import dataclass, field

from grader.grading import folder
from grader.grading.errors import GradingError
from grader.grading.gradebook import GradebookWriter
from grader.grading.outbox import write_graded
from grader.grading.seed import hidden_seed
from grader.grading.worker import Task
from grader.sandbox.launch import SandboxUnavailable

BATCH = 50
SECONDS = 2.0
"""A batch is saved when it is that large or that old."""
LOCK = ".grading.lock"


@dataclass(frozen=True)
class Change:
    """A submission that is graded again, with another outcome."""

    student: str
    lesson: str
    exercise: str
    before: float
    after: float


@dataclass
class Report:
    """What a run came to."""

    entries: dict = field(default_factory=dict)
    """``(student, lesson)`` to the ledger's `Entry`, for all submissions there are."""
    max_scores: dict = field(default_factory=dict)
    """Lesson to the points to be had."""
    graded: int = 0
    kept: int = 0
    """Submissions that a former run had graded."""
    changes: list = field(default_factory=list)
    seconds: float = 0.0
    written: bool = True


class Run:
    """One grading run.

    Parameters
    ----------
    settings : Settings
        Where things lie.
    executor : LocalPool or DaskCluster
        Where submissions are graded.
    sandboxed : bool, default=True
        Whether submissions run in the sandbox.
    progress : Progress, optional
        Told of each submission done; see `grader.grading.display`.
    """

    def __init__(self, settings, executor, sandboxed=True, progress=None):
        self._settings, self._executor = settings, executor
        self._sandboxed, self._progress = sandboxed, progress

    def __call__(self, lessons, *, announce=None, dry_run=False):
        """Grade what is new or has changed in some lessons and return a `Report`.

        Parameters
        ----------
        lessons : list of Lesson
            What to grade.
        announce : callable, optional
            Called with the changes of scores before any of them is saved.
        dry_run : bool, default=False
            Whether to stop there.
        """
        start, report = time.monotonic(), Report(written=not dry_run)
        lessons = [one for one in lessons if self._students(one)]
        with (
            alone(self._settings.home / LOCK),
            GradebookWriter(
                self._settings.gradebook, self._settings.course_id, self._settings.parent
            ) as book,
        ):
            seed = hidden_seed(self._settings.home)
            for lesson in lessons:
                book.prepare(lesson)
            todo = self._todo(lessons, book, seed, report)
            self._grade(todo, lessons, book, report, announce, dry_run)
            for lesson in lessons:
                report.max_scores[lesson.folder] = lesson.max_score
                entries = book.entries(lesson)
                for student in map(folder.recorded_as, self._students(lesson)):
                    if student in entries:
                        report.entries[student, lesson.folder] = entries[student]
        report.seconds = time.monotonic() - start
        return report

    def _todo(self, lessons, book, seed, report):
        """Return who is to be graded: ``(lesson, student, seed, former entry)``."""
        todo = []
        for lesson in lessons:
            entries = book.entries(lesson)
            for student in self._students(lesson):
                task = self._task(lesson, student, seed)
                entry = entries.get(task.work.student)
                if entry and entry.key == task.key and self._is_written(task):
                    report.kept += 1
                else:
                    todo.append((lesson, student, seed, entry))
        return todo

    def _students(self, lesson):
        return folder.students(self._settings.submitted, lesson.folder)

    def _task(self, lesson, student, seed):
        work = folder.read(self._settings.submitted, student, lesson.folder, lesson.slug)
        return Task(work, lesson, seed, self._sandboxed)

    def _folder(self, student, lesson_folder):
        return self._settings.autograded / student / lesson_folder

    def _is_written(self, task):
        place = self._folder(task.work.student, task.lesson.folder)
        return (place / f"{task.lesson.slug}.ipynb").exists()

    def _grade(self, todo, lessons, book, report, announce, dry_run):
        slugs = {lesson.folder: lesson.slug for lesson in lessons}
        former = {
            (folder.recorded_as(student), lesson.folder): entry
            for lesson, student, _, entry in todo
        }
        tasks = (self._task(lesson, student, seed) for lesson, student, seed, _ in todo)
        if self._progress:
            self._progress.begin(len(todo), report.kept)
        batch, held, last = [], [], time.monotonic()
        try:
            for graded in self._executor.map(tasks) if todo else ():
                entry = former[graded.student, graded.lesson]
                # What was graded before from the same work waits until all changes are known.
                again = entry is not None and entry.content == graded.content
                (held if again or dry_run else batch).append(graded)
                if again:
                    report.changes += changes(entry, graded)
                report.graded += 1
                if self._progress:
                    self._progress.advance()
                if len(batch) >= BATCH or time.monotonic() - last > SECONDS:
                    self._save(book, batch, slugs)
                    batch, last = [], time.monotonic()
        finally:
            # Whatever stops the run, what is graded is kept.
            with _secondary():
                self._save(book, batch, slugs)
        if held and announce:
            announce(report.changes)
        if not dry_run:
            for first in range(0, len(held), BATCH):
                self._save(book, held[first : first + BATCH], slugs)

    def _save(self, book, batch, slugs):
        for graded in batch:
            place = self._folder(graded.student, graded.lesson)
            write_graded(place, slugs[graded.lesson], graded)
        if batch:
            book.save(batch)


def changes(entry, graded):
    """Return the exercises whose points differ from those of a former grading."""
    before = {name: one["score"] for name, one in entry.exercises.items()}
    after = {name: one["score"] for name, one in graded.exercises.items()}
    return [
        Change(graded.student, graded.lesson, name, before.get(name, 0.0), after.get(name, 0.0))
        for name in dict.fromkeys([*before, *after])
        if before.get(name, 0.0) != after.get(name, 0.0)
    ]


@contextlib.contextmanager
def _secondary():
    """Let a failure through only if nothing else is being raised already."""
    import sys

    primary = sys.exc_info()[1]
    try:
        yield
    except (GradingError, SandboxUnavailable):
        if primary is None:
            raise


@contextlib.contextmanager
def alone(path):
    """Hold a lock so that two grading runs do not meet; it goes with the process."""
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as problem:
        raise GradingError(f"{path.parent} cannot be written to ({problem.strerror}).") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except OSError as problem:
        if problem.errno in (errno.EAGAIN, errno.EACCES):
            raise GradingError("Another grading run is at work here. Wait for it to end.") from None
        raise
    finally:
        os.close(descriptor)
