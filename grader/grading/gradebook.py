"""The one writer to nbgrader's gradebook: whole batches, each with its entries in our ledger.

The ledger is a table of ours in the same database. An entry says what a verdict depended on, and is
saved in one transaction with the grades, so that a killed run can tell what it has done.
"""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import nbformat
import sqlalchemy
from alembic.script import ScriptDirectory
from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import Column, MetaData, String, Table, Text, select

from grader.grading.errors import GradingError

METADATA = MetaData()
LEDGER = Table(
    "course_ledger",
    METADATA,
    Column("student", String(128), primary_key=True),
    Column("lesson", String(128), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("content", String(64), nullable=False),
    Column("exercises", Text, nullable=False),
    Column("detail", Text, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """What the ledger knows about one submission."""

    key: str
    content: str
    exercises: dict
    detail: dict


class GradebookWriter:
    """Saves verdicts as `nbgrader autograde` would.

    Parameters
    ----------
    url : str
        Any SQLAlchemy address that nbgrader takes.
    course_id : str, optional
        nbgrader's name of the course.
    parent : Application, optional
        The nbgrader application, whose configuration says how late work is penalised.
    """

    def __init__(self, url, course_id="default_course", parent=None):
        self._url, self._shown = url, shown_url(url)
        with self._explained():
            _make(url)
            self._book = api.Gradebook(url, course_id)
            METADATA.create_all(self._book.engine)
        self._late = AssignLatePenalties(parent=parent)
        self._late.init_plugin()
        self._notebooks = {}

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """Close the connection."""
        self.close()

    def close(self):
        """Close the connection."""
        self._book.close()

    def prepare(self, lesson):
        """Make the gradebook know a lesson, as `nbgrader generate_assignment` does."""
        with self._explained():
            self._book.update_or_create_assignment(lesson.folder)
            if not self._knows(lesson):
                self._save_cells(lesson)
            self._book.db.expire_all()
            notebook = self._book.find_notebook(lesson.slug, lesson.folder)
            ids = {cell.name: cell.id for cell in notebook.grade_cells}
            comments = {cell.name: cell.id for cell in notebook.solution_cells}
            self._notebooks[lesson.folder] = (
                notebook.assignment_id,
                notebook.id,
                ids,
                comments,
            )
            self._book.db.commit()

    def _knows(self, lesson):
        try:
            notebook = self._book.find_notebook(lesson.slug, lesson.folder)
        except api.MissingEntry:
            return False
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        stored = {cell.name: (cell.checksum, cell.source) for cell in notebook.source_cells}
        marked = {name: cell["metadata"]["nbgrader"] for name, cell in lesson.marked_cells.items()}
        return points == {
            name: float(m["points"]) for name, m in marked.items() if m["grade"]
        } and stored == {
            name: (m["checksum"], lesson.marked_cells[name]["source"]) for name, m in marked.items()
        }

    def _save_cells(self, lesson):
        place = {"notebook": lesson.slug, "assignment": lesson.folder, "db_url": self._url}
        notebook = nbformat.from_dict(json.loads(json.dumps(lesson.notebook)))
        self._book.db.commit()
        try:
            SaveCells().preprocess(notebook, {"nbgrader": place})
        except RuntimeError:
            raise GradingError(
                f"{lesson.folder} has other cells than the gradebook has grades for. Grade it with "
                "the release those grades were made with, or start a new gradebook: --gradebook URL"
            ) from None

    def entries(self, lesson):
        """Return what the ledger knows about a lesson, by student."""
        with self._explained():
            rows = self._book.db.execute(
                select(LEDGER).where(LEDGER.c.lesson == lesson.folder)
            ).all()
            self._book.db.commit()
        return {row.student: _entry(row) for row in rows}

    def entry(self, student, lesson_folder):
        """Return what the ledger knows about one submission, or None."""
        with self._explained():
            row = self._book.db.execute(
                select(LEDGER).where(LEDGER.c.lesson == lesson_folder, LEDGER.c.student == student)
            ).one_or_none()
            self._book.db.commit()
        return _entry(row) if row else None

    def save(self, batch):
        """Save verdicts, all of them or, if anything goes wrong, none."""
        with self._explained(), self._transaction():
            for graded in batch:
                self._save(graded)
                self._note(graded)

    def note(self, graded):
        """Save only the ledger's entry; the grades have been saved by nbgrader itself."""
        with self._explained(), self._transaction():
            self._note(graded)

    def _save(self, graded):
        session = self._book.db
        submission = self._submission(graded)
        if graded.timestamp:
            submission.timestamp = parse_utc(graded.timestamp)
        _, notebook_id, *_ = self._notebooks[graded.lesson]
        notebook = next(one for one in submission.notebooks if one.notebook_id == notebook_id)
        names = self._names(graded.lesson)
        for grade in notebook.grades:
            grade.auto_score = graded.grades[names[grade.cell_id]]
            ungraded = grade.auto_score is None or grade.manual_score is not None
            grade.needs_manual_grade = ungraded
        for comment in notebook.comments:
            comment.auto_comment = graded.comments[names[comment.cell_id]]
        notebook.late_submission_penalty = None
        if submission.timestamp is not None:
            session.flush()
            self._penalise(submission, notebook, graded.student)

    def _names(self, lesson_folder):
        _, _, grades, comments = self._notebooks[lesson_folder]
        return {cell_id: name for name, cell_id in [*grades.items(), *comments.items()]}

    def _penalise(self, submission, notebook, student):
        late = submission.total_seconds_late
        if late <= 0:
            return
        self._book.db.refresh(notebook, ["score"])
        penalty = self._late.plugin_inst.late_submission_penalty(student, notebook.score, late)
        if penalty is not None:
            notebook.late_submission_penalty = self._late._check_late_penalty(notebook, penalty)

    def _submission(self, graded):
        """Return nbgrader's record of a submission, made if it is not there."""
        session = self._book.db
        assignment_id, notebook_id, grades, comments = self._notebooks[graded.lesson]
        if session.get(api.Student, graded.student) is None:
            session.add(api.Student(id=graded.student))
            session.flush()
        submission = session.execute(
            select(api.SubmittedAssignment).where(
                api.SubmittedAssignment.assignment_id == assignment_id,
                api.SubmittedAssignment.student_id == graded.student,
            )
        ).scalar_one_or_none()
        if submission is not None:
            return submission
        submission = api.SubmittedAssignment(assignment_id=assignment_id, student_id=graded.student)
        notebook = api.SubmittedNotebook(notebook_id=notebook_id, assignment=submission)
        for cell_id in grades.values():
            api.Grade(cell_id=cell_id, notebook=notebook)
        for cell_id in comments.values():
            api.Comment(cell_id=cell_id, notebook=notebook)
        session.add(submission)
        return submission

    def _note(self, graded):
        session = self._book.db
        here = (LEDGER.c.student == graded.student) & (LEDGER.c.lesson == graded.lesson)
        session.execute(LEDGER.delete().where(here))
        session.execute(
            LEDGER.insert().values(
                student=graded.student,
                lesson=graded.lesson,
                key=graded.key,
                content=graded.content,
                exercises=json.dumps(graded.exercises),
                detail=graded.detail,
            )
        )

    @contextlib.contextmanager
    def _transaction(self):
        try:
            yield
            self._book.db.commit()
        except BaseException:
            self._book.db.rollback()
            raise
        self._book.db.expunge_all()

    @contextlib.contextmanager
    def _explained(self):
        """Turn what a database says into what a person can do."""
        try:
            yield
        except (sqlalchemy.exc.SQLAlchemyError, api.InvalidEntry, OSError, ImportError) as problem:
            raise GradingError(_explanation(problem, self._shown)) from problem


def _schema_version():
    """Return the newest version of nbgrader's schema, without starting alembic as a program."""
    return ScriptDirectory(str(Path(api.__file__).parent / "alembic")).get_current_head()


api.get_alembic_version = _schema_version


def _make(url):
    """Make a new SQLite file as a whole, so that a killed run leaves none half made."""
    address = sqlalchemy.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return
    file = Path(address.database)
    if file.exists():
        return
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        api.Gradebook(f"sqlite:///{draft}").close()
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _entry(row):
    return Entry(row.key, row.content, json.loads(row.exercises), json.loads(row.detail))


def shown_url(url):
    """Return a database's address without its password."""
    try:
        return sqlalchemy.make_url(url).render_as_string(hide_password=True)
    except sqlalchemy.exc.ArgumentError:
        return "the address of the gradebook"


ADVICE = {
    "locked": "Another program is writing to it. Close it or wait, then run the command again.",
    "readonly": "It may not be written to. Change its permissions or use another: --gradebook URL",
    "full": "The disk is full. Make room, then run the command again.",
    "unable to open": "The folder is missing or may not be written to.",
    "not a database": "The file is no database. Move it away or use another: --gradebook URL",
    "malformed": "The file is damaged. Restore it from a backup.",
    "no such column": "It was made by another version of nbgrader. Run: nbgrader db upgrade",
    "refused": "Nothing answers at this address. Is the server running?",
    "unique": "Another grading run saved the same submission. Run the command again.",
}


def _explanation(problem, url):
    text = " ".join(str(getattr(problem, "orig", None) or problem).split())[:300]
    advice = next((advice for sign, advice in ADVICE.items() if sign in text.lower()), "")
    return f"The gradebook {url} cannot be used: {text}. {advice} Nothing was saved half.".strip()
