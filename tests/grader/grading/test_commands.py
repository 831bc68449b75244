"""The command line: what an instructor and a learner type and read."""

import csv
import json
import shutil
import sys

import pytest

from grader.grading import commands
from grader.grading.display import printable
from grader.grading.plot import plot_class
from grader.grading.reports import document, write_csv
from grader.grading.self_check import check_own_work
from tests.grader.grading.small_course import FOLDER, ROOT, answered, mistake, solved
from tests.grader.grading.test_run import a_class

pytestmark = pytest.mark.sandbox


@pytest.fixture
def class_of_three(course, notebook, here):
    """Return the report on three submissions, two of them with the same mistake."""
    wrong = {"linear_forward": mistake("linear_forward", "_bias_forgotten")}
    course.submit("ada", solved(notebook))
    for student in ("bob", "=1+1"):
        course.submit(student, answered(solved(notebook), wrong))
    return here(course)


def test_grade_from_the_command_line(course, notebook):
    a_class(course, notebook)

    done = course.run("grade", "01", "--json", "r.json", "--csv", "r.csv", "--plot", "r.png")

    assert done.returncode == 0, done.stderr
    assert "refused: not text in UTF-8" in done.stdout
    entries = {
        e["student"]: e for e in json.loads((course.root / "r.json").read_text())["submissions"]
    }
    assert entries["ada"] == {
        "student": "ada",
        "lesson": FOLDER,
        "score": 9.0,
        "max_score": 10.0,
        "status": "graded",
        "exercises": {
            "neuron": {"score": 2.0, "max_score": 2.0, "mistake": ""},
            "linear_forward": {"score": 3.0, "max_score": 3.0, "mistake": ""},
            "mlp_forward": {"score": 4.0, "max_score": 4.0, "mistake": ""},
            "quiz-neuron-computes": {"score": 0.0, "max_score": 1.0, "mistake": ""},
        },
    }
    assert (course.root / "r.png").read_bytes().startswith(b"\x89PNG")


def test_without_bubblewrap_nothing_is_graded_and_the_message_says_what_to_do(course, notebook):
    course.submit("ada", solved(notebook))
    empty = course.root / "bin"
    empty.mkdir()

    done = course.run("grade", env={"PATH": str(empty)})

    assert done.returncode == 1
    assert "bubblewrap" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (course.root / "grader" / "gradebook.db").exists()


def test_without_a_sandbox_only_by_name(course, notebook):
    course.submit("ada", solved(notebook))
    empty = course.root / "bin"
    empty.mkdir()

    done = course.run("grade", "--no-sandbox", "--workers", "1", env={"PATH": str(empty)})

    assert done.returncode == 0, done.stderr
    assert "without a sandbox" in done.stderr


WRONG = {
    "an unknown lesson": (["99"], "The lessons are: 01_forward_propagation"),
    "no submissions": (["--submitted", "nowhere"], "There are no submissions"),
    "an unknown database": (["--gradebook", "nonsense://x"], "cannot be used"),
    "a report in a missing folder": (["--json", "no/where.json"], "cannot be written"),
}


@pytest.mark.parametrize("arguments, message", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_a_sentence(course, notebook, monkeypatch, arguments, message):
    from grader.grading.errors import GradingError

    course.submit("ada", notebook)
    monkeypatch.chdir(course.root)
    lessons = [one for one in arguments if one == "99"]
    options = {} if lessons else {arguments[0][2:]: arguments[1], "workers": 1}

    with pytest.raises(GradingError, match=message):
        commands.grade(lessons, **options)
    assert not (course.root / "autograded").exists(), "said only after the grading"


def test_explain_says_what_ran_and_why(course, class_of_three, monkeypatch, capsys):
    monkeypatch.chdir(course.root)

    commands.explain("bob", "linear_forward")

    text = capsys.readouterr().out
    assert "linear_forward, bob: 0 of 3 points" in text
    assert "Recognised as linear_forward/_bias_forgotten" in text
    assert "a batch of one (hidden)" in text
    assert "return X @ W, (X, W)" in text


@pytest.mark.parametrize("student, exercise", [("zoe", "neuron"), ("ada", "neurn")])
def test_explain_says_what_there_is(course, class_of_three, monkeypatch, student, exercise):
    from grader.grading.errors import GradingError

    monkeypatch.chdir(course.root)

    with pytest.raises(GradingError, match=r"has been graded|There are: .*neuron"):
        commands.explain(student, exercise)


def test_the_figures_name_the_misconception_of_the_class(class_of_three):
    figures = {one["exercise"]: one for one in document(class_of_three)["figures"]}

    assert figures["linear_forward"]["mistakes"] == {"linear_forward/_bias_forgotten": 2}
    assert (figures["linear_forward"]["solved"], figures["neuron"]["solved"]) == (1, 3)


def test_points_by_student_hold_no_formula(class_of_three, tmp_path):
    write_csv(class_of_three, tmp_path / "points.csv")

    rows = {row["student"]: row for row in csv.DictReader(open(tmp_path / "points.csv"))}

    assert rows.keys() == {"ada", "bob", "'=1+1"}
    assert rows["bob"][FOLDER] == "6"
    assert rows["bob"][f"{FOLDER}/linear_forward"] == "0"


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_plot_is_written(class_of_three, tmp_path, ending):
    plot_class(class_of_three, tmp_path / f"class.{ending}")

    assert (tmp_path / f"class.{ending}").stat().st_size > 1000


@pytest.fixture
def own_copy(tmp_path):
    """Return a learner's copy of the course, as released."""
    shutil.copytree(ROOT / "course", tmp_path / "my_course")
    (tmp_path / "my_course" / ".course").mkdir()
    return tmp_path / "my_course"


def test_a_learner_gets_the_same_report_for_their_own_work(own_copy, capsys):
    path = own_copy / FOLDER / "forward_propagation.ipynb"
    path.write_text(json.dumps(solved(json.loads(path.read_text()))))

    main = sys.modules["__main__"]

    passed = check_own_work(["01"], own_copy)

    assert sys.modules["__main__"] is main, "no process can be started from IPython's stand-in"
    text = capsys.readouterr().out
    assert not passed
    assert "neuron: Passed, 2 of 2 points" in text
    assert "Visible cases only" in text


def test_a_learner_without_a_notebook_is_told_how_to_get_one(tmp_path):
    from grader.grading.errors import GradingError

    (tmp_path / ".course").mkdir()

    with pytest.raises(GradingError, match="make lab"):
        check_own_work((), tmp_path)


def test_checking_changes_nothing_beside_the_notebook(own_copy):
    before = {path: path.read_bytes() for path in own_copy.rglob("*") if path.is_file()}

    check_own_work(["01"], own_copy)

    assert {p: p.read_bytes() for p in own_copy.rglob("*") if p.is_file()} == before


def test_what_a_learner_wrote_moves_no_cursor():
    assert printable("a\tb\x1b[2J\x9b31m\u202e9 of 9\r") == "a\tb�[2J�31m�9 of 9�"
