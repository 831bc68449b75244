"""Tests of grader.grading.versions: what is graded again, and where a copy is out of date."""

import ast
import shutil
from pathlib import Path

import pytest

from grader.grading import versions
from grader.grading.lesson import Graded, Lesson
from grader.grading.versions import checks_hash, course_hash

ROOT = Path(__file__).parents[3]
EXERCISE = Graded("neuron-check", 2.0, "neuron")
QUIZ = Graded("quiz-neuron-computes", 1.0, questions=("neuron-computes",))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Return a copy of the course's own files."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("grader", "reference_impl"):
        kept = shutil.ignore_patterns("__pycache__", "submitted", "autograded", "*.db")
        shutil.copytree(ROOT / name, root / name, ignore=kept)
    (root / "viz").mkdir()
    (root / "viz" / "curves.py").write_text("pass\n")
    return root


@pytest.fixture
def fresh(monkeypatch, copied):
    """Return a function that hashes the copy as it is now."""
    monkeypatch.setattr(versions, "ROOT", copied)

    def fresh(function, *arguments):
        course_hash.cache_clear()
        versions._checks_hash.cache_clear()
        return function(*arguments)

    yield fresh
    course_hash.cache_clear()
    versions._checks_hash.cache_clear()


@pytest.fixture
def differs(fresh, copied):
    """Return a function that says whether a change of one file changes a hash."""

    def differs(path, function, *arguments):
        file = copied / path
        before, kept = fresh(function, *arguments), file.read_bytes()
        file.write_bytes(kept + b"\n")
        try:
            return fresh(function, *arguments) != before
        finally:
            file.write_bytes(kept)

    return differs


def _lesson(*graded):
    return Lesson("01_forward_propagation", "forward_propagation", "v", graded, (), b"")


@pytest.mark.parametrize(
    "path",
    [
        "grader/examine.py",
        "grader/compare.py",
        "grader/grading/cells.py",
        "grader/grading/screening.py",
        "grader/grading/submission.py",
        "grader/exercises/forward_propagation/neuron.py",
        "grader/exercises/forward_propagation/_inputs.py",
        "reference_impl/linear.py",
    ],
)
def test_what_judges_an_exercise_changes_its_version(differs, path):
    assert differs(path, checks_hash, _lesson(EXERCISE))


@pytest.mark.parametrize(
    "path",
    [
        "grader/exercises/optimizers/adam.py",
        "grader/quizzes/forward_propagation.json",
        "grader/quiz/scoring.py",
        "grader/quiz/widgets.py",
        "grader/grading/run.py",
        "grader/grading/display.py",
        "grader/card.py",
        "grader/cli.py",
        "viz/curves.py",
    ],
)
def test_what_does_not_judge_an_exercise_leaves_its_version(differs, path):
    assert not differs(path, checks_hash, _lesson(EXERCISE))


@pytest.mark.parametrize(
    "path, changes",
    [
        ("grader/quizzes/forward_propagation.json", True),
        ("grader/quiz/scoring.py", True),
        ("grader/quiz/points.py", True),
        ("grader/quizzes/optimizers.json", False),
        ("grader/quiz/widgets.py", False),
        ("grader/exercises/forward_propagation/neuron.py", False),
    ],
)
def test_a_quiz_changes_with_its_own_bank_and_with_what_scores_it(differs, path, changes):
    assert differs(path, checks_hash, _lesson(QUIZ)) is changes


def test_a_record_that_is_added_changes_the_version_of_its_lesson_alone(fresh, copied):
    lesson = _lesson(EXERCISE)
    new = copied / "grader" / "exercises" / "forward_propagation" / "new_topic.py"
    other = copied / "grader" / "exercises" / "optimizers" / "new_topic.py"
    before = fresh(checks_hash, lesson)

    other.write_text("")
    after_other = fresh(checks_hash, lesson)
    new.write_text("")
    after_own = fresh(checks_hash, lesson)
    new.unlink()
    other.unlink()

    assert after_other == before
    assert after_own != before


def test_two_equal_copies_have_equal_versions(fresh, copied, tmp_path, monkeypatch):
    first = fresh(checks_hash, _lesson(EXERCISE, QUIZ)), fresh(course_hash)
    shutil.copytree(copied, tmp_path / "other")
    monkeypatch.setattr(versions, "ROOT", tmp_path / "other")

    assert (fresh(checks_hash, _lesson(EXERCISE, QUIZ)), fresh(course_hash)) == first


@pytest.mark.parametrize(
    "path, changes",
    [
        ("grader/sandbox/wire.py", True),
        ("grader/grading/worker.py", True),
        ("grader/exercises/optimizers/adam.py", True),
        ("grader/quizzes/optimizers.json", True),
        ("reference_impl/linear.py", True),
        ("viz/curves.py", False),
    ],
)
def test_two_copies_differ_by_whatever_grading_uses(differs, path, changes):
    assert differs(path, course_hash) is changes


# What a verdict's modules import without its points, hints or problems depending on it.
DECIDE_NOTHING = {
    "card.py": "how a verdict looks",
    "exercises/__init__.py": "finds the records",
    "quiz/keys.py": "the authors' own answers",
    "quiz/render.py": "how a question looks",
    "sandbox/connection.py": "carries values unchanged",
    "sandbox/launch.py": "starts the sandbox",
    "sandbox/limits.py": "what a process may use",
    "sandbox/messages.py": "carries values unchanged",
    "sandbox/session.py": "carries values unchanged",
    "sandbox/syscalls.py": "what a process may do",
    "sandbox/wire.py": "carries values unchanged",
}


def _imported(path):
    """Yield the files below grader/ that a module imports, packages' own aside."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "grader":
            module = ROOT.joinpath(*node.module.split("."))
            for file in (module.with_suffix(".py"), *(module / f"{a.name}.py" for a in node.names)):
                if file.exists():
                    yield file
            if node.module == "grader.exercises":
                yield module / "__init__.py"


def test_every_module_that_decides_a_verdict_is_a_judge():
    found, left = set(), [ROOT / "grader" / name for name in versions.JUDGES]
    while left:
        path = left.pop()
        found.add(path)
        left += set(_imported(path)) - found

    names = {path.relative_to(ROOT / "grader").as_posix() for path in found}
    assert names - {*versions.JUDGES, *versions.QUIZ_JUDGES} == DECIDE_NOTHING.keys()
