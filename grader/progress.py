"""Remembers, in one local file, what a learner has tried and how it went.

``progress.jsonl`` lies in the folder that holds the marker ``.course``, the learner's own copy of
the course. Nowhere else is anything written: not when the course is built, tested or graded.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

MARKER, FILE = ".course", "progress.jsonl"


def folder(start=None):
    """Return the learner's copy that `start`, by default the working directory, lies in."""
    if "NBGRADER_EXECUTION" in os.environ:
        return None
    start = Path(start or Path.cwd())
    return next((path for path in [start, *start.parents] if (path / MARKER).exists()), None)


def record_check(result):
    """Note a check and return how often this exercise has been tried without passing.

    Parameters
    ----------
    result : Result
        The verdict.

    Returns
    -------
    tries : int
        0 outside a learner's copy.
    """
    record(
        {
            "kind": "check",
            "name": result.exercise,
            "points": float(repr(result)),
            "max_points": result.max_points,
            "passed": result.passed,
            "mistake": result.mistake,
        }
    )
    return sum(
        event["kind"] == "check"
        and event.get("name") == result.exercise
        and event.get("passed") is False
        for event in events()
    )


def record(event, start=None):
    """Append one event with the time; a folder that cannot be written to is no reason to fail."""
    home = folder(start)
    if home is None:
        return
    line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **event})
    try:
        # One write of a whole line: two notebooks may append at the same time.
        with open(home / FILE, "ab+") as file:
            file.write(f"{line}\n".encode() if _ends_a_line(file) else f"\n{line}\n".encode())
    except OSError:
        pass


def events(start=None):
    """Return all events, oldest first; a damaged line is left out."""
    home = folder(start)
    if home is None:
        return []
    try:
        lines = (home / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [event for event in map(_parse, lines) if event]


def _ends_a_line(file):
    """Whether what is there so far was written to its end; on a full disk it may not be."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _parse(line):
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and "kind" in event else None
