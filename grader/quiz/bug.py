"""Spot the bug: the line and the reason, each for half of the points."""

import re
from dataclasses import dataclass, field

from grader.quiz.choice import Choices
from grader.quiz.model import NotAnAnswer, Remark, Verdict, read_letters, reletter

ANSWER = re.compile(r"\s*(?:line\s*)?(\d{1,3})\s*[,:;]?\s*([A-Za-z])\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class SpotTheBug(Choices):
    """A short program with numbered lines, of which one is wrong."""

    kind = "bug"
    form = '"3 B" (the line, then the reason)'

    code: str
    line: tuple[int, ...]
    innocent: dict[int, str] = field(default_factory=dict)
    """Why a line that draws suspicion is right."""

    def read(self, raw):
        """Return ``{"line": 3, "why": "B"}``."""
        if isinstance(raw, str):
            match = ANSWER.fullmatch(raw[:100])
            if not match:
                raise NotAnAnswer("Give the number of the line and the letter of the reason: 3 B.")
            raw = {"line": int(match[1]), "why": match[2]}
        if not isinstance(raw, dict):
            raise NotAnAnswer("Give the number of the line and the letter of the reason.")
        return {
            "line": self._line(raw.get("line")),
            "why": self._reason(raw.get("why")),
        }

    def _line(self, raw):
        if isinstance(raw, str) and re.fullmatch(r"\s*\d{1,3}\s*", raw):
            raw = int(raw)
        n_lines = len(self.code.splitlines())
        if not isinstance(raw, int) or isinstance(raw, bool) or not 1 <= raw <= n_lines:
            raise NotAnAnswer(f"Give the number of a line, from 1 to {n_lines}.")
        return raw

    def _reason(self, raw):
        if raw is None or raw == "":
            raise NotAnAnswer("Choose a reason as well.")
        letters = read_letters(raw, len(self.options))
        if len(letters) != 1:
            raise NotAnAnswer("Choose one reason.")
        return letters

    def judge(self, value):
        """Judge the line and the reason apart."""
        line, option = value["line"], self.lettered[value["why"]]
        found = line in self.line
        usual = "This line does what it should." if not found else "This is the line."
        remarks = (
            Remark(f"Line {line}", found, self.innocent.get(line, usual) if not found else usual),
            Remark(value["why"], option.correct, option.feedback),
        )
        return Verdict((found + option.correct) / 2, remarks)

    def reference(self):
        """Return the line and the right reason."""
        return {"line": self.line[0], "why": self.right}

    def describe(self):
        """Return the numbered code and the reasons."""
        return f"```\n{self.numbered()}\n```\n\nWhich line, and why?\n\n{super().describe()}"

    def numbered(self):
        """Return the code with a number before each line."""
        return "\n".join(f"{n:>2}  {s}".rstrip() for n, s in enumerate(self.code.splitlines(), 1))

    def solution(self):
        """Return the line and the reason."""
        lines = " or ".join(str(n) for n in self.line)
        return f"Line {lines}. {super().solution()}"

    def translate(self, value, seed):
        """Return the same reason under today's letter."""
        return {**value, "why": reletter(value["why"], len(self.options), seed, self.seed)}
