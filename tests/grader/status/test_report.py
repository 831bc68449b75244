"""Tests of grader.status.report, grader.status.status and their commands."""

import io
from datetime import date

import pytest
from rich.console import Console
from typer.testing import CliRunner

from grader.cli import app
from grader.status import WELCOME, status
from grader.status.report import Page, plan_page, status_page
from grader.status.settings import Settings
from tests.grader.status.conftest import checked

TODAY = date(2026, 1, 1)
MISTAKE = "linear_backward/_bias_averaged"


def _run(*words):
    return CliRunner().invoke(app, words)


def test_page_names_what_is_done_met_weak_and_next(home, note):
    note(*[checked("linear_backward", 1, passed=False, mistake=MISTAKE)] * 2)
    text = repr(status_page(home, TODAY))
    assert "03 Chain rule · 1 of" in text
    assert "`linear_backward` · ○ open · The 1/N" in text
    assert "Weak topics\n  03 Chain rule · `linear_backward`" in text
    assert "The next 30 minutes\n  `course review`: 1 due" in text


def test_page_names_the_latest_interviews_and_where_they_were_weak(home, note):
    kinds = {"concept": 0.9, "debugging": 0.25}
    sat = {"kind": "interview", "points": 6, "max_points": 10, "by_kind": kinds}
    note(*({**sat, "name": f"30 minutes, mid, seed {seed}"} for seed in range(5)))

    text = repr(status_page(home, TODAY))

    assert "2026-01-01 · 30 minutes, mid, seed 4 · 60% of the points · weakest: debugging" in text
    assert "seed 1" not in text


@pytest.mark.parametrize(
    "damage",
    [
        {"points": "6"},
        {"max_points": 0},
        {"max_points": "9"},
        {"by_kind": [1]},
        {"by_kind": {"a": 1, "b": "x"}},
    ],
)
def test_damaged_interview_does_no_harm(home, note, damage):
    sat = {"kind": "interview", "name": "x", "points": 6, "max_points": 10, "by_kind": {}}
    note({**sat, **damage})

    assert "Lessons" in repr(status_page(home, TODAY))


def test_html_escapes_and_shows_code():
    html = Page([("A & B", [["`x < y`", "[red]"]])])._repr_html_()
    assert "A &amp; B" in html
    assert "<code>x &lt; y</code>" in html


def test_terminal_prints_brackets_as_they_are():
    told = io.StringIO()
    Page([("[bold]", [["[red]x[/red]"]])]).print_to(Console(file=told))
    assert "[bold]" in told.getvalue()
    assert "[red]x[/red]" in told.getvalue()


@pytest.mark.parametrize("place", ["elsewhere", "grading"])
def test_outside_a_copy_it_is_always_the_same(home, tmp_path_factory, monkeypatch, place):
    if place == "elsewhere":
        monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    else:
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(status()) == f"Progress\n  {WELCOME}"


def test_in_a_copy_it_is_the_status(home):
    assert "01 Forward propagation" in repr(status())


def test_plan_without_a_day_says_how_to_give_one(home):
    assert "course plan 2026-12-12" in repr(plan_page(home, TODAY))


def test_plan_after_the_interview_says_so(home):
    Settings(home).set_interview(date(2025, 12, 31))
    assert "It was on 2025-12-31" in repr(plan_page(home, TODAY))


def test_plan_lists_the_days_and_what_is_left_out(home):
    Settings(home).set_interview(date(2026, 1, 4))
    text = repr(plan_page(home, TODAY))
    assert "Interview\n  2026-01-04, in 3 days" in text
    assert "Thursday 2026-01-01, about" in text
    assert "Left out, about" in text


def test_command_plan_remembers_the_day(home):
    assert _run("plan", "three", "weeks").exit_code == 0
    assert "in 21 days" in _run("plan").output
    assert "in 21 days" in _run("status").output


def test_command_plan_refuses_what_is_no_day(home):
    done = _run("plan", "some", "time")
    assert done.exit_code == 1
    assert "names no day" in done.output


def test_damaged_settings_are_told(home):
    (home / "settings.json").write_text("{")
    assert "settings.json is damaged" in _run("status").output


@pytest.mark.parametrize("command", ["status", "plan", "diagnose", "quiz", "review"])
def test_command_without_a_copy_says_what_to_do(command, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setattr("grader.status.home.MY_COURSE", tmp_path_factory.mktemp("none"))
    done = _run(command)
    assert done.exit_code == 1
    assert "make lab" in done.output
