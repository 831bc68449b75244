"""A small JSON document in the learner's copy of the course, written in one step.

A document is ``{"schema": 1, ...}``. A file that cannot be read, or of another schema, is renamed
and never overwritten; `notice` says so.
"""

import json
import os
from pathlib import Path

LIMIT = 10_000_000


class NoCopy(Exception):
    """There is no learner's copy of the course to read from; the message says what to do."""

    def __init__(self):
        super().__init__("There is no copy of the course yet. Run: make lab")


class LocalFile:
    """One document.

    Parameters
    ----------
    path : Path
        Where it lies.
    schema : int
        The version this program writes.
    well_formed : callable
        ``well_formed(document) -> bool``: whether the rest of the program can use it.
    """

    def __init__(self, path, schema, well_formed):
        self.path, self.schema, self._well_formed = Path(path), schema, well_formed
        self.notice = ""

    def read(self):
        """Return the document, or None where there is none that can be used."""
        try:
            data = self.path.read_bytes()[: LIMIT + 1]
        except OSError:
            return None
        problem, document = self._examine(data)
        if not problem:
            return document
        self.notice = f"{self.path.name} {problem}. It {self._set_aside()}."
        return None

    def write(self, document):
        """Replace the file; whatever happens, the old or the new one is there."""
        text = json.dumps({"schema": self.schema, **document}, indent=1, ensure_ascii=False) + "\n"
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        try:
            with open(draft, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self.path)
        finally:
            draft.unlink(missing_ok=True)

    def _examine(self, data):
        try:
            document = json.loads(data.decode("utf-8"))
        except (ValueError, RecursionError):
            return "is damaged", None
        schema = document.get("schema") if isinstance(document, dict) else None
        if type(schema) is not int:
            return "is damaged", None
        if schema != self.schema:
            age = "a later" if schema > self.schema else "an older"
            return f"is from {age} version of the course", None
        return ("", document) if self._well_formed(document) else ("is damaged", None)

    def _set_aside(self):
        n = 1
        stem, suffix = self.path.stem, self.path.suffix
        while (kept := self.path.with_name(f"{stem}.old-{n}{suffix}")).exists():
            n += 1
        try:
            os.replace(self.path, kept)
        except OSError as problem:
            return f"could not be renamed: {problem.strerror or problem}"
        return f"is kept as {kept.name}"
