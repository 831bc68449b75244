"""Numbers with a tolerance and a unit; the numbers of known mistakes are recognised."""

import math
import re
from dataclasses import dataclass

from grader.quiz.model import NotAnAnswer, Question, Remark, Verdict, read_parts

NUMBER = r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?"
POWER = re.compile(r"(?:\*|×|x|·)10(?:\^|\*\*)\(?([+-]?\d{1,3})\)?$")


@dataclass(frozen=True)
class Trap:
    """A number that a known mistake gives."""

    value: str
    feedback: str


EXACT = 1e-6
"""A tolerance up to this one is for the last digit of a count, not for a learner."""


@dataclass(frozen=True)
class Part:
    """One number asked for."""

    name: str
    value: float
    unit: str = ""
    tolerance: float = 0.01
    within: float = 0.0
    """An absolute tolerance, for values at or near 0."""
    traps: tuple[Trap, ...] = ()

    def near(self, got, want):
        """Whether `got` is `want` within this part's tolerance."""
        if not (math.isfinite(got) and math.isfinite(want)):
            return got == want or (math.isnan(got) and math.isnan(want))
        return abs(got - want) <= max(self.tolerance * abs(want), self.within) * (1 + 1e-9)

    def remark(self, text):
        """Judge one number."""
        got = parse(text, self.unit)
        if self.near(got, self.value):
            return Remark(self.name, True, "")
        for trap in self.traps:
            if self.near(got, parse(trap.value)):
                return Remark(self.name, False, trap.feedback)
        return Remark(self.name, False, self._clue(got))

    def _clue(self, got):
        if self.value and self.near(-got, self.value):
            return "The size is right; look at the sign."
        if self.margin and math.isfinite(got):
            return f"your {text_of(got)} is more than {self.margin} away."
        return f"your {text_of(got)} is another number."

    @property
    def margin(self):
        """How near an answer must be, in words; empty if it must be exact."""
        if self.within:
            return f"{self.within:g}"
        return "" if self.tolerance <= EXACT else f"{self.tolerance * 100:g} %"


@dataclass(frozen=True, kw_only=True)
class Numeric(Question):
    """One number or several."""

    kind = "numeric"
    form = '"0.25", or ["0.25", "1e-6"] for several numbers'

    parts: tuple[Part, ...]

    def read(self, raw):
        """Return the numbers as typed, one string a part."""
        names = [part.name for part in self.parts]
        if isinstance(raw, str) and len(names) > 1:
            raw = [piece for piece in re.split(r"[;,\n]", raw[:1000]) if piece.strip()]
        return [
            self._typed(part, piece)
            for part, piece in zip(self.parts, read_parts(raw, names), strict=True)
        ]

    @staticmethod
    def _typed(part, piece):
        typed = str(piece).strip() if is_number(piece) or isinstance(piece, str) else ""
        if not typed or len(typed) > 100:
            raise NotAnAnswer(f"{part.name}: give a number.")
        try:
            parse(typed, part.unit)
        except NotAnAnswer as problem:
            raise NotAnAnswer(f"{part.name}: {problem}") from None
        return typed

    def judge(self, value):
        """Judge every number; each counts alike."""
        remarks = [part.remark(text) for part, text in zip(self.parts, value, strict=True)]
        return Verdict(sum(r.passed for r in remarks) / len(remarks), tuple(remarks))

    def reference(self):
        """Return the right numbers, as typed."""
        return [f"{part.value:.12g}" for part in self.parts]

    def describe(self):
        """Return what is asked for, with units and tolerances."""
        return "\n".join(map(_asked, self.parts))

    def solution(self):
        """Return the right numbers."""
        return ", ".join(
            f"{part.name} = **{text_of(part.value)}**{f' {part.unit}' if part.unit else ''}"
            for part in self.parts
        )


def _asked(part):
    unit = f", in {part.unit}" if part.unit else ""
    return f"- **{part.name}**{unit} ({f'within {part.margin}' if part.margin else 'exactly'})"


def is_number(value):
    """Whether `value` is a number and no boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e308


def text_of(value):
    """Return a number as one would write it.

    >>> text_of(203530.0), text_of(1.2e-16)
    ('203530', '1.2e-16')
    """
    return f"{value:.10g}" if abs(value) >= 1e4 else f"{value:.5g}"


def parse(text, unit=""):
    """Return the number that `text` writes; fractions and a trailing unit are understood.

    >>> parse("1/4"), parse("532 480 bytes", "bytes"), parse("1.2*10^-16"), parse("−0.5")
    (0.25, 532480.0, 1.2e-16, -0.5)
    """
    plain = str(text).strip().replace("−", "-")
    if unit and plain.lower().endswith(unit.lower()):
        plain = plain[: -len(unit)]
    plain = re.sub(r"(?<=\d)[\s_](?=\d)", "", plain.strip().lower())
    if plain in {"inf", "+inf", "-inf", "nan", "infinity", "∞"}:
        return float(plain.replace("∞", "inf"))
    if "," in plain:
        raise NotAnAnswer("write decimals with a point, and thousands without a comma.")
    plain = POWER.sub(r"e\1", plain.replace(" ", ""))
    over = plain.split("/")
    if len(over) > 2 or not all(re.fullmatch(NUMBER, piece) for piece in over):
        raise NotAnAnswer("this is not a number.")
    bottom = float(over[1]) if len(over) == 2 else 1.0
    if bottom == 0:
        raise NotAnAnswer("this divides by zero.")
    return float(over[0]) / bottom
