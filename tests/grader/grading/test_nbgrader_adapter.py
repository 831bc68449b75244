"""nbgrader's own commands and programming interface grade as `course grade` does."""

import contextlib
import os

import pytest
import sqlalchemy
from nbgrader.api import Gradebook

from grader.grading.gradebook import GradebookWriter
from grader.quiz import catalog
from tests.grader.grading.small_course import (
    FOLDER,
    QUESTION,
    SLUG,
    answered,
    code,
    mistake,
    solution,
    solved,
)
from tests.grader.grading.test_run import a_class, rows

pytestmark = pytest.mark.sandbox
LATE, DUE = "2031-01-02 10:00:00 UTC", "2031-01-01 10:00:00"


@pytest.fixture
def strict(course):
    """Let late work earn nothing."""
    no_points_for_late_work(course)


def no_points_for_late_work(course):
    """Set the penalty in a course's configuration."""
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')


@pytest.fixture
def nbgrader(course):
    """Return nbgrader's programming interface, which formgrader's buttons call."""
    from nbgrader.apps import NbGrader, NbGraderAPI

    with contextlib.chdir(course.root):
        app = NbGrader(log_level=50)
        app.initialize([])
        yield NbGraderAPI(app.coursedir, parent=app)


def autograde(nbgrader, *students, force=False):
    """Press the button for each student."""
    for student in students:
        result = nbgrader.autograde(FOLDER, student, force=force)
        assert result["success"], result.get("error", "") + result["log"]


def feedback_page(course, student):
    """Return a student's feedback page."""
    return (course.root / "grader" / "feedback" / student / FOLDER / f"{SLUG}.html").read_text()


def twin_of(course):
    """Return a second course with the same seed."""
    twin = type(course)(course.root / "twin", course.release.read_text())
    if "LateSubmissionPlugin" in (course.root / "nbgrader_config.py").read_text():
        no_points_for_late_work(twin)
    (twin.root / "grader" / "hidden_seed").write_text("12345\n")
    (course.root / "grader" / "hidden_seed").write_text("12345\n")
    return twin


def test_both_ways_leave_equal_rows(course, notebook, here, nbgrader):
    twin = twin_of(course)
    for one in (course, twin):
        a_class(one, notebook)
        one.submit("gil", solved(notebook), timestamp=LATE)

    autograde(nbgrader, "*")
    here(twin)

    assert rows(course) == rows(twin)
    assert len(rows(course)) > 40


FORGED = f"""
import grader.quiz
grader.quiz.quiz.points = lambda *names: 100
quiz.points = lambda *names: 100
open("answers.json", "w").write('{{"answers": {{"{QUESTION}": {{"points": 100}}}}}}')
"""


def test_quiz_points_come_from_the_file_both_ways_whatever_the_notebook_does(
    course, notebook, here, nbgrader
):
    twin = twin_of(course)
    right = catalog.find(QUESTION).reference()
    for one in (course, twin):
        for student, answer in {"ada": right, "bob": "A" if right != "A" else "B"}.items():
            entry = {"schema": 1, "answers": {QUESTION: {"v": answer}}}
            one.submit(student, answered(notebook, {"neuron": FORGED}), answers=entry)
        one.submit("cleo", answered(notebook, {"neuron": FORGED}))

    autograde(nbgrader, "*")
    here(twin)

    assert rows(course) == rows(twin)
    with contextlib.closing(Gradebook(course.gradebook)) as book:
        points = {name: book.find_submission(FOLDER, name).score for name in ("ada", "bob", "cleo")}
    assert points == {"ada": 1, "bob": 0, "cleo": 0}


def test_manual_grades_and_late_penalties_are_kept_both_ways(
    strict, course, notebook, here, nbgrader
):
    twin = twin_of(course)
    for one in (course, twin):
        one.submit("ada", solved(notebook), timestamp=LATE)
        one.submit("bob", notebook, timestamp="2031-01-01 09:00:00 UTC")
        with GradebookWriter(one.gradebook, "dl-interview-prep") as book:
            book.prepare(one.lesson)
        execute(one, f"update assignment set duedate = '{DUE}.000000'")

    autograde(nbgrader, "*")
    here(twin)
    for one in (course, twin):
        execute(one, "update grade set manual_score = 1.5 where auto_score = 3")
    autograde(nbgrader, "*", force=True)
    (twin.root / "grader" / "autograded" / "ada" / FOLDER / f"{SLUG}.ipynb").unlink()
    (twin.root / "grader" / "autograded" / "bob" / FOLDER / f"{SLUG}.ipynb").unlink()
    here(twin)

    assert rows(course) == rows(twin)
    with contextlib.closing(Gradebook(course.gradebook)) as book:
        ada = book.find_submission(FOLDER, "ada")
        assert (ada.score, ada.late_submission_penalty, ada.needs_manual_grade) == (7.5, 7.5, True)


def execute(course, statement):
    """Change the gradebook by hand."""
    engine = sqlalchemy.create_engine(course.gradebook)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(statement))
    engine.dispose()


def test_a_second_autograde_skips_and_forcing_does_not(course, notebook, nbgrader):
    course.submit("ada", notebook)
    autograde(nbgrader, "ada")

    assert "Skipping" in nbgrader.autograde(FOLDER, "ada", force=False)["log"]
    assert "Grading" in nbgrader.autograde(FOLDER, "ada", force=True)["log"]


def test_feedback_shows_cards_and_outputs_but_no_reference_and_no_seed(
    course, notebook, here, nbgrader
):
    notebook = answered(
        notebook,
        {
            "neuron": solution("neuron"),
            "linear_forward": mistake("linear_forward", "_bias_forgotten"),
        },
    )
    own = code("1 + 1")
    own["outputs"] = [
        {"output_type": "execute_result", "data": {"text/plain": "2 <b>", "text/html": "<script>"}}
    ]
    notebook["cells"].append(own)
    course.submit("ada", notebook)
    here(course)

    assert nbgrader.generate_feedback(FOLDER, "ada")["success"]

    page = feedback_page(course, "ada")
    assert "Set <code>W</code> to 0" in page
    assert "Saved by the learner" in page
    assert "2 &lt;b&gt;" in page
    seed = (course.root / "grader" / "hidden_seed").read_text().strip()
    for secret in (
        seed,
        solution("mlp_forward").split("\n")[-1].strip(),
        "linear_cases",
        "rng.norm",
    ):
        assert secret not in page.replace("rng.normal(size=(<span", "")


def test_feedback_of_a_refused_submission_says_why(course, notebook, here, nbgrader):
    course.submit("eve", b"\xff")
    here(course)

    assert nbgrader.generate_feedback(FOLDER, "eve")["success"]

    assert "not text in UTF-8" in feedback_page(course, "eve")


def test_export_has_every_student(course, notebook, here):
    a_class(course, notebook)
    here(course)

    done = course.nbgrader("export")

    assert done.returncode == 0, done.stderr
    lines = (course.root / "grades.csv").read_text().splitlines()
    assert len(lines) == 1 + 6


def test_one_bad_submission_does_not_stop_the_others(course, notebook, nbgrader):
    os.mkfifo(trap(course, "a-pipe"))
    trap(course, "a-link").symlink_to("/etc/passwd")
    future = solved(notebook)
    future["cells"][1]["metadata"]["nbgrader"]["schema_version"] = 99
    course.submit("future", future)
    twice = solved(notebook)
    twice["cells"] += twice["cells"]
    course.submit("twice", twice)
    course.submit("kernel", solved(notebook) | {"metadata": {"kernelspec": {"name": "sh"}}})
    os.mkfifo(course.submit("zoe", solved(notebook)).parent / "timestamp.txt")
    (course.path("zoe").parent / "numpy.py").write_text("raise SystemExit")

    autograde(nbgrader, "*")

    with contextlib.closing(Gradebook(course.gradebook)) as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(FOLDER)}
    assert scores == {
        "a-pipe": 0, "a-link": 0, "future": 9, "twice": 9, "kernel": 9, "zoe": 9,
    }  # fmt: skip
    assert nbgrader.get_submission(FOLDER, "zoe")["timestamp"] is None


def trap(course, student):
    """Return the path of a submission in a folder that is there."""
    path = course.path(student)
    path.parent.mkdir(parents=True)
    return path


def test_tags_and_stderr_and_stored_results_earn_nothing(course, notebook, nbgrader):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "nbval-skip"]
        if cell["cell_type"] == "code":
            text = {"text/plain": "np.float64(2.0)"}
            cell["outputs"] = [{"output_type": "execute_result", "data": text, "metadata": {}}]
    course.submit("ada", notebook)
    loud = solution("neuron").replace("z = w", "import warnings; warnings.warn('a')\n    z = w")
    course.submit("bob", answered(notebook, {"neuron": loud}))

    autograde(nbgrader, "*")

    with contextlib.closing(Gradebook(course.gradebook)) as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(FOLDER)}
    assert scores == {"ada": 0, "bob": 2}


def test_stock_autograde_refuses_to_run_a_submission(course, notebook, nbgrader):
    from nbgrader.converters.autograde import Autograde
    from nbgrader.converters.base import NbGraderException

    course.submit("ada", notebook)
    autograde(nbgrader, "ada")
    nbgrader.coursedir.student_id, nbgrader.coursedir.assignment_id = "ada", FOLDER
    stock = Autograde(coursedir=nbgrader.coursedir, parent=nbgrader.parent, force=True)

    with pytest.raises(NbGraderException):
        stock.start()


def test_without_a_sandbox_nothing_is_graded(course, notebook, nbgrader, monkeypatch):
    from grader.grading import worker
    from grader.sandbox import launch

    course.submit("ada", solved(notebook))
    worker.stop()
    monkeypatch.setattr(launch.shutil, "which", lambda name: None)

    result = nbgrader.autograde(FOLDER, "ada")

    assert not result["success"]
    assert "bubblewrap" in result["log"]
    with contextlib.closing(Gradebook(course.gradebook)) as book:
        assert book.assignment_submissions(FOLDER) == []


def test_the_command_line_reaches_the_same_grader(course, notebook):
    course.submit("ada", solved(notebook))

    done = course.nbgrader("autograde", FOLDER)

    assert done.returncode == 0, done.stderr
    assert "ada: 9 of 10, graded" in done.stderr
