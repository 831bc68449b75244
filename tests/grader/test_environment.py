"""Tests of grader.environment."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

from grader import environment
from grader.environment import examine_environment, widget_round_trip

ROOT = Path(__file__).parents[2]


def _row(report, name):
    return next(row for row in report.rows if row.name == name)


def test_this_machine_is_ready(tmp_path):
    report = examine_environment(tmp_path)

    assert report.ready, repr(report)
    assert repr(report).startswith("Everything is in place.")


def test_words_hold_no_version_and_no_path(tmp_path):
    text = repr(examine_environment(tmp_path))

    assert not re.search(r"\d", text)
    assert str(tmp_path) not in text


def test_a_missing_package_says_what_to_do(monkeypatch):
    def version(distribution):
        raise importlib.metadata.PackageNotFoundError(distribution)

    monkeypatch.setattr(importlib.metadata, "version", version)
    report = examine_environment()

    assert not report.ready
    assert _row(report, "NumPy").words == (
        "not found: close JupyterLab and start it with `make lab`"
    )


@pytest.mark.parametrize(("found", "ready"), [("2.1.9", False), ("2.2.0", True), ("10.0", True)])
def test_versions_are_compared_as_numbers(monkeypatch, found, ready):
    monkeypatch.setattr(importlib.metadata, "version", lambda distribution: found)

    assert _row(examine_environment(), "NumPy").ready is ready


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path):
    report = examine_environment(tmp_path / "nowhere")

    assert not _row(report, "This folder").ready


def test_an_old_python_is_told_so(monkeypatch):
    monkeypatch.setattr(environment, "PYTHON", (99, 0))

    assert _row(examine_environment(), "Python").words.startswith("too old: install Python 99.0")


def test_oldest_versions_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = dict(
        re.fullmatch(r"([\w-]+)(?:>=([\d.]+))?.*", line).groups()
        for line in project["dependencies"]
    )

    for distribution, oldest in environment.NEEDED.values():
        assert ".".join(map(str, oldest)) == (stated[distribution] or "")


def test_table_escapes_and_names_every_row(tmp_path):
    html = examine_environment(tmp_path)._repr_html_()

    assert html.count("<tr>") == len(environment.NEEDED) + 2


def test_pressing_the_button_is_answered():
    trip = widget_round_trip()

    trip.button.click()

    assert "widgets work" in trip.answer.value


def test_button_reads_the_same_every_time():
    bundle = widget_round_trip()._repr_mimebundle_()

    assert bundle["text/plain"] == repr(widget_round_trip())
