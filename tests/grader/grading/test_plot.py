"""Tests of grader.grading.plot: the picture of a class, in the format its name asks for."""

import re

import pytest

from grader.grading.errors import GradingError
from grader.grading.plot import MOST_BARS, format_of, plot_class
from tests.grader.grading import reports_made_up
from tests.grader.grading.reports_made_up import class_of_three, entry, report

STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


def _drawn(made, tmp_path):
    """Return the texts in a picture, from top to bottom of the file."""
    plot_class(made, tmp_path / "class.svg")
    return re.findall(r"<!-- (.*?) -->", (tmp_path / "class.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path, name",
    [("class.png", "png"), ("a.b/class.PDF", "pdf"), ("class.Svg", "svg"), ("class", "png")],
)
def test_the_ending_names_the_format(path, name):
    assert format_of(path) == name


@pytest.mark.parametrize("path", ["class.docx", "class.png.txt"])
def test_an_unknown_ending_is_said_with_those_there_are(path):
    with pytest.raises(GradingError, match=rf"{path} cannot be drawn; .* \.png, \.svg or \.pdf"):
        format_of(path)


@pytest.mark.parametrize("ending, start", STARTS.items())
def test_the_picture_is_of_that_format(tmp_path, ending, start):
    path = tmp_path / f"class.{ending.upper()}"

    plot_class(class_of_three(), path)

    assert path.read_bytes().startswith(start)


def test_the_title_names_the_hardest_exercise(tmp_path):
    assert "`linear_forward` fails most: 2 of 3" in _drawn(class_of_three(), tmp_path)


def test_the_misconception_of_the_class_stands_at_its_bar(tmp_path):
    drawn = [text.strip() for text in _drawn(class_of_three(), tmp_path)]

    assert "bias forgotten" in drawn


def test_where_everybody_has_solved_everything_the_title_says_so(tmp_path):
    solved = report({"ada": entry({"neuron": 2.0, "linear_forward": 3.0})})

    assert "Every exercise was solved by everybody" in _drawn(solved, tmp_path)


def test_a_class_without_submissions_is_drawn(tmp_path):
    assert "Every exercise was solved by everybody" in _drawn(report({}), tmp_path)


def test_of_many_exercises_the_hardest_are_drawn(tmp_path, monkeypatch):
    names = [f"exercise{n:02}" for n in range(MOST_BARS + 5)]
    monkeypatch.setattr(reports_made_up, "MAX_SCORES", dict.fromkeys(names, 100.0))
    scores = {name: float(n) for n, name in enumerate(names)}

    drawn = _drawn(report({"ada": entry(scores)}), tmp_path)

    assert [name for name in names if name in drawn] == names[:MOST_BARS]
