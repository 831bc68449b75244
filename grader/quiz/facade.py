"""What a notebook calls: ``quiz("bias-gradient")`` and its few methods."""

import os
from pathlib import Path

from grader.quiz import catalog, render
from grader.quiz.answers import AnswerFile
from grader.quiz.attempt import Attempt
from grader.quiz.model import NotAnAnswer
from grader.quiz.points import quiz_points


class Shown:
    """Something to read: the same words as text and as HTML."""

    def __init__(self, text, html):
        self.text, self.html = text, html

    def __repr__(self):
        """Return the words."""
        return self.text

    def _repr_html_(self):
        return self.html


class Quiz:
    """Asks the questions of the course and keeps the answers beside the notebook.

    Examples
    --------
    ``quiz("bias-gradient")`` shows a question to answer with the mouse or the keyboard;
    ``quiz.answer("bias-gradient", "B")`` answers it without any widget;
    ``quiz.hint(...)`` gives the next hint and ``quiz.show(...)``, after honest tries, the answer.
    """

    def __init__(self):
        self._files = {}

    def __repr__(self):
        """Say how to ask."""
        return 'quiz("<id of a question>")'

    def __call__(self, question_id):
        """Return the question, ready to be answered."""
        try:
            question = catalog.find(question_id)
        except LookupError as problem:
            return _notice(problem.args[0])
        # Grading and validation run every cell; nobody is there to answer.
        if "NBGRADER_EXECUTION" not in os.environ:
            try:
                from grader.quiz.widgets import QuestionBox
            except ImportError:
                pass
            else:
                return QuestionBox(Attempt(question, self._answers()))
        return Shown(render.question_text(question), render.question_html(question))

    def answer(self, question_id, answer=None, **parts):
        """Answer a question without a widget.

        Parameters
        ----------
        question_id : str
            The question.
        answer : str, number or list
            A letter, several letters, a number, numbers, shapes, or text.
        **parts
            For two-part answers: ``line=3, why="B"``, or ``text="...", rubric=[1, 2]``.
        """
        try:
            attempt = self._attempt(question_id)
            if attempt.question.kind == "text" and isinstance(answer, str) and parts:
                parts = {"text": answer, **parts}
            verdict = attempt.check(parts or answer)
        except (LookupError, NotAnAnswer) as problem:
            return _notice(str(problem.args[0]))
        question, notice = attempt.question, attempt.answers.take_notice()
        text = render.verdict_text(question, verdict)
        html = render.card(render.verdict_html(question, verdict), render.border(question, verdict))
        if question.kind == "text":
            text, html = (
                f"{text}\n{question.solution()}",
                html + render.notice_html(question.solution()),
            )
        if notice:
            text, html = f"{text}\n{notice}", html + render.notice_html(notice)
        return Shown(text, html)

    def hint(self, question_id):
        """Return the hints up to the next one."""
        try:
            attempt = self._attempt(question_id)
        except LookupError as problem:
            return _notice(problem.args[0])
        return _notice("\n\n".join(attempt.hint()) or "There is no hint for this question.")

    def show(self, question_id):
        """Return the answer, if there were enough tries."""
        try:
            return _notice(self._attempt(question_id).show())
        except LookupError as problem:
            return _notice(problem.args[0])

    def points(self, *question_ids):
        """Return the points for these questions; grading scores them again from the file."""
        return quiz_points(question_ids, self._answers())

    def _attempt(self, question_id):
        return Attempt(catalog.find(question_id), self._answers())

    def _answers(self):
        folder = Path.cwd()
        return self._files.setdefault(folder, AnswerFile(folder))


def _notice(markdown):
    return Shown(render.to_text(markdown), render.notice_html(markdown))
