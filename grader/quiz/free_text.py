"""Free text: write it, then hold it against a model answer and a rubric."""

from dataclasses import dataclass

from grader.quiz.model import TEXT_LIMIT, NotAnAnswer, Question, Remark, Verdict, count


@dataclass(frozen=True, kw_only=True)
class FreeText(Question):
    """An answer in words; the learner ticks what it contains, so it earns no points."""

    kind = "text"
    form = '"your text", and then rubric=[1, 3]'

    points: int = 0
    model_answer: str
    rubric: tuple[str, ...]
    pitfalls: tuple[str, ...] = ()
    """What a weak answer does."""
    min_words: int = 15

    def read(self, raw):
        """Return ``{"text": ..., "rubric": [1, 3]}``; rubric lines are counted from 1."""
        if isinstance(raw, str):
            raw = {"text": raw}
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            raise NotAnAnswer("Write your answer as text.")
        text, ticks = raw["text"], raw.get("rubric", [])
        if len(text) > TEXT_LIMIT:
            raise NotAnAnswer(f"Keep it under {TEXT_LIMIT} characters.")
        n_words = len(text.split())
        if n_words < self.min_words:
            raise NotAnAnswer(
                f"Write at least {self.min_words} words before you compare ({n_words} so far)."
            )
        lines = range(1, len(self.rubric) + 1)
        if not isinstance(ticks, list | tuple) or not all(
            type(tick) is int and tick in lines for tick in ticks
        ):
            raise NotAnAnswer(f"The rubric has the lines 1 to {len(self.rubric)}.")
        return {"text": text, "rubric": sorted(set(ticks))}

    def judge(self, value):
        """Return the share of the rubric that the learner ticked."""
        ticked = set(value["rubric"])
        remarks = tuple(Remark(str(n), n in ticked, line) for n, line in enumerate(self.rubric, 1))
        summary = f"You ticked {len(ticked)} of {count(len(self.rubric), 'line')}."
        return Verdict(len(ticked) / len(self.rubric), remarks, summary)

    def reference(self):
        """Return the model answer with the whole rubric ticked."""
        return {"text": self.model_answer, "rubric": list(range(1, len(self.rubric) + 1))}

    def describe(self):
        """Say how long the answer should be."""
        return f"Answer in words (at least {self.min_words}); then compare. You mark this yourself."

    def solution(self):
        """Return the model answer and what weak answers do."""
        pitfalls = "\n".join(f"- {line}" for line in self.pitfalls)
        return self.model_answer + (f"\n\n**A weak answer:**\n\n{pitfalls}" if pitfalls else "")
