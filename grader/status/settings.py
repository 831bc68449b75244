"""What the learner told the course, kept in ``settings.json`` in their copy of it.

It reads ``{"schema": 1, "interview": "2026-12-12"}``; without an interview the key is null.
"""

import re
from datetime import date, timedelta

from grader.local_file import LocalFile

FILE, SCHEMA = "settings.json", 1
NUMBERS = ("zero one two three four five six seven eight nine ten eleven twelve").split()
DAYS = {"day": 1, "week": 7, "month": 30}
FORMS = "2026-12-12, tonight, tomorrow, three days, or 3 weeks"


class NotADate(ValueError):
    """The words name no day; the message says which do."""


class Settings:
    """The settings of one learner.

    Parameters
    ----------
    home : Path
        The learner's copy of the course.
    """

    def __init__(self, home):
        self._file = LocalFile(home / FILE, SCHEMA, _is_well_formed)
        document = self._file.read() or {}
        text = document.get("interview")
        self.interview = date.fromisoformat(text) if text else None

    @property
    def notice(self):
        """What the learner should know of the file, empty if nothing."""
        return self._file.notice

    def set_interview(self, day):
        """Remember the day of the interview; None forgets it."""
        self.interview = day
        self._file.write({"interview": day.isoformat() if day else None})


def read_day(words, today):
    """Return the day that words name.

    Parameters
    ----------
    words : str
        A date, ``tonight``, ``tomorrow``, or a distance such as ``three weeks``.
    today : date
        What a distance is counted from.

    >>> read_day("three weeks", date(2026, 1, 1))
    datetime.date(2026, 1, 22)
    """
    text = words.strip().lower()
    if text in {"tonight", "today", "now"}:
        return today
    if text == "tomorrow":
        return today + timedelta(days=1)
    distance = re.fullmatch(r"(?:in )?(\w+) (day|week|month)s?", text)
    if distance and (n := _number(distance[1])) is not None:
        return today + timedelta(days=n * DAYS[distance[2]])
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotADate(f"{words!r} names no day. Write {FORMS}.") from None
    if day < today:
        raise NotADate(f"{day} is past. Write {FORMS}.")
    return day


def _number(word):
    if word in {"a", "an"}:
        return 1
    if word in NUMBERS:
        return NUMBERS.index(word)
    return int(word) if word.isdigit() and len(word) < 4 else None


def _is_well_formed(document):
    text = document.get("interview")
    try:
        return text is None or bool(date.fromisoformat(text))
    except (TypeError, ValueError):
        return False
