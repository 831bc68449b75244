"""Tests of grader.testing."""

import pytest

from grader import testing


@pytest.fixture
def handed_on(monkeypatch):
    """Return the list of what pytest is called with."""
    calls = []
    monkeypatch.setattr(testing.pytest, "main", lambda words: calls.append(words) or 0)
    return calls


def test_everything_is_run_and_compared(handed_on):
    testing.run()
    [words] = handed_on
    assert {"tests", "solutions", "--nbval"} <= set(words)


def test_options_narrow_everything(handed_on):
    testing.run(["-k", "softmax"])
    assert {"-k", "softmax", "tests"} <= set(handed_on[0])


def test_a_path_is_run_alone(handed_on):
    testing.run(["tests/test_sizes.py::test_module_is_short_enough_to_read"])
    assert "tests" not in handed_on[0]


def test_status_of_pytest_is_the_status(monkeypatch):
    monkeypatch.setattr(testing.pytest, "main", lambda words: 1)
    assert testing.run() == 1


def test_lint_without_fixing_changes_nothing():
    words = [word for command in testing.lint_commands(fix=False).values() for word in command]
    assert "--fix" not in words
    assert "--check" in words
