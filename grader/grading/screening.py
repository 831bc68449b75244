"""Opens a submitted file and reads it as plain data, whatever it is.

Nothing here trusts the file: it is opened without following a link or waiting for a pipe, its size
and nesting are bounded before it is parsed, and every type is looked at before it is used.
"""

import json
import os
import stat
from dataclasses import dataclass

MEGABYTE = 2**20
MOST_BYTES = 10 * MEGABYTE
MOST_NESTED = 300_000
"""Lists and objects in the whole file; an honest notebook has a few thousand."""
MOST_CELLS = 2000
MOST_OUTPUTS = 200
CELL_TYPES = ("code", "markdown", "raw")
OPEN_FLAGS = [
    getattr(os, name, 0)
    for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
]


class Refused(ValueError):
    """The file is no notebook that can be graded; the message says why."""


@dataclass(frozen=True)
class Cell:
    """One cell, as the learner saved it."""

    kind: str
    source: str
    grade_id: str = ""
    cell_id: str = ""
    outputs: tuple = ()
    """Plain JSON of any shape; see `grader.grading.outputs`."""


@dataclass(frozen=True)
class Submitted:
    """What a submitted file holds."""

    cells: tuple[Cell, ...]
    version: str = ""
    """The version of the lesson it was made from, as it claims."""


def read_regular(path, limit=MOST_BYTES, dir_fd=None):
    """Return the bytes of a regular file.

    Parameters
    ----------
    path : str or Path
        The file; its last part may not be a link.
    limit : int, optional
        The most bytes it may have.
    dir_fd : int, optional
        Descriptor of the folder that `path` is relative to.

    Raises
    ------
    FileNotFoundError
        If there is nothing of that name.
    Refused
        If it is anything but a readable regular file of that size.
    """
    flags = 0
    for flag in OPEN_FLAGS:
        flags |= flag
    try:
        descriptor = os.open(path, flags, dir_fd=dir_fd)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise Refused(_why_not_opened(path, dir_fd, problem)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused("not a regular file")
    with open(descriptor, "rb", buffering=0) as file:
        return _read(file, limit)


def _read(file, limit):
    parts, left = [], limit + 1
    try:
        while left > 0 and (part := file.read(min(left, MEGABYTE))):
            parts.append(part)
            left -= len(part)
    except OSError as problem:
        raise Refused(f"cannot be read ({problem.strerror})") from None
    if left <= 0:
        raise Refused(f"larger than {limit / MEGABYTE:g} MB")
    return b"".join(parts)


def _why_not_opened(path, dir_fd, problem):
    try:
        mode = (
            os.lstat(path, dir_fd=dir_fd).st_mode if dir_fd is not None else os.lstat(path).st_mode
        )
    except OSError:
        mode = stat.S_IFREG
    if not stat.S_ISREG(mode):
        return "not a regular file"
    return f"cannot be opened ({problem.strerror})"


def screen(data):
    """Return what a notebook's bytes hold, or raise `Refused`."""
    if len(data) > MOST_BYTES:
        raise Refused(f"larger than {MOST_BYTES / MEGABYTE:g} MB")
    notebook = _parse(data)
    _check_format(notebook)
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise Refused("not a notebook: it has no list of cells")
    if len(cells) > MOST_CELLS:
        raise Refused(f"more than {MOST_CELLS} cells")
    return Submitted(
        tuple(_cell(number, cell) for number, cell in enumerate(cells, 1)), _version(notebook)
    )


def _parse(data):
    if not data.strip():
        raise Refused("an empty file")
    if data.count(b"[") + data.count(b"{") > MOST_NESTED:
        raise Refused("not a notebook: too many nested values")
    try:
        notebook = json.loads(data.decode("utf-8-sig"), parse_constant=lambda name: None)
    except UnicodeDecodeError:
        raise Refused("not text in UTF-8") from None
    except RecursionError:
        raise Refused("not a notebook: nested too deeply") from None
    except ValueError:
        raise Refused("not JSON") from None
    if not isinstance(notebook, dict):
        raise Refused("not a notebook: no object at the top")
    return notebook


def _check_format(notebook):
    major = notebook.get("nbformat")
    if type(major) is not int or major < 1:
        raise Refused("not a notebook: it names no format")
    if major != 4:
        age = "an old" if major < 4 else "a future"
        raise Refused(f"{age} notebook format ({str(major)[:10]}); save it in format 4")


def _cell(number, cell):
    if not isinstance(cell, dict):
        raise Refused(f"cell {number} is no object")
    kind = cell.get("cell_type")
    if not isinstance(kind, str) or kind not in CELL_TYPES:
        raise Refused(f"cell {number} is of no known type")
    outputs = cell.get("outputs", [])
    if not isinstance(outputs, list):
        raise Refused(f"the outputs of cell {number} are no list")
    return Cell(
        kind,
        _source(number, cell.get("source")),
        _grade_id(number, cell),
        cell["id"] if isinstance(cell.get("id"), str) else "",
        tuple(outputs[:MOST_OUTPUTS]) if kind == "code" else (),
    )


def _source(number, source):
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Refused(f"the source of cell {number} is no text")
    return clean(source)


def _grade_id(number, cell):
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, dict):
        raise Refused(f"the metadata of cell {number} is no object")
    grader = metadata.get("nbgrader", {})
    if not isinstance(grader, dict):
        raise Refused(f"the nbgrader metadata of cell {number} is no object")
    grade_id = grader.get("grade_id", "")
    if not isinstance(grade_id, (str, type(None))):
        raise Refused(f"the grade id of cell {number} is no text")
    return clean(grade_id or "")


def _version(notebook):
    metadata = notebook.get("metadata", {})
    course = metadata.get("course", {}) if isinstance(metadata, dict) else {}
    version = course.get("version", "") if isinstance(course, dict) else ""
    return version if isinstance(version, str) else ""


def clean(text):
    """Return text that can be written as UTF-8: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
