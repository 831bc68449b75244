"""Grading through nbgrader: its commands and formgrader's button, with our verdicts.

`CourseAutograde` takes the place of nbgrader's `Autograde`. A submission is screened before
anything of it is copied or parsed, and graded by `grade_submission` in the sandbox; then nbgrader's
own steps save the grades and the late penalties from the graded notebook.
"""

import contextlib
import fnmatch
import json
import os
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import api as api_app
from nbgrader.apps import autogradeapp
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor, SaveAutoGrades

from grader.grading import folder, worker
from grader.grading.errors import GradingError
from grader.grading.gradebook import GradebookWriter
from grader.grading.outbox import write_graded
from grader.grading.run import LOCK, alone
from grader.grading.screening import Refused, read_regular
from grader.grading.seed import hidden_seed
from grader.grading.settings import settings_of
from grader.sandbox.launch import SandboxUnavailable


def install(config):
    """Make nbgrader's commands and formgrader grade with `CourseAutograde`.

    Parameters
    ----------
    config : Config
        nbgrader's configuration. Should another `Autograde` run after all, it refuses to.
    """
    for module in (autogradeapp, api_app):
        module.Autograde = CourseAutograde
    # Formgrader's list of submissions reads timestamps too, and would wait for a pipe.
    CourseDirectory.get_existing_timestamp = _timestamp
    api_app.NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    config.Autograde.sanitize_preprocessors = [NeverInTheOpen]
    config.Autograde.autograde_preprocessors = [NeverInTheOpen]


class NeverInTheOpen(NbGraderPreprocessor):
    """Refuses to let a submission run outside the sandbox."""

    def preprocess(self, notebook, resources):
        """Raise, always."""
        raise NbGraderException("submissions of this course are graded in its sandbox only")


class CourseAutograde(Autograde):
    """Grades the submissions of one lesson in the sandbox."""

    def start(self):
        """Grade; raise `NbGraderException` with a message that says what to do."""
        try:
            with contextlib.chdir(self.coursedir.root):
                self._grade_all()
        except (GradingError, SandboxUnavailable) as problem:
            self.log.error(str(problem))
            raise NbGraderException(str(problem)) from None
        finally:
            worker.stop()

    def _grade_all(self):
        settings = settings_of(self.coursedir, self)
        (lesson,) = settings.lessons([self.coursedir.assignment_id])
        students = self._students(settings, lesson)
        with (
            alone(settings.home / LOCK),
            GradebookWriter(settings.gradebook, settings.course_id, self) as book,
        ):
            book.prepare(lesson)
            seed = hidden_seed(settings.home)
            entries = book.entries(lesson)
            for student in students:
                work = folder.read(settings.submitted, student, lesson.folder, lesson.slug)
                task = worker.Task(work, lesson, seed)
                place = Path(self._format_dest(lesson.folder, work.student))
                entry = entries.get(work.student)
                if self._is_done(task, place, entry):
                    self.log.info("Skipping existing assignment: %s", place)
                else:
                    self._grade(task, place, book)

    def _students(self, settings, lesson):
        left_out = self.coursedir.student_id_exclude.split(",")
        found = [
            student
            for student in folder.students(settings.submitted, lesson.folder)
            if fnmatch.fnmatchcase(student, self.coursedir.student_id) and student not in left_out
        ]
        if not found:
            pattern = self._format_source(lesson.folder, self.coursedir.student_id)
            raise GradingError(f"No notebooks were matched by '{pattern}'")
        return found

    def _is_done(self, task, place, entry):
        written = (place / f"{task.lesson.slug}.ipynb").exists()
        return not self.force and written and entry is not None and entry.key == task.key

    def _grade(self, task, place, book):
        self.log.info("Grading %s of %s in the sandbox", task.lesson.folder, task.work.student)
        graded = worker.grade(task)
        log = self.log.info if graded.status == "graded" else self.log.warning
        log("%s: %g of %g, %s", graded.student, graded.score, graded.max_score, graded.status)
        self._make_submission(graded)
        write_graded(place, task.lesson.slug, graded)
        notebook = nbformat.from_dict(json.loads(graded.text))
        resources = {
            "nbgrader": {
                "notebook": task.lesson.slug,
                "assignment": task.lesson.folder,
                "student": graded.student,
                "db_url": self.coursedir.db_url,
            }
        }
        for step in (SaveAutoGrades, AssignLatePenalties):
            notebook, resources = step(parent=self).preprocess(notebook, resources)
        book.note(graded)

    def _make_submission(self, graded):
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            if self.create_student:
                book.update_or_create_student(graded.student)
            else:
                self._find_student(book, graded.student)
            when = {"timestamp": graded.timestamp} if graded.timestamp else {}
            book.update_or_create_submission(graded.lesson, graded.student, **when)

    def _find_student(self, book, student):
        try:
            book.find_student(student)
        except MissingEntry:
            raise GradingError(f"No student with ID '{student}' exists in the database") from None


def _timestamp(directory, path):
    """Return when a submission was handed in, None if no readable file says so."""
    from nbgrader.utils import parse_utc

    try:
        text = read_regular(os.path.join(path, "timestamp.txt"), folder.MOST_TIMESTAMP)
        return parse_utc(text.decode().strip()) if text.strip() else None
    except FileNotFoundError:
        return None
    except (Refused, ValueError, OverflowError):
        directory.log.warning("%s holds no time", os.path.join(path, "timestamp.txt"))
        return None


def _submitted_timestamp(interface, lesson, student):
    """Return when a student handed a lesson in."""
    directory = interface.coursedir
    path = directory.format_path(directory.submitted_directory, student, lesson)
    return _timestamp(directory, os.path.abspath(path))
