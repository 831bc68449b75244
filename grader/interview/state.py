"""Keeps the running interview in ``interview.json`` beside the notebook.

Writing is atomic, so a crash leaves the old state or the new one. A file that cannot be read is
renamed. In an author's folder, where the question bank lies, nothing is written.
"""

import json
import os
from pathlib import Path
from types import NoneType

from grader.quiz.answers import BANK

NAME, SCHEMA, LIMIT = "interview.json", 1, 1_000_000
PHASES = ("running", "paused", "marking", "between", "over")
FORM = {
    "seed": int,
    "minutes": int,
    "level": str,
    "topics": list,
    "rounds": list,
    "round": int,
    "item": int,
    "phase": str,
    "answers": dict,
    "started": (int, float),
    "deadline": (int, float, NoneType),
    "left": (int, float, NoneType),
}


class StateFile:
    """The interview of one folder."""

    def __init__(self, folder=None):
        self.folder = Path(folder or Path.cwd())
        self.path = self.folder / NAME
        self.notice = ""
        self._memory = None

    def load(self):
        """Return the record of the interview, None if there is none."""
        if self._memory_only:
            return self._memory
        try:
            data = self.path.read_bytes()[: LIMIT + 1]
        except OSError:
            return self._memory
        record = _parse(data)
        if record is None:
            self.set_aside()
        return record

    def save(self, record):
        """Write a record in one step; one that cannot be written is kept in memory."""
        self._memory = record
        if self._memory_only:
            return
        text = json.dumps({"schema": SCHEMA, "interview": record}, indent=1) + "\n"
        draft = self.folder / f".{NAME}.{os.getpid()}.tmp"
        try:
            with open(draft, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self.path)
        except OSError as error:
            self.notice = (
                f"The interview could not be saved ({error.strerror or error}); "
                "a restart of the kernel would end it."
            )
        finally:
            draft.unlink(missing_ok=True)

    @property
    def _memory_only(self):
        return (self.folder / BANK).exists()

    def set_aside(self):
        """Rename a file that this version cannot use."""
        n = 1
        while (kept := self.folder / f"interview.damaged-{n}.json").exists():
            n += 1
        try:
            os.replace(self.path, kept)
        except OSError:
            return
        self.notice = f"{NAME} could not be read. It is kept as {kept.name}."


def _parse(data):
    """Return the record in bytes that may be anything, or None."""
    try:
        document = json.loads(data.decode("utf-8"))
        record = document["interview"]
        fits = document["schema"] == SCHEMA and _fits(record)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return record if fits else None


def _fits(record):
    """Return whether every part of a record is of its type, and its place is one there is."""
    rounds, place = record["rounds"], record["round"]
    return (
        all(isinstance(record[name], kind) for name, kind in FORM.items())
        and all(isinstance(entry, dict) for entry in record["answers"].values())
        and record["phase"] in PHASES
        and (record["phase"] == "running") == (record["deadline"] is not None)
        and 0 <= place <= len(rounds)
        and (place == len(rounds) or 0 <= record["item"] < len(rounds[place]["items"]))
    )
