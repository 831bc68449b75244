"""The points of a group of questions, readable by a learner, by nbgrader and by nbval."""

from dataclasses import dataclass

from grader.quiz import catalog, keys, render
from grader.quiz.answers import AnswerFile, records_in
from grader.quiz.model import count
from grader.quiz.scoring import points_of, verdict_on


@dataclass(frozen=True, repr=False)
class QuizPoints:
    """The points so far; ``repr`` is the number, ``str`` the card as text.

    What it says in the notebook is for the learner: grading scores ``answers.json`` again.
    """

    rows: tuple
    """Pairs of a question and its record, None where there is no answer."""
    problem: str = ""

    @property
    def points(self):
        """The points of all questions together."""
        return sum(points_of(question, record) for question, record in self.rows)

    @property
    def max_points(self):
        """The points to be had."""
        return sum(question.points for question, _ in self.rows)

    def __repr__(self):
        """Return the points as a plain number."""
        return f"{min(max(float(self.points), 0.0), float(self.max_points)):.6g}"

    def __str__(self):
        """Return the card as text."""
        lines = [self.problem] if self.problem else []
        lines += [f"{sign} {word}: {name}" for sign, word, name in self._lines()]
        return "\n".join([self._headline(), *lines])

    def _repr_html_(self):
        item = "<li style='margin: 0.1em 0'>{} <strong>{}</strong> · {}</li>"
        lines = "".join(
            item.format(sign, word, render.inline(name)) for sign, word, name in self._lines()
        )
        head = f"<p><strong>Quiz</strong>: {self._headline()}</p>"
        problem = render.to_html(self.problem) if self.problem else ""
        listed = f"<ul style='list-style: none; margin: 0.2em 0; padding: 0'>{lines}</ul>"
        return render.card(head + problem + listed, self._border())

    @property
    def _unanswered(self):
        return any(verdict_on(question, record) is None for question, record in self.rows)

    def _border(self):
        if self._unanswered and not self.problem:
            return render.NEUTRAL
        return render.BORDER[self.points == self.max_points and not self.problem]

    def _headline(self):
        advice = " Run this cell again once you have answered." if self._unanswered else ""
        return f"{self!r} of {count(self.max_points, 'point')}.{advice}"

    def _lines(self):
        for question, record in self.rows:
            verdict = verdict_on(question, record)
            yield (*render.state(question, verdict), f"{question.topic} (`{question.id}`)")


def quiz_points(ids, answers=None):
    """Return the points for the questions named.

    In the folder of the question bank, where nobody answers, the reference answers are scored: a
    solved notebook shows full points.
    """
    answers = answers or AnswerFile()
    found, problems = [], []
    for name in dict.fromkeys(ids):
        try:
            found.append(catalog.find(name))
        except LookupError as problem:
            problems.append(problem.args[0])
    if answers.authors_folder:
        records = {}
        for slug in {catalog.lesson_of(question.id) for question in found}:
            records |= records_in(keys.reference_answers(slug))
    else:
        records = records_in(answers.bytes())
    rows = tuple((question, records.get(question.id)) for question in found)
    return QuizPoints(rows, " ".join(problems))
