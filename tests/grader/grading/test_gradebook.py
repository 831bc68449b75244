"""Tests of grader.grading.gradebook: nbgrader's rows and the ledger, saved together or not."""

import contextlib
import dataclasses
import errno
import json

import pytest
import sqlalchemy
from nbgrader import api

from grader.grading import gradebook
from grader.grading.errors import GradingError
from grader.grading.gradebook import Entry, GradebookWriter, shown_url
from grader.grading.lesson import load_lesson
from grader.grading.worker import Graded
from tests.grader.grading.small_course import EXERCISES, FOLDER, QUESTION, SLUG, cell_of

CHECKS = [*(f"{name}-check" for name in EXERCISES), f"quiz-{QUESTION}"]


@pytest.fixture
def url(tmp_path):
    """Return the address of a gradebook that is not there yet."""
    return f"sqlite:///{tmp_path}/gradebook.db"


@pytest.fixture
def book(url, lesson):
    """Return the writer to a gradebook that knows the lesson."""
    with GradebookWriter(url) as book:
        book.prepare(lesson)
        yield book


def _graded(student="ada", points=(2.0, 3.0, 0.0, None), key="k", **facts):
    untouched = {name: "No response." for name in [*EXERCISES, f"{QUESTION}-answer"]}
    exercises = {"neuron": {"score": points[0], "max_score": 2.0, "mistake": ""}}
    return Graded(
        student,
        FOLDER,
        key,
        "content",
        "graded",
        sum(filter(None, points)),
        10.0,
        exercises,
        dict(zip(CHECKS, points, strict=True)),
        untouched | {"neuron": None},
        b"",
        json.dumps({"status": "graded"}),
        **facts,
    )


@contextlib.contextmanager
def _nbgrader(url):
    """Open the gradebook as nbgrader does."""
    with contextlib.closing(api.Gradebook(url)) as book:
        yield book


def _points(url, student):
    with _nbgrader(url) as book:
        notebook = book.find_submission_notebook(SLUG, FOLDER, student)
        return {grade.name: grade.auto_score for grade in notebook.grades}


def _change(url, statement):
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(statement))
    engine.dispose()


def test_nbgrader_reads_the_points_the_comments_and_who_needs_a_person(book, url):
    book.save([_graded()])

    with _nbgrader(url) as read:
        notebook = read.find_submission_notebook(SLUG, FOLDER, "ada")
        assert (notebook.score, notebook.max_score) == (5.0, 10.0)
        assert {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades} == {
            "neuron-check": (2.0, False),
            "linear_forward-check": (3.0, False),
            "mlp_forward-check": (0.0, False),
            f"quiz-{QUESTION}": (None, True),
        }
        comments = {c.name: c.auto_comment for c in notebook.comments}
        assert comments["neuron"] is None
        assert comments["mlp_forward"] == "No response."


def test_nbgrader_knows_the_lesson_as_after_a_release(book, url, lesson):
    with _nbgrader(url) as read:
        notebook = read.find_notebook(SLUG, FOLDER)
        cells = {cell.name: cell.max_score for cell in notebook.grade_cells}
        sources = {cell.name: cell.source for cell in notebook.source_cells}

    assert cells == dict(zip(CHECKS, [2.0, 3.0, 4.0, 1.0], strict=True))
    assert sources == {name: cell["source"] for name, cell in lesson.marked_cells.items()}


def test_a_second_grading_takes_the_place_of_the_first(book, url):
    book.save([_graded(points=(2.0, 3.0, 4.0, 1.0), key="old")])

    book.save([_graded(points=(0.0, 3.0, 4.0, 1.0), key="new")])

    assert _points(url, "ada")["neuron-check"] == 0.0
    assert book.entry("ada", FOLDER).key == "new"
    with _nbgrader(url) as read:
        assert len(read.assignment_submissions(FOLDER)) == 1


def test_what_a_person_gave_stays_and_asks_to_be_seen_again(book, url):
    book.save([_graded(points=(2.0, 3.0, 4.0, 1.0))])
    _change(url, "update grade set manual_score = 1.5 where auto_score = 3")

    book.save([_graded(points=(2.0, 0.0, 4.0, 1.0))])

    with _nbgrader(url) as read:
        notebook = read.find_submission_notebook(SLUG, FOLDER, "ada")
        (one,) = (grade for grade in notebook.grades if grade.name == "linear_forward-check")
        assert (one.manual_score, one.auto_score, one.needs_manual_grade) == (1.5, 0.0, True)


def test_the_time_is_nbgraders(book, url):
    book.save([_graded(timestamp="2031-01-02T10:00:00")])

    with _nbgrader(url) as read:
        assert read.find_submission(FOLDER, "ada").timestamp.isoformat() == "2031-01-02T10:00:00"


@pytest.mark.parametrize("time, penalty", [("2031-01-01T09:00:00", None), ("2031-01-03", 5.0)])
def test_late_work_is_penalised_as_configured(url, lesson, time, penalty):
    from traitlets.config import Application, Config

    parent = Application(config=Config({"LateSubmissionPlugin": {"penalty_method": "zero"}}))
    with GradebookWriter(url, parent=parent) as book:
        book.prepare(lesson)
        _change(url, "update assignment set duedate = '2031-01-02 00:00:00.000000'")

        book.save([_graded(timestamp=time)])

    with _nbgrader(url) as read:
        notebook = read.find_submission_notebook(SLUG, FOLDER, "ada")
        assert notebook.late_submission_penalty == penalty


def test_the_ledger_tells_what_was_graded(book, lesson):
    book.save([_graded("ada", key="a"), _graded("bob", key="b")])

    entries = book.entries(lesson)

    assert entries.keys() == {"ada", "bob"}
    assert entries["bob"] == Entry("b", "content", _graded().exercises, {"status": "graded"})
    assert book.entry("cleo", FOLDER) is None
    assert book.entry("ada", "02_other") is None


def test_a_batch_is_saved_whole_or_not_at_all(book, url):
    no_such_cell = dataclasses.replace(_graded("bob"), grades={})

    with pytest.raises(KeyError):
        book.save([_graded("ada"), no_such_cell])

    assert book.entry("ada", FOLDER) is None
    with _nbgrader(url) as read:
        assert read.assignment_submissions(FOLDER) == []
        assert read.students == []


def test_after_a_batch_that_failed_the_next_one_is_saved(book, url):
    with pytest.raises(KeyError):
        book.save([dataclasses.replace(_graded("bob"), grades={})])

    book.save([_graded("ada")])

    assert _points(url, "ada")["neuron-check"] == 2.0


def test_what_nbgrader_itself_has_saved_is_noted_only(book, url):
    book.note(_graded("ada"))

    assert book.entry("ada", FOLDER).key == "k"
    with _nbgrader(url) as read:
        assert read.assignment_submissions(FOLDER) == []


def test_preparing_a_lesson_again_keeps_its_grades(book, url, lesson):
    book.save([_graded("ada")])

    book.prepare(lesson)
    book.save([_graded("bob")])

    assert _points(url, "ada")["neuron-check"] == _points(url, "bob")["neuron-check"] == 2.0


@pytest.fixture
def shorter(tmp_path, notebook):
    """Return the same lesson without its first exercise."""
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if cell not in (cell_of(notebook, "neuron"), cell_of(notebook, "neuron-check"))
    ]
    path = tmp_path / FOLDER / f"{SLUG}.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(notebook))
    return load_lesson(path)


def test_a_release_with_other_cells_than_there_are_grades_for_is_named(book, url, shorter):
    book.save([_graded("ada")])

    with pytest.raises(GradingError, match=f"{FOLDER} has other cells .* --gradebook URL"):
        book.prepare(shorter)

    assert _points(url, "ada")["neuron-check"] == 2.0


def test_before_anything_is_graded_a_release_may_change(book, url, shorter):
    book.prepare(shorter)

    with _nbgrader(url) as read:
        names = [cell.name for cell in read.find_notebook(SLUG, FOLDER).grade_cells]
    assert "neuron-check" not in names
    assert len(names) == 3


def test_a_gradebook_that_was_made_half_is_none(tmp_path, url, monkeypatch):
    def full(draft, file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(gradebook.os, "replace", full)

    with pytest.raises(GradingError, match="No space left on device"):
        GradebookWriter(url)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path, url):
    (tmp_path / "gradebook.db").write_bytes(b"not a database" * 100)

    with pytest.raises(GradingError, match=r"The file is no database\. Move it away"):
        GradebookWriter(url)

    assert (tmp_path / "gradebook.db").read_bytes() == b"not a database" * 100


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(GradingError, match="The folder is missing or may not be written to"):
        GradebookWriter(f"sqlite:///{tmp_path}/nowhere/gradebook.db")


def test_a_database_in_use_by_another_program_is_named(book, url):
    other = sqlalchemy.create_engine(url)
    book._book.db.execute(sqlalchemy.text("pragma busy_timeout = 1"))
    with other.connect() as connection:
        connection.execute(sqlalchemy.text("begin exclusive"))

        with pytest.raises(GradingError, match="Another program is writing to it"):
            book.save([_graded()])
    other.dispose()

    book.save([_graded()])
    assert book.entry("ada", FOLDER).key == "k"


@pytest.mark.parametrize("url", ["nonsense://x", "no address at all"])
def test_an_address_that_is_none_is_said(url):
    with pytest.raises(GradingError, match="cannot be used"):
        GradebookWriter(url)


@pytest.mark.parametrize(
    "url, shown",
    [
        ("postgresql://ada:secret@example.org/grades", "postgresql://ada:***@example.org/grades"),
        ("sqlite:////a/gradebook.db", "sqlite:////a/gradebook.db"),
        ("secret words", "the address of the gradebook"),
    ],
)
def test_an_address_is_shown_without_its_password(url, shown):
    assert shown_url(url) == shown
