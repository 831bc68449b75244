"""Tests of grader.check."""

import inspect
import json
import linecache
import textwrap
from itertools import pairwise

import numpy as np
import pytest

from grader import progress
from grader.check import HONEST_TRIES, check
from grader.exercises import registry
from grader.stub import stub_body


def right(sizes):
    return sum((d + 1) * m for d, m in pairwise(sizes))


def wrong(sizes):
    return sum(sizes)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a learner's copy that is the working directory."""
    (tmp_path / progress.MARKER).touch()
    lesson = tmp_path / "01_forward_propagation"
    lesson.mkdir()
    monkeypatch.chdir(lesson)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


def test_the_function_is_found_where_check_was_called():
    namespace = {"check": check, "np": np}
    exec("def count_params(sizes):\n    return 0\nresult = check('count_params')", namespace)

    assert namespace["result"].hint == ""
    assert "cases pass" in str(namespace["result"])


def test_a_misspelt_exercise_is_no_error():
    assert "Did you mean `count_params`?" in str(check("count_parms"))


def test_a_pass_shows_the_model_answer():
    assert "def count_params" in check("count_params", right).answer


def test_nothing_is_written_outside_a_learners_copy(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    check("count_params", wrong)

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_while_grading(home, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    check("count_params", wrong)

    assert not (home / progress.FILE).exists()


def test_each_check_is_a_line(home):
    check("count_params", wrong)
    check("count_params", right)

    first, second = map(json.loads, (home / progress.FILE).read_text().splitlines())
    assert first["mistake"] == "count_params/_units_counted"
    assert (first["passed"], second["passed"]) == (False, True)


def test_the_model_answer_comes_after_honest_tries(home):
    answers = [check("count_params", wrong).answer for _ in range(HONEST_TRIES)]

    assert [bool(text) for text in answers] == [False] * (HONEST_TRIES - 1) + [True]


def test_an_untouched_stub_is_no_try(home):
    def count_params(sizes):
        raise NotImplementedError

    answers = [check("count_params", count_params).answer for _ in range(HONEST_TRIES + 1)]

    assert not any(answers)
    assert progress.events() == []


@pytest.mark.parametrize("name", ["debug_linear_forward", "linear_forward_vectorized"])
def test_a_released_body_that_nobody_touched_is_no_try(home, name):
    exercise = registry()[name]
    body = textwrap.indent(stub_body(exercise), "    ")
    cell = f"def {name}{inspect.signature(exercise.reference)}:\n{body}\n"
    linecache.cache[f"<{name}>"] = (len(cell), None, cell.splitlines(keepends=True), f"<{name}>")
    namespace = {"np": np, "check": check, "__name__": "__main__"}
    exec(compile(cell, f"<{name}>", "exec"), namespace)
    exec(f"result = check({name!r})", namespace)

    assert namespace["result"].untouched
    assert not namespace["result"].passed
    assert progress.events() == []


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(home):
    (home / progress.FILE).mkdir()

    assert check("count_params", right).passed
