"""Tests of grader.cli_grading: what is typed arrives, what goes wrong is a sentence."""

import pytest
from typer.testing import CliRunner

from grader.cli import app
from grader.grading import commands, self_check
from grader.grading.errors import GradingError
from grader.sandbox.launch import SandboxUnavailable


def _run(*words):
    return CliRunner().invoke(app, words)


@pytest.fixture
def calls(monkeypatch):
    """Return the calls of the three functions behind the commands."""
    calls = []
    for module, name in (
        (commands, "grade"),
        (commands, "explain"),
        (self_check, "check_own_work"),
    ):
        monkeypatch.setattr(module, name, lambda *args, **kwargs: calls.append((args, kwargs)))
    return calls


@pytest.fixture
def fail(monkeypatch):
    """Return a function that lets all three raise."""

    def fail(problem):
        def raising(*args, **kwargs):
            raise problem

        monkeypatch.setattr(commands, "grade", raising)
        monkeypatch.setattr(commands, "explain", raising)
        monkeypatch.setattr(self_check, "check_own_work", raising)

    return fail


COMMANDS = pytest.mark.parametrize(
    "words", [["check"], ["grade"], ["explain", "ada", "neuron"]], ids=lambda words: words[0]
)


@COMMANDS
@pytest.mark.parametrize(
    "problem", [GradingError("Say what to do."), PermissionError(13, "Say what to do.")], ids=repr
)
def test_what_goes_wrong_is_one_sentence(fail, words, problem):
    fail(problem)

    done = _run(*words)

    assert done.exit_code == 1
    assert "Say what to do." in done.output
    assert "Traceback" not in done.output


@COMMANDS
def test_a_bug_is_not_hidden(fail, words):
    fail(ZeroDivisionError())

    assert isinstance(_run(*words).exception, ZeroDivisionError)


@pytest.mark.parametrize("passed, status", [(True, 0), (False, 1)])
def test_status_of_a_check_is_whether_all_passed(monkeypatch, passed, status):
    monkeypatch.setattr(self_check, "check_own_work", lambda lessons: passed)

    assert _run("check", "01").exit_code == status


def test_a_missing_sandbox_is_a_sentence(fail):
    fail(SandboxUnavailable("Install bubblewrap."))

    done = _run("grade")

    assert (done.exit_code, "Install bubblewrap." in done.output) == (1, True)


def test_a_stopped_run_says_that_nothing_is_lost(fail):
    fail(KeyboardInterrupt())

    done = _run("grade")

    assert (done.exit_code, "What was graded is saved" in done.output) == (1, True)


def test_submissions_run_in_the_sandbox_unless_told(calls):
    _run("grade")
    _run("grade", "--no-sandbox")

    assert [options["sandboxed"] for _, options in calls] == [True, False]


def test_every_option_reaches_the_grading(calls):
    words = "grade 01 02 --submitted s --gradebook g --autograded a --workers 3 --dask d"
    done = _run(*words.split(), "--json", "j", "--csv", "c", "--plot", "p", "--dry-run")

    assert done.exit_code == 0, done.output
    [((lessons,), options)] = calls
    assert lessons == ["01", "02"]
    names = {"submitted": "s", "gradebook": "g", "autograded": "a", "dask": "d"}
    files = {"json": "j", "csv": "c", "plot": "p"}
    assert options == {**names, **files, "workers": 3, "dry_run": True, "sandboxed": True}


def test_no_worker_at_all_is_refused(calls):
    assert _run("grade", "--workers", "0").exit_code == 2
    assert calls == []


def test_explain_takes_a_student_and_an_exercise(calls):
    _run("explain", "ada", "neuron", "--gradebook", "g")

    assert calls == [(("ada", "neuron"), {"gradebook": "g"})]
