"""Tests of ``python -m grader``."""

import runpy
import sys

import pytest


@pytest.mark.parametrize("words, status", [(["--help"], 0), (["no-such-command"], 2)])
def test_it_is_the_course_command(monkeypatch, capsys, words, status):
    monkeypatch.setattr(sys, "argv", ["grader", *words])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("grader", run_name="__main__")

    told = capsys.readouterr()
    assert ended.value.code == status
    assert "Usage: course" in told.out + told.err
