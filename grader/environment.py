"""Says in plain words whether a machine is ready for the course.

The words hold no version, path or time, so that two good machines give the same output.
"""

import importlib.metadata
import re
import sys
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

import ipywidgets as widgets

from grader.card import BORDER, CARD, FAILED

PYTHON = (3, 11)
NEEDED = {
    "NumPy": ("numpy", (2, 2)),
    "Matplotlib": ("matplotlib", ()),
    "JupyterLab": ("jupyterlab", (4, 4)),
    "ipywidgets": ("ipywidgets", (8,)),
    "anywidget": ("anywidget", ()),
    "scikit-learn": ("scikit-learn", ()),
    "nbgrader": ("nbgrader", (0, 9, 6)),
}
"""What the lessons use: the name as people say it, the distribution and its oldest version."""
SIGN = {True: "✓", False: FAILED[0]}


@dataclass(frozen=True)
class Row:
    """One thing that was looked at."""

    name: str
    ready: bool
    words: str


class Report:
    """All that was looked at, as a table in a notebook and as lines elsewhere.

    Parameters
    ----------
    rows : list of Row
        In the order in which they are shown.
    """

    def __init__(self, rows):
        self.rows = tuple(rows)

    @property
    def ready(self):
        """Whether every row is."""
        return all(row.ready for row in self.rows)

    @property
    def headline(self):
        """What to make of it, in one sentence."""
        if self.ready:
            return "Everything is in place."
        return "Something is missing; the lines with a cross say what to do."

    def __repr__(self):
        """Return one line a row."""
        lines = [f"{SIGN[row.ready]} {row.name}: {row.words}" for row in self.rows]
        return "\n".join([self.headline, *lines])

    def _repr_html_(self):
        style = CARD.format(border=BORDER[self.ready])
        cells = "".join(
            f"<tr><td style='text-align: left'>{SIGN[row.ready]} {escape(row.name)}</td>"
            f"<td style='text-align: left'>{escape(row.words)}</td></tr>"
            for row in self.rows
        )
        return (
            f'<div class="course-card" role="status" style="{style}">'
            f"<p><strong>{escape(self.headline)}</strong></p>"
            f"<table><tbody>{cells}</tbody></table></div>"
        )


def examine_environment(folder=None):
    """Look at Python, the packages and the folder a notebook runs in.

    Parameters
    ----------
    folder : Path, optional
        By default the working directory, where answers will be kept.

    Returns
    -------
    report : Report
        Its words are the same on every machine that is ready.
    """
    packages = [_package(name, *needed) for name, needed in NEEDED.items()]
    return Report([_python(), *packages, _writable(Path(folder or Path.cwd()))])


def _python():
    if sys.version_info >= PYTHON:
        return Row("Python", True, "recent enough")
    wanted = ".".join(map(str, PYTHON))
    return Row("Python", False, f"too old: install Python {wanted} or later, then `make lab`")


def _package(name, distribution, oldest):
    try:
        found = importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return Row(name, False, "not found: close JupyterLab and start it with `make lab`")
    if _numbers(found) < oldest:
        return Row(name, False, "too old: close JupyterLab and start it with `make lab`")
    return Row(name, True, "found, recent enough")


def _numbers(version):
    """Return the leading numbers of a version: (2, 4, 6) for "2.4.6rc1"."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _writable(folder):
    name = "This folder"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Row(name, True, "can be written to, so your answers are kept")
    except OSError:
        return Row(name, False, "cannot be written to: move the course to a folder of your own")


class WidgetTrip(widgets.VBox):
    """A button whose press travels to Python and whose answer travels back."""

    def __init__(self):
        self.button = widgets.Button(description="Press me", tooltip="Send a press to Python")
        self.answer = widgets.HTML("<p>Python has not heard from this page yet.</p>")
        self.button.on_click(self._heard)
        super().__init__([self.button, self.answer])

    def _heard(self, _):
        self.answer.value = "<p>✓ Python heard the press and answered: widgets work.</p>"

    def __repr__(self):
        """Return what the widget is for."""
        return "A button to press: Python answers below it if widgets work."

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["text/plain"] = repr(self)
        return bundle


def widget_round_trip():
    """Return a button that tells whether page and Python hear each other.

    Returns
    -------
    button : WidgetTrip
        Shown by the notebook.
    """
    return WidgetTrip()
