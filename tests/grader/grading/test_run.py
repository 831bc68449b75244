import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy

from grader.grading import run as run_module
from grader.grading import worker
from grader.grading.errors import GradingError
from grader.grading.gradebook import GradebookWriter
from tests.grader.grading.small_course import (
    FOLDER,
    ROOT,
    SLUG,
    answered,
    solution,
    solved,
)

pytestmark = pytest.mark.sandbox
ROWS = """
    select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade
    from grade g join base_cell c on c.id = g.cell_id
    join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id
    ;
    select s.student_id, c.name, m.auto_comment, m.manual_comment, null
    from comment m join base_cell c on c.id = m.cell_id
    join submitted_notebook n on n.id = m.notebook_id
    join submitted_assignment s on s.id = n.assignment_id
    ;
    select s.student_id, n.late_submission_penalty, s.timestamp, s.extension, n.flagged
    from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id
    ;
    select id, first_name, last_name, email, lms_user_id from student
"""


def rows(course):
    """Return what nbgrader's gradebook holds, without its random ids."""
    engine = sqlalchemy.create_engine(course.gradebook)
    with engine.connect() as connection:
        queries = map(sqlalchemy.text, ROWS.split(";"))
        found = sorted(repr(row) for query in queries for row in connection.execute(query).all())
    engine.dispose()
    return found


def a_class(course, notebook):
    """Hand in one submission of each kind."""
    course.submit("ada", solved(notebook))
    course.submit("bob", notebook)
    course.submit("cleo", answered(notebook, {"neuron": solution("neuron")}))
    course.submit("dan", answered(solved(notebook), {"neuron": "def neuron(x"}))
    course.submit("eve", b"\xff")
    course.path("fay").parent.mkdir(parents=True)


def scores(report):
    """Return the points by student."""
    from grader.grading.reports import score_of

    return {student: score_of(entry) for (student, _), entry in report.entries.items()}


def test_every_submission_is_graded_and_reported(course, notebook, here):
    a_class(course, notebook)

    report = here(course)

    assert scores(report) == {"ada": 9, "bob": 0, "cleo": 2, "dan": 7, "eve": 0, "fay": 0}
    statuses = {student: e.detail["status"] for (student, _), e in report.entries.items()}
    assert statuses["eve"] == "refused: not text in UTF-8"
    assert statuses["fay"] == "missing: there is no forward_propagation.ipynb"


def test_a_second_run_grades_nothing(course, notebook, here):
    a_class(course, notebook)
    first = here(course)

    again = here.executor()
    second = here(course, again)

    assert (second.graded, second.kept) == (0, 6)
    assert again.tasks == []
    assert scores(second) == scores(first)


def test_a_new_version_of_a_submission_is_graded(course, notebook, here):
    course.submit("bob", notebook)
    here(course)

    course.submit("bob", solved(notebook))

    assert scores(here(course)) == {"bob": 9}


def test_a_lost_graded_notebook_is_made_again(course, notebook, here):
    course.submit("bob", notebook)
    here(course)
    graded = course.root / "grader" / "autograded" / "bob" / FOLDER / f"{SLUG}.ipynb"
    graded.unlink()

    assert here(course).graded == 1
    assert graded.exists()


def test_changes_of_scores_are_announced_before_they_are_saved(course, notebook, here, monkeypatch):
    course.submit("ada", solved(notebook))
    course.submit("bob", notebook)
    here(course)
    before = rows(course)
    _correct_the_check(monkeypatch)
    announced = []

    def announce(changes):
        announced.extend(changes)
        assert rows(course) == before

    here(course, announce=announce)

    assert [(c.student, c.exercise, c.before, c.after) for c in announced] == [
        ("ada", "neuron", 2.0, 0.0)
    ]
    assert rows(course) != before


def test_a_dry_run_saves_nothing(course, notebook, here, monkeypatch):
    course.submit("ada", solved(notebook))
    here(course)
    before = rows(course)
    _correct_the_check(monkeypatch)

    report = here(course, dry_run=True)

    assert len(report.changes) == 1
    assert rows(course) == before


def _correct_the_check(monkeypatch):
    """Let the check of `neuron` be another one from now on, with another verdict."""
    from grader.grading import submission, worker
    from grader.result import Result

    examine = submission.examine

    def corrected(exercise, subject, seed):
        if exercise.name == "neuron":
            return Result("neuron", 0.0, 2, problem="Corrected.")
        return examine(exercise, subject, seed)

    monkeypatch.setattr(submission, "examine", corrected)
    monkeypatch.setattr(worker, "checks_hash", lambda lesson: "another")


def test_the_hidden_seed_is_made_once(course, notebook, here):
    course.submit("ada", solved(notebook))
    here(course)
    seed = (course.root / "grader" / "hidden_seed").read_text()

    report = here(course)

    assert (course.root / "grader" / "hidden_seed").read_text() == seed
    assert report.entries["ada", FOLDER].detail["seed"] == int(seed)


STEPS = [("graded", 3), ("written", 1), ("in a transaction", 2), ("saved", 1), ("saved", 2)]


@pytest.mark.parametrize("step, count", STEPS)
def test_a_run_killed_anywhere_goes_on_where_it_stopped(course, notebook, here, step, count):
    a_class(course, notebook)
    assert killed_run(course, here, step, count) == signal.SIGKILL

    report = here(course)

    assert report.graded + report.kept == 6
    undisturbed = type(course)(course.root / "undisturbed", course.release.read_text())
    a_class(undisturbed, notebook)
    seed = (course.root / "grader" / "hidden_seed").read_text()
    (undisturbed.root / "grader" / "hidden_seed").write_text(seed)
    here(undisturbed)
    assert rows(course) == rows(undisturbed)
    assert files(course) == files(undisturbed)


def killed_run(course, here, step, count):
    """Grade in a process that is killed after the given step; return the signal that ended it."""
    process = os.fork()
    if process == 0:
        try:
            run_module.BATCH = 2
            owner, name = {
                "graded": (worker, "grade"),
                "written": (run_module, "write_graded"),
                "in a transaction": (GradebookWriter, "_note"),
                "saved": (GradebookWriter, "save"),
            }[step]
            setattr(owner, name, killing(getattr(owner, name), count))
            here(course, Direct())
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(process, 0)[1])


class Direct:
    """An executor that looks its function up at each call."""

    def map(self, tasks):
        """Yield the verdict on each task."""
        return (worker.grade(task) for task in tasks)


def killing(function, count):
    """Return a function that kills this process after so many calls."""
    calls = []

    def call(*args, **kwargs):
        result = function(*args, **kwargs)
        calls.append(1)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


def files(course):
    """Return all graded notebooks."""
    folder = course.root / "grader" / "autograded"
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_two_runs_at_once_are_refused(course, notebook, here):
    course.submit("ada", notebook)
    (course.root / "grader").mkdir(exist_ok=True)

    with (
        run_module.alone(course.root / "grader" / run_module.LOCK),
        pytest.raises(GradingError, match="Another grading run"),
    ):
        here(course)


def test_a_locked_gradebook_is_named_and_nothing_saved(course, notebook, here):
    import sqlite3

    course.submit("ada", notebook)
    here(course)
    course.submit("ada", solved(notebook))
    before = rows(course)

    other = sqlite3.connect(course.root / "grader" / "gradebook.db")
    other.execute("begin exclusive")
    with pytest.raises(GradingError, match="Another program is writing"):
        here(course)
    other.rollback()
    other.close()

    assert rows(course) == before
    assert scores(here(course)) == {"ada": 9}


def test_a_gradebook_that_is_no_database_is_named(course, notebook, here):
    course.submit("ada", notebook)
    (course.root / "grader" / "gradebook.db").write_bytes(b"not a database" * 100)

    with pytest.raises(GradingError, match="The file is no database"):
        here(course)


def test_a_gradebook_in_a_folder_that_cannot_be_made_is_named(course, notebook, here):
    course.gradebook = f"sqlite:///{course.root}/grader/gradebook.db/sub/gradebook.db"
    (course.root / "grader" / "gradebook.db").write_text("a file")
    course.configure()
    course.submit("ada", notebook)

    with pytest.raises(GradingError, match=r"gradebook\.db/sub cannot be written to"):
        here(course)


def test_an_unwritable_folder_of_graded_notebooks_stops_without_half_a_state(
    course, notebook, here
):
    course.submit("ada", notebook)
    (course.root / "grader" / "autograded").write_text("a file where a folder should be")

    with pytest.raises(GradingError, match="cannot be written"):
        here(course)

    (course.root / "grader" / "autograded").unlink()
    assert here(course).graded == 1


def test_a_full_disk_keeps_what_was_saved_before(course, notebook, here, monkeypatch):
    a_class(course, notebook)
    write, monkey_left = run_module.write_graded, [3]

    def full_after_three(*args):
        monkey_left[0] -= 1
        if monkey_left[0] < 0:
            raise GradingError("The graded notebook cannot be written (No space left on device).")
        write(*args)

    monkeypatch.setattr(run_module, "BATCH", 1)
    monkeypatch.setattr(run_module, "write_graded", full_after_three)
    with pytest.raises(GradingError, match="No space left"):
        here(course)
    monkeypatch.undo()

    report = here(course)

    assert (report.kept, report.graded) == (3, 3)


@pytest.mark.slow
def test_workers_do_not_outlive_a_killed_grader(course, notebook):
    for number in range(20):
        course.submit(f"s{number}", solved(notebook))
    command = [sys.executable, "-m", "grader", "grade", "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    grader = subprocess.Popen(command, cwd=course.root, env=environment)
    deadline = time.monotonic() + 60
    while not list((course.root / "grader").glob("autograded/*")) and time.monotonic() < deadline:
        time.sleep(0.2)
    family = descendants(grader.pid)
    assert family

    grader.kill()
    grader.wait()
    time.sleep(2)

    assert [pid for pid in family if os.path.exists(f"/proc/{pid}") and not is_zombie(pid)] == []


def descendants(pid):
    """Return the ids of all processes below one."""
    from pathlib import Path

    below = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            below += [int(child), *descendants(int(child))]
    return below


def is_zombie(pid):
    """Say whether a process is dead and only not yet collected."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True
