"""Tests of grader.grading.display: what an instructor reads in the terminal."""

import io
import types

import pytest
from rich.console import Console

from grader.grading.display import (
    MOST_CHANGES,
    MOST_ROWS,
    Bar,
    Rate,
    printable,
    show_changes,
    show_report,
)
from grader.grading.run import Change
from tests.grader.grading.reports_made_up import LESSON, class_of_three, entry, report


@pytest.fixture
def console():
    """Return a terminal that keeps what it shows."""
    return Console(file=io.StringIO(), width=120)


def _shown(console):
    return console.file.getvalue()


def _changes(count):
    return [Change(f"s{n:03}", LESSON, "neuron", 2.0, 0.5) for n in range(count)]


def test_what_a_learner_wrote_moves_no_cursor():
    assert printable("a\tb\x1b[2J\x9b31m\u202e9 of 9\r") == "a\tb�[2J�31m�9 of 9�"


def test_honest_text_is_shown_as_it_is():
    assert printable("Zoë: σ(x) ≥ ½ 🎉") == "Zoë: σ(x) ≥ ½ 🎉"


def test_a_report_shows_points_statuses_and_misconceptions(console):
    show_report(class_of_three(), console)

    shown = _shown(console)
    rows = {line.split("│")[1].strip(): line for line in shown.split("\n") if "│" in line}
    assert "2 / 5" in rows["bob"]
    assert "refused: too large" in rows["=1+1"]
    assert "1 / 3" in rows["linear_forward"]
    assert "2 × bias_forgotten" in rows["linear_forward"]
    assert "Graded 2 in 4.0 s, 0.5 a second; 1 had been graded before." in shown


def test_a_run_that_graded_nothing_has_no_rate(console):
    kept = report({"ada": entry({"neuron": 2.0})}, kept=1, seconds=0.0)

    show_report(kept, console)

    assert "Graded 0 in 0.0 s; 1 had been graded before." in _shown(console)


def test_a_dry_run_says_that_nothing_was_saved(console):
    show_report(report({"ada": entry({"neuron": 2.0})}, written=False), console)

    assert "nothing was saved" in _shown(console)


def test_without_submissions_it_says_so(console):
    show_report(report({}), console)

    assert _shown(console) == "Nothing has been handed in.\n"


def test_of_many_submissions_those_that_need_a_person_come_first(console):
    entries = {f"s{n:03}": entry({"neuron": 2.0}) for n in range(MOST_ROWS + 2)}
    entries["zoe"] = entry({"neuron": 0.0}, status="refused: too large")

    show_report(report(entries), console)

    shown = _shown(console)
    assert "refused: too large" in shown
    assert "and 3 more" in shown
    assert f"s{MOST_ROWS + 1:03}" not in shown


@pytest.mark.parametrize("name", ["[bold red]ada", "[/]", "a[link=http://a.example]b"])
def test_names_are_shown_and_not_obeyed(console, name):
    show_report(report({name: entry({"neuron": 2.0}, status=f"graded: {name}")}), console)
    show_changes([Change(name, LESSON, "neuron", 2.0, 0.0)], console)

    assert _shown(console).count(name) == 3


def test_whose_score_changes_is_shown_before_and_after(console):
    show_changes(_changes(1), console)

    shown = _shown(console)
    assert "Scores of 1 submission change" in shown
    (row,) = (line for line in shown.split("\n") if "s000" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "s000", LESSON, "neuron", "2", "0.5",
    ]  # fmt: skip


def test_two_exercises_of_one_submission_count_once(console):
    changes = [Change("ada", LESSON, name, 1.0, 0.0) for name in ("neuron", "linear_forward")]

    show_changes(changes, console)

    assert "Scores of 1 submission change" in _shown(console)


def test_of_many_changes_the_rest_is_counted(console):
    show_changes(_changes(MOST_CHANGES + 7), console)

    shown = _shown(console)
    assert f"Scores of {MOST_CHANGES + 7} submissions change" in shown
    assert "... and 7 more." in shown


def test_that_no_score_changes_is_said(console):
    show_changes([], console)

    assert "no score changes" in _shown(console)


def test_the_bar_is_on_standard_error_and_counts(capsys):
    with Bar() as bar:
        bar.begin(3, 0)
        bar.advance()
        bar.advance()

    told = capsys.readouterr()
    assert told.out == ""
    assert "2/3" in told.err


def test_where_nothing_is_to_grade_there_is_no_bar(capsys):
    with Bar() as bar:
        bar.begin(0, 6)

    assert "Grading" not in capsys.readouterr().err


@pytest.mark.parametrize("speed, text", [(12.34, "12.3/s"), (None, "")])
def test_the_rate_is_shown_once_it_is_known(speed, text):
    assert Rate().render(types.SimpleNamespace(speed=speed)).plain == text
