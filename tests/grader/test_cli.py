"""Tests of grader.cli: thin commands, so thin tests."""

import pytest
from typer.testing import CliRunner

from grader import lab, learner_copy, testing
from grader.cli import app


def _run(*words):
    return CliRunner().invoke(app, words)


def test_without_a_command_it_lists_them():
    assert "reset" in _run().output


def test_lab_hands_unknown_options_on(monkeypatch):
    calls = []
    monkeypatch.setattr(lab, "start", lambda words, *, instructor: calls.append(words) or 0)
    assert _run("lab", "--no-browser", "--port", "9000").exit_code == 0
    assert calls == [["--no-browser", "--port", "9000"]]


def test_lab_for_an_instructor(monkeypatch):
    calls = []
    monkeypatch.setattr(lab, "start", lambda words, *, instructor: calls.append(instructor) or 0)
    _run("lab", "--instructor")
    assert calls == [True]


@pytest.mark.parametrize("status", [0, 1])
def test_status_of_the_tests_is_the_status(status, monkeypatch):
    monkeypatch.setattr(testing, "run", lambda words: status)
    assert _run("test", "-k", "softmax").exit_code == status


def test_reset_says_where_the_old_one_is(monkeypatch):
    monkeypatch.setattr(learner_copy, "reset_lesson", lambda *names: "/".join(names))
    assert "is in 01/slope" in _run("reset", "01", "slope").output


def test_reset_of_an_unknown_lesson_fails_with_a_sentence():
    done = _run("reset", "no-such-lesson")
    assert done.exit_code == 1
    assert "there is no lesson 'no-such-lesson'" in done.output
    assert "Traceback" not in done.output
