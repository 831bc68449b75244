"""Where things lie: read from the nbgrader configuration, so that both tools agree."""

import contextlib
import functools
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from grader.grading.errors import GradingError
from grader.grading.lesson import load_lesson

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Settings:
    """The folders and the gradebook of one course."""

    directory: object
    """What nbgrader knows of the course's folders."""
    parent: object
    """The nbgrader application, for the configuration it has read."""
    gradebook: str
    submitted: Path
    autograded: Path
    home: Path
    """Where the hidden seed is kept and the lock is held."""

    @property
    def course_id(self):
        """The name of the course in the gradebook."""
        return self.directory.course_id or "default_course"

    def lessons(self, names=()):
        """Return the lessons named, by folder, number or slug; all if none is named."""
        found = sorted(Path(self.path("release", ".", "*")).parent.glob("*/*.ipynb"))
        paths = {path.parent.name: path for path in found if _is_lesson(path)}
        chosen = [_find(name, paths) for name in names] if names else list(paths)
        return [load_lesson(paths[name]) for name in dict.fromkeys(chosen)]

    def path(self, step, student, lesson):
        """Return nbgrader's folder of a step, such as "autograded"."""
        directory = getattr(self.directory, f"{step}_directory")
        return Path(os.path.normpath(self.directory.format_path(directory, student, lesson)))


def load_settings(submitted=None, gradebook=None, autograded=None, start=None):
    """Return the settings of the course in this folder, or of this repository.

    Parameters
    ----------
    submitted, autograded : str or Path, optional
        Folders in place of the configured ones.
    gradebook : str, optional
        Address of a database in place of the configured one.
    start : Path, optional
        Folder in which to look for the configuration.
    """
    start = Path(start or Path.cwd())
    app = _app(start if (start / CONFIG).exists() else ROOT)
    return settings_of(app.coursedir, app, submitted, gradebook, autograded)


def settings_of(directory, parent, submitted=None, gradebook=None, autograded=None):
    """Return the settings for nbgrader's course directory; arguments as for `load_settings`."""
    url = _url(gradebook or directory.db_url)
    configured = Settings(directory, parent, url, Path(), Path(), Path())
    return Settings(
        directory,
        parent,
        url,
        Path(submitted or _base(configured, "submitted")).absolute(),
        Path(autograded or _base(configured, "autograded")).absolute(),
        _home(url, directory),
    )


@functools.cache
def _app(folder):
    from nbgrader.apps import NbGrader

    with contextlib.chdir(folder):
        app = NbGrader(log_level=logging.ERROR)
        app.initialize([])
    return app


def _base(settings, step):
    """Return the folder above all students of a step."""
    path = settings.path(step, "{student}", "lesson")
    return next(parent.parent for parent in [path, *path.parents] if parent.name == "{student}")


def _url(text):
    """Return the address of a database; a plain path means SQLite."""
    return text if "://" in text else f"sqlite:///{Path(text).absolute()}"


def _home(url, directory):
    """Return the folder of the gradebook; for a server the folder of the course's own."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///").partition("?")[0]).absolute().parent
    own = Path(directory.root) / "grader"
    return own if own.is_dir() else Path(directory.root)


def _is_lesson(path):
    return path.parent.name.partition("_")[2] == path.stem


def _find(name, paths):
    name = name.rstrip("/")
    for folder in paths:
        number, _, slug = folder.partition("_")
        if name in (folder, number, slug):
            return folder
    known = ", ".join(paths) or "none; run: make build"
    raise GradingError(f"There is no lesson {name!r}. The lessons are: {known}")
