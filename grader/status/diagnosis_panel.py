"""The diagnostic quiz in a notebook: one question after the other, in one box."""

import ipywidgets as widgets

from grader.interview.task import details
from grader.quiz import render
from grader.quiz.controls import control_for
from grader.quiz.model import NotAnAnswer
from grader.quiz.widgets import STYLE, A11y
from grader.status.diagnosis import A_LESSON, Diagnosis

OUTLINE = (
    f"**Which lessons may you skip?** {A_LESSON} questions a lesson, one try each, half a minute "
    "a question. Nothing is noted before the last answer."
)


class DiagnosisPanel(widgets.VBox):
    """Asks, and ends with what to do with each lesson.

    Parameters
    ----------
    home : Path
        The learner's copy; the result is noted there.
    """

    def __init__(self, home):
        self._home, self._sitting, self._control = home, None, None
        self._body = widgets.VBox([widgets.HTML(render.notice_html(OUTLINE))])
        self._message = widgets.HTML()
        self._message.add_class("course-feedback")
        self._main = widgets.Button(description="Start")
        self._main.add_class("course-check")
        self._main.on_click(lambda _: self._act())
        self._pass = widgets.Button(description="I do not know", layout={"display": "none"})
        self._pass.on_click(lambda _: self._answer(None))
        children = [
            widgets.HTML(STYLE, layout={"display": "none"}),
            self._body,
            widgets.HBox([self._main, self._pass], layout={"flex_flow": "row wrap"}),
            self._message,
        ]
        if A11y is not None:
            children.append(A11y(label="Diagnostic quiz"))
        super().__init__(children, layout={"padding": "0 0 0.5em 0"})
        self.add_class("course-quiz")

    def _act(self):
        """Do what the main button says."""
        if self._sitting is None or self._sitting.question is None:
            self._sitting, self._message.value = Diagnosis(self._home), ""
            return self._show()
        return self._answer(self._control.value)

    def _answer(self, value):
        try:
            passed = self._sitting.answer(value)
        except NotAnAnswer as problem:
            self._message.value = render.notice_html(str(problem))
            return
        said = "Right." if passed else "Not right: its lesson explains it."
        self._message.value = render.notice_html("Passed over." if value is None else said)
        self._show()

    def _show(self):
        """Show the question at hand, or the result."""
        question = self._sitting.question
        asking = question is not None
        self._main.description = "Answer" if asking else "Once more"
        self._pass.layout.display = "" if asking else "none"
        if not asking:
            self._message.value = ""
            self._body.children = [widgets.HTML(self._sitting.page()._repr_html_())]
            return
        count = f"**{self._sitting.n_answered + 1} of {self._sitting.n_questions}.**"
        self._control = control_for(question, self._say)
        parts = [f"{count} {question.prompt}", details(question)]
        texts = [widgets.HTML(render.to_html(text)) for text in parts if text]
        self._body.children = [*texts, self._control.widget]

    def _say(self, markdown):
        self._message.value = render.notice_html(markdown)

    def _repr_mimebundle_(self, **kwargs):
        # The outline never changes with the quiz: nbval compares it and exports show it.
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["text/plain"] = render.to_text(OUTLINE)
        bundle["text/html"] = render.notice_html(OUTLINE)
        return bundle
