"""Tests of grader.cheatsheet."""

import html
import os
import re
import shutil

import pytest
from typer.testing import CliRunner

from grader import cheatsheet
from grader.cheatsheet import MORE, NoConverter, entries, fields, page, sections, write
from grader.cli import app
from grader.exercises import by_lesson, registry

CHROMIUM = os.environ.get("COURSE_CHROMIUM") or shutil.which("chromium")
DOC = """Scale a batch.

It has a second paragraph.

Parameters
----------
X : ndarray of shape (N, D)
    A batch.
eps : float, default=1e-5
    Added.

Returns
-------
out : ndarray of shape (N, D)
    ``X * 2``,
    twice.

Notes
-----
Biased.
"""


@pytest.fixture(scope="module")
def text():
    """Return the words of the page, without their tags."""
    return html.unescape(re.sub("<[^>]+>", "", page()))


def test_docstring_is_split_by_its_headings():
    assert list(sections(DOC)) == ["", "Parameters", "Returns", "Notes"]


def test_fields_have_a_name_a_shape_and_a_description():
    assert fields(sections(DOC)["Parameters"])[0] == ("X", "(N, D)", "A batch.")
    assert fields(sections(DOC)["Returns"]) == [("out", "(N, D)", "``X * 2``, twice.")]


@pytest.mark.parametrize("name", registry())
def test_every_exercise_is_there_with_its_traps(text, name):
    exercise = registry()[name]
    assert f"{name}(" in text
    for mistake in exercise.mistakes:
        assert exercise.hint(mistake).replace("`", "") in text.replace("`", "")


def test_every_public_function_stands_once():
    names = [entry.name for found in entries().values() for entry in found]
    assert {"adam_init", "logsumexp", "batchnorm_forward"} <= set(names)
    assert len(names) == len(set(names))


def test_lessons_come_in_order_and_the_rest_last():
    titles = list(entries())
    assert titles[:3] == ["Forward propagation", "Loss functions", "Chain rule"]
    assert {slug.replace("_", " ").capitalize() for slug in by_lesson()} <= set(titles)
    assert titles[-1] == MORE or MORE not in titles


def test_formula_and_shape_are_the_docstrings(text):
    assert "→ Z (N, M): Z[n, j] = X[n, 0] * W[0, j] + X[n, 1] * W[1, j] + ... + b[j]." in text
    assert "X (N, D), W (D, M), b (M,)" in text


def test_page_follows_the_docstring(monkeypatch):
    before = page()
    function = registry()["linear_backward"].reference
    monkeypatch.setattr(function, "__doc__", function.__doc__.replace("dZ", "upstream"))
    assert page() != before


def test_page_needs_nothing_from_elsewhere():
    assert not re.search(r"<(script|link|img)|url\(|@import", page())


def test_command_writes_html(tmp_path):
    done = CliRunner().invoke(app, ["cheatsheet", str(tmp_path / "sheet.html")])
    assert done.exit_code == 0
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8") == page()
    assert list(tmp_path.glob(".*")) == []


def test_without_a_converter_the_command_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_CHROMIUM", raising=False)
    monkeypatch.setattr(cheatsheet.shutil, "which", lambda name: None)
    done = CliRunner().invoke(app, ["cheatsheet", str(tmp_path / "sheet.pdf")])
    assert done.exit_code == 1
    assert "open it in a browser" in done.output
    assert list(tmp_path.iterdir()) == []


def test_converter_that_fails_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CHROMIUM", shutil.which("true") or "true")
    with pytest.raises(NoConverter):
        write(tmp_path / "sheet.pdf")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no chromium on the PATH")
def test_pdf_is_one(tmp_path):
    write(tmp_path / "sheet.pdf")
    data = (tmp_path / "sheet.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(data) > 100_000
