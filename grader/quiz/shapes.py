"""Shape trace: fill in every shape of a forward or a backward pass."""

import re
from dataclasses import dataclass

from grader.quiz.model import NotAnAnswer, Question, Remark, Verdict, read_parts

AXIS = re.compile(r"[0-9]{1,9}|[A-Za-z]\w{0,9}")
NOT_A_SHAPE = "write a shape as (32, 10), a vector as (10,), a number as ()."


@dataclass(frozen=True)
class ShapeTrap:
    """A shape that a known mistake gives."""

    shape: str
    feedback: str


@dataclass(frozen=True)
class ShapePart:
    """One array whose shape is asked for."""

    name: str
    shape: str
    traps: tuple[ShapeTrap, ...] = ()

    def remark(self, text):
        """Judge one shape."""
        got, want = parse(text), parse(self.shape)
        if got == want:
            return Remark(self.name, True)
        for trap in self.traps:
            if got == parse(trap.shape):
                return Remark(self.name, False, trap.feedback)
        return Remark(self.name, False, f"{as_text(got)}: {_clue(got, want)}")


@dataclass(frozen=True, kw_only=True)
class ShapeTrace(Question):
    """The shapes of several arrays, in the order in which they are computed."""

    kind = "shapes"
    form = '["(32, 10)", "(10,)"]'

    parts: tuple[ShapePart, ...]

    def read(self, raw):
        """Return the shapes as text, one a part."""
        names = [part.name for part in self.parts]
        if isinstance(raw, str) and len(names) > 1:
            raw = [piece for piece in re.split(r"[;\n]", raw[:1000]) if piece.strip()]
        return [
            self._typed(name, piece)
            for name, piece in zip(names, read_parts(raw, names), strict=True)
        ]

    @staticmethod
    def _typed(name, piece):
        if isinstance(piece, tuple | list) and all(type(n) in (int, str) for n in piece):
            piece = ", ".join(str(n)[:20] for n in piece[:10]) if piece else "()"
        if not isinstance(piece, str) or not piece.strip() or len(piece) > 100:
            raise NotAnAnswer(f"{name}: {NOT_A_SHAPE}")
        try:
            return as_text(parse(piece))
        except NotAnAnswer as problem:
            raise NotAnAnswer(f"{name}: {problem}") from None

    def judge(self, value):
        """Judge every shape; each counts alike."""
        remarks = [part.remark(text) for part, text in zip(self.parts, value, strict=True)]
        return Verdict(sum(r.passed for r in remarks) / len(remarks), tuple(remarks))

    def reference(self):
        """Return the right shapes."""
        return [as_text(parse(part.shape)) for part in self.parts]

    def describe(self):
        """Return the names whose shapes are asked for."""
        names = ", ".join(f"`{part.name}`" for part in self.parts)
        return f"Give the shape of {names}. Write `(32, 10)`, `(10,)` or `()`."

    def solution(self):
        """Return the right shapes."""
        return ", ".join(f"`{part.name}` {as_text(parse(part.shape))}" for part in self.parts)


def parse(text):
    """Return a shape as a tuple of strings.

    >>> parse("32x10"), parse("(N,)"), parse("()")
    (('32', '10'), ('N',), ())
    """
    plain = text.strip()
    if re.sub(r"\s", "", plain) in {"()", "[]", "scalar"}:
        return ()
    inner = plain.strip("()[]").strip().rstrip(",")
    axes = [axis.strip() for axis in re.split(r"(?<=\d)\s*[x×*]\s*(?=\d)|,", inner)]
    if not all(AXIS.fullmatch(axis) for axis in axes):
        raise NotAnAnswer(NOT_A_SHAPE)
    return tuple(axis.lstrip("0") or "0" if axis.isdigit() else axis for axis in axes)


def as_text(shape):
    """Return a shape as Python writes it.

    >>> as_text(("3",)), as_text(("4", "3"))
    ('(3,)', '(4, 3)')
    """
    return f"({', '.join(shape)}{',' * (len(shape) == 1)})"


def _clue(got, want):
    if len(got) != len(want):
        return f"it has another number of axes ({len(want)}, not {len(got)})."
    if got == want[::-1]:
        return "the axes are swapped."
    wrong = [str(i) for i, (a, b) in enumerate(zip(got, want, strict=True)) if a != b]
    return f"look at axis {' and '.join(wrong)} again."
