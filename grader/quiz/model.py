"""What every question has: a prompt, a way to read an answer, and a verdict that teaches."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import ClassVar
from zlib import crc32

LETTERS = "ABCDEFGHIJ"
TEXT_LIMIT = 20_000


class NotAnAnswer(ValueError):
    """What was given cannot be read as an answer; the message says what can."""


@dataclass(frozen=True)
class Remark:
    """What is said about one part of an answer: an option, a number, a shape, a line."""

    label: str
    passed: bool
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """How good an answer is, from 0 to 1, and why."""

    share: float
    remarks: tuple[Remark, ...] = ()
    summary: str = ""

    @property
    def passed(self):
        """Whether the whole answer is right."""
        return self.share == 1


@dataclass(frozen=True, kw_only=True)
class Question:
    """The parts that all kinds share.

    An answer is stored with the seed that gave its options their letters, so that it keeps its
    meaning should the seed ever change.
    """

    kind: ClassVar[str] = ""
    form: ClassVar[str] = ""
    """How an answer is written in ``quiz.answer``."""

    id: str
    prompt: str
    topic: str
    """The topic of the lesson it belongs to; progress is told by topic."""
    difficulty: int = 2
    """From 1, what everybody is asked, to 4; the level of a mock interview chooses by it."""
    why: str = ""
    follow_up: str = ""
    hints: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    points: int = 1
    seed: int = 0

    def read(self, raw):
        """Return the answer in the form that is stored, or raise `NotAnAnswer`."""
        raise NotImplementedError

    def judge(self, value):
        """Return the `Verdict` on an answer that `read` returned."""
        raise NotImplementedError

    def reference(self):
        """Return a right answer, as `read` would."""
        raise NotImplementedError

    def describe(self):
        """Return what stands below the prompt, as Markdown: options, parts, code."""
        raise NotImplementedError

    def solution(self):
        """Return the right answer in words, as Markdown."""
        raise NotImplementedError

    def translate(self, value, seed):
        """Return `value`, given under another seed, in today's letters."""
        return value


def default_seed(question_id):
    """Return the seed of a question that states none: always the same, never 0."""
    return crc32(question_id.encode()) or 1


def shuffled(n, seed):
    """Return the positions 0 to n - 1 in the order in which they are shown.

    Sorted by a hash rather than by `random`, so that every Python version agrees.

    >>> shuffled(4, 0)
    [0, 1, 2, 3]
    >>> sorted(shuffled(4, 7))
    [0, 1, 2, 3]
    """
    if seed == 0:
        return list(range(n))
    return sorted(range(n), key=lambda i: blake2b(f"{seed}:{i}".encode(), digest_size=8).digest())


def reletter(letters, n, old_seed, new_seed):
    """Return the letters of the same options under another seed."""
    old, new = shuffled(n, old_seed), shuffled(n, new_seed)
    return "".join(LETTERS[new.index(old[LETTERS.index(letter)])] for letter in letters)


def read_letters(raw, n):
    """Return the letters in `raw`, a string or a list of strings, as one upper-case string."""
    if isinstance(raw, list | tuple) and all(isinstance(part, str) for part in raw):
        raw = "".join(raw)
    last = LETTERS[n - 1]
    if not isinstance(raw, str) or len(raw) > 100:
        raise NotAnAnswer(f"Give letters from A to {last}.")
    letters = re.sub(r"[\s,;()\[\]]", "", raw).upper()
    if not letters:
        raise NotAnAnswer("Choose an answer first.")
    if any(letter not in LETTERS[:n] for letter in letters) or len(set(letters)) < len(letters):
        raise NotAnAnswer(f"Give each letter once, from A to {last}.")
    return letters


def read_parts(raw, names):
    """Return one string for each part, from a list, or from a string with separators."""
    if isinstance(raw, dict):
        raw = [raw.get(name, "") for name in names]
    if not isinstance(raw, list | tuple):
        raw = [raw]
    if len(raw) != len(names):
        raise NotAnAnswer(f"Give {count(len(names), 'value')}: {', '.join(names)}.")
    return raw


def count(n, noun):
    """Return `n` with its noun.

    >>> count(1, "hint"), count(2, "hint")
    ('1 hint', '2 hints')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
