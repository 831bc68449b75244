"""Single choice and multi-select: every option explains itself."""

from dataclasses import dataclass

from grader.quiz.model import (
    LETTERS,
    NotAnAnswer,
    Question,
    Remark,
    Verdict,
    count,
    read_letters,
    reletter,
    shuffled,
)


@dataclass(frozen=True)
class Option:
    """One choice and what choosing it shows."""

    text: str
    feedback: str
    correct: bool = False


@dataclass(frozen=True, kw_only=True)
class Choices(Question):
    """A question with lettered options, shuffled by the seed."""

    options: tuple[Option, ...]

    @property
    def lettered(self):
        """The options by letter, in the order shown."""
        order = shuffled(len(self.options), self.seed)
        return {LETTERS[place]: self.options[i] for place, i in enumerate(order)}

    @property
    def right(self):
        """The letters of the correct options."""
        return "".join(letter for letter, option in self.lettered.items() if option.correct)

    def describe(self):
        """Return the lettered options as a Markdown list."""
        return "\n".join(f"- **{letter}.** {o.text}" for letter, o in self.lettered.items())

    def solution(self):
        """Return the right options with their reasons."""
        options = self.lettered
        return "\n\n".join(
            f"**{x}.** {options[x].text}\n\n{options[x].feedback}" for x in self.right
        )

    def translate(self, value, seed):
        """Return the letters of the same options as now shown."""
        return reletter(value, len(self.options), seed, self.seed)


@dataclass(frozen=True, kw_only=True)
class SingleChoice(Choices):
    """Exactly one option is right."""

    kind = "single"
    form = '"B"'

    def read(self, raw):
        """Return one letter."""
        letters = read_letters(raw, len(self.options))
        if len(letters) != 1:
            raise NotAnAnswer("Choose one option.")
        return letters

    def judge(self, value):
        """Return what choosing this option shows."""
        option = self.lettered[value]
        return Verdict(float(option.correct), (Remark(value, option.correct, option.feedback),))

    def reference(self):
        """Return the right letter."""
        return self.right


@dataclass(frozen=True, kw_only=True)
class MultiChoice(Choices):
    """Any number of options is right; a wrong tick costs as much as a right one earns."""

    kind = "multi"
    form = '"AC"'

    def describe(self):
        """Return the lettered options, and that several may be right."""
        return f"Choose all that apply.\n\n{super().describe()}"

    def read(self, raw):
        """Return the ticked letters in alphabetical order."""
        return "".join(sorted(read_letters(raw, len(self.options))))

    def judge(self, value):
        """Explain every ticked option; say how many are missing, not which."""
        options, right = self.lettered, set(self.right)
        hits = len(right & set(value))
        wrong = len(value) - hits
        remarks = [Remark(x, options[x].correct, options[x].feedback) for x in value]
        missing = len(right) - hits
        summary = f"{count(missing, 'more option')} belong{'s' * (missing == 1)} to the answer."
        share = max(0, hits - wrong) / len(right)
        return Verdict(share, tuple(remarks), summary if missing else "")

    def reference(self):
        """Return all right letters."""
        return self.right
