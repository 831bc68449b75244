"""The command line: what an instructor and a learner type and read."""

import json

import pytest

from grader.grading import commands
from tests.grader.grading.small_course import FOLDER, answered, mistake, solved
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
