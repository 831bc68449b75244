"""Writes graded notebooks where nbgrader keeps them, each file in one step."""

import os
from pathlib import Path

from grader.grading.errors import GradingError
from grader.quiz.answers import NAME

READ_ONLY = 0o444


def write_graded(folder, slug, graded):
    """Write one graded notebook with what belongs beside it.

    Parameters
    ----------
    folder : Path
        ``<autograded>/<student>/<lesson>``.
    slug : str
        The notebook's name.
    graded : Graded
        The verdict.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # What a former submission had and this one has not would be taken for its own.
        _write(folder / "timestamp.txt", graded.timestamp.encode())
        _write(folder / NAME, graded.answers)
        # Last, because its presence says that all of it is there.
        _write(folder / f"{slug}.ipynb", graded.text.encode())
    except OSError as problem:
        raise GradingError(
            f"The graded notebook {folder / slug}.ipynb cannot be written ({problem.strerror}). "
            "What was saved before stays; run the command again to go on."
        ) from None


def _write(path, data):
    if not data:
        path.unlink(missing_ok=True)
        return
    part = Path(path).with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.write_bytes(data)
        part.chmod(READ_ONLY)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
