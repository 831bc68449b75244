"""Keeps a learner's answers in ``answers.json`` beside the notebook.

The file reads ``{"schema": 1, "answers": {"bias-gradient": {"v": "B", "seed": 7, "tries": 2,
"t": "2026-01-31T12:00:00+00:00"}}}``. What this version does not know is kept as it is. Writing is
atomic. A file that cannot be read is renamed, never overwritten.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

NAME, SCHEMA, LIMIT = "answers.json", 1, 1_000_000
BANK = "quiz.yaml"
"""Where this file lies is an author's folder; answers there would reach every learner."""


class Damaged(ValueError):
    """The bytes are no answers; the message says why."""


class Newer(Damaged):
    """The answers were written by a later version of the course."""


def parse(data):
    """Return the whole document in `data`, which may be anything, or raise `Damaged`."""
    if len(data) > LIMIT:
        raise Damaged("it is larger than a megabyte")
    try:
        document = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Damaged("it is not JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        raise Damaged("it holds no answers")
    if document.get("schema") != SCHEMA:
        newer = type(document.get("schema")) is int and document["schema"] > SCHEMA
        raise (Newer if newer else Damaged)("its schema is not the one this version writes")
    return document


def records_in(data):
    """Return the answers in `data` by question id; nothing if they cannot be read."""
    try:
        answers = parse(data)["answers"]
    except Damaged:
        return {}
    return {name: record for name, record in answers.items() if isinstance(record, dict)}


def stored_value(question, record):
    """Return the answer in a record, in today's letters, or raise `NotAnAnswer`."""
    value = question.read(record.get("v"))
    seed = record.get("seed")
    if type(seed) is not int or not 0 <= seed < 2**32:
        return value
    return question.translate(value, seed)


def now():
    """Return the time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _refuse(constant):
    raise ValueError(f"{constant} is not JSON")


class AnswerFile:
    """The answers of one folder.

    ``notice`` says what the learner should know: that the file was set aside, or why nothing is
    kept.
    """

    def __init__(self, folder=None):
        self.folder = Path(folder or Path.cwd())
        self.path = self.folder / NAME
        self.notice = ""
        self._memory = {}

    @property
    def authors_folder(self):
        """Whether the bank itself lies here, so that nothing may be written."""
        return (self.folder / BANK).exists()

    def get(self, question_id):
        """Return what is stored for a question, or an empty record."""
        if self.authors_folder:
            return dict(self._memory.get(question_id, {}))
        return dict(records_in(self.bytes()).get(question_id, {}))

    def put(self, question_id, record):
        """Store a record and return whether it reached the disk."""
        self._memory[question_id] = record
        if self.authors_folder:
            self.notice = "Answers are not kept in the folder of the question bank."
            return False
        try:
            document = self._document()
            document["answers"][question_id] = record
            self._write(document)
        except Newer:
            self.notice = f"{NAME} was written by a later version of the course; it is left alone."
            return False
        except OSError as error:
            self.notice = f"The answer could not be saved: {error.strerror or error}."
            return False
        return True

    def take_notice(self):
        """Return the notice, so that it is told once."""
        notice, self.notice = self.notice, ""
        return notice

    def bytes(self):
        """Return the file's content, empty if there is none."""
        try:
            with open(self.path, "rb") as file:
                return file.read(LIMIT + 1)
        except OSError:
            return b""

    def set_aside_if_damaged(self):
        """Rename a file that cannot be read, and say so."""
        data = self.bytes()
        if not data or self.authors_folder:
            return
        try:
            parse(data)
        except Newer:
            self.notice = f"{NAME} was written by a later version of the course; it is left alone."
        except Damaged as damage:
            try:
                kept = self._set_aside()
            except OSError:
                return
            self.notice = f"{NAME} could not be read ({damage}). It is kept as {kept}."

    def _document(self):
        self.set_aside_if_damaged()
        data = self.bytes()
        return parse(data) if data else {"schema": SCHEMA, "answers": {}}

    def _set_aside(self):
        n = 1
        while (kept := self.folder / f"answers.damaged-{n}.json").exists():
            n += 1
        os.replace(self.path, kept)
        return kept.name

    def _write(self, document):
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        draft = self.folder / f".{NAME}.{os.getpid()}.tmp"
        try:
            with open(draft, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # A crash before this line leaves the old file, one after it the new.
            os.replace(draft, self.path)
        finally:
            draft.unlink(missing_ok=True)
