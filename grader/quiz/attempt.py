"""One learner at one question: tries, hints, and when the answer may be shown.

The widgets, the terminal and ``quiz.answer`` all go through here.
"""

from grader import progress
from grader.quiz.answers import now, stored_value
from grader.quiz.model import NotAnAnswer, count

TRIES = 3
"""So many different answers are given before the right one may be shown."""


class Attempt:
    """What has happened at a question so far, kept in an `AnswerFile`."""

    def __init__(self, question, answers):
        self.question, self.answers = question, answers
        answers.set_aside_if_damaged()

    @property
    def record(self):
        """What is stored for the question."""
        return self.answers.get(self.question.id)

    @property
    def value(self):
        """The stored answer, None if there is none that can be read."""
        try:
            return stored_value(self.question, self.record)
        except NotAnAnswer:
            return None

    @property
    def verdict(self):
        """The verdict on the stored answer, None without one."""
        value = self.value
        return None if value is None else self.question.judge(value)

    @property
    def tries(self):
        """How many different answers have been checked."""
        return _whole(self.record.get("tries"))

    def check(self, raw):
        """Judge an answer, store it, and return the verdict; `NotAnAnswer` stores nothing."""
        value = self.question.read(raw)
        verdict = self.question.judge(value)
        # The same answer twice is one honest try, not two.
        tries = self.tries + (value != self.value)
        self._store(v=value, tries=tries)
        if self.question.kind != "text":
            progress.record(
                {
                    "kind": "quiz",
                    "name": self.question.id,
                    "topic": self.question.topic,
                    "points": verdict.share * self.question.points,
                    "max_points": self.question.points,
                    "passed": verdict.passed,
                    "tries": tries,
                },
                self.answers.folder,
            )
        return verdict

    def hint(self):
        """Return all hints up to the next one, and remember that it was taken."""
        taken = min(len(self.hints_taken) + 1, len(self.question.hints))
        self._store(hints=taken)
        return self.hints_taken

    @property
    def hints_taken(self):
        """The hints seen so far."""
        return self.question.hints[: _whole(self.record.get("hints"))]

    @property
    def hints_left(self):
        """How many hints have not been taken."""
        return len(self.question.hints) - len(self.hints_taken)

    @property
    def may_show(self):
        """Whether the answer may be shown."""
        verdict = self.verdict
        if verdict is None:
            return False
        return verdict.passed or self.tries >= TRIES or self.question.kind == "text"

    @property
    def until_shown(self):
        """A sentence on when the answer may be shown, empty once it may."""
        if self.may_show:
            return ""
        if self.question.kind == "text":
            return "The model answer is shown once you have written your own."
        left = TRIES - self.tries
        return f"The answer can be shown after {count(left, 'more different attempt')}."

    def show(self):
        """Return the solution as Markdown, or the sentence on when it may be shown."""
        if not self.may_show:
            return self.until_shown
        if not self.verdict.passed:
            self._store(shown=True)
        why = f"\n\n{self.question.why}" if self.question.why else ""
        return self.question.solution() + why

    def _store(self, **changes):
        record = {**self.record, **changes, "seed": self.question.seed, "t": now()}
        if "v" not in changes and self.value is not None:
            # The stored letters may be those of another seed; the seed written is today's.
            record["v"] = self.value
        self.answers.put(self.question.id, record)


def _whole(value):
    return value if type(value) is int and 0 <= value < 10_000 else 0
