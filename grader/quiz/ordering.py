"""Order the steps."""

from dataclasses import dataclass

from grader.quiz.model import (
    LETTERS,
    NotAnAnswer,
    Question,
    Remark,
    Verdict,
    read_letters,
    shuffled,
)


@dataclass(frozen=True)
class Mixup:
    """Two steps that people swap: `early` stands before `late` in their answer, wrongly."""

    early: int
    late: int
    feedback: str


@dataclass(frozen=True, kw_only=True)
class OrderSteps(Question):
    """Steps to put in order; the bank lists them in the right one."""

    kind = "order"
    form = '"CADB"'

    steps: tuple[str, ...]
    mixups: tuple[Mixup, ...] = ()
    """Steps are counted from 1."""

    def _order(self, seed):
        """Return the shown order, which is never the right one."""
        while (order := shuffled(len(self.steps), seed)) == list(range(len(self.steps))):
            seed += 1
        return order

    @property
    def lettered(self):
        """The steps by letter, in the order shown."""
        return {LETTERS[place]: self.steps[i] for place, i in enumerate(self._order(self.seed))}

    def read(self, raw):
        """Return all letters, the first step first."""
        letters = read_letters(raw, len(self.steps))
        if len(letters) != len(self.steps):
            raise NotAnAnswer(f"Give all {len(self.steps)} letters, the first step first.")
        return letters

    def judge(self, value):
        """All or nothing: a program with two steps swapped does not work either."""
        order = self._order(self.seed)
        got = [order[LETTERS.index(letter)] for letter in value]
        if got == sorted(got):
            return Verdict(1.0, (Remark("Order", True),))
        right = next(i for i, step in enumerate(got) if step != i)
        remarks = [
            Remark("Order", False, mixup.feedback)
            for mixup in self.mixups
            if got.index(mixup.early - 1) < got.index(mixup.late - 1)
        ]
        start = f"The first {right} are in place" if right > 1 else "The first is in place"
        summary = f"{start}." if right else "The first step is not in place."
        return Verdict(0.0, tuple(remarks), summary)

    def reference(self):
        """Return the letters in the right order."""
        order = self._order(self.seed)
        return "".join(LETTERS[order.index(i)] for i in range(len(order)))

    def describe(self):
        """Return the lettered steps as a Markdown list."""
        steps = "\n".join(f"- **{letter}.** {step}" for letter, step in self.lettered.items())
        return f"Put the steps in order, the first one first.\n\n{steps}"

    def solution(self):
        """Return the steps in order."""
        return "\n".join(f"{n}. {step}" for n, step in enumerate(self.steps, 1))

    def translate(self, value, seed):
        """Return the letters of the same steps as now shown."""
        if seed == self.seed:
            return value
        old, new = self._order(seed), self._order(self.seed)
        return "".join(LETTERS[new.index(old[LETTERS.index(letter)])] for letter in value)
