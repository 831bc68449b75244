"""A question as a widget: core ipywidgets, and one invisible neighbour for the keyboard."""

import ipywidgets as widgets

from grader.quiz import render
from grader.quiz.controls import control_for
from grader.quiz.model import NotAnAnswer, count

try:
    from grader.quiz.a11y import A11y
except ImportError:
    A11y = None
    """Without anywidget the quiz works, but the notebook's shortcuts stay on."""

STYLE = """<style>
.course-quiz .widget-radio-box label { height: auto; line-height: 1.5; white-space: normal; }
.course-quiz .widget-radio-box label { display: flex; flex-direction: row-reverse; }
.course-quiz .widget-radio-box label { justify-content: flex-end; align-items: flex-start; }
.course-quiz .widget-radio-box input { flex: 0 0 auto; }
.course-quiz .widget-radio, .course-quiz .widget-radio-box { height: auto; max-width: 50em; }
.course-quiz .widget-checkbox, .course-quiz .widget-label-basic { height: auto; max-width: 50em; }
.course-quiz .widget-label-basic { white-space: normal; line-height: 1.5; }
.course-quiz .course-feedback p { margin: 0.3em 0; }
.course-quiz .course-feedback .widget-html-content { line-height: 1.5; }
.course-quiz summary { cursor: pointer; }
.course-quiz :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); }
</style>"""


class QuestionBox(widgets.VBox):
    """The controls of one question, its buttons, and what it has to say.

    The verdict, the hints taken and a passing remark stand below one another: a learner reads a
    hint beside what was wrong.
    """

    def __init__(self, attempt):
        self._attempt, question = attempt, attempt.question
        self._verdict, self._hints, self._notice = (widgets.HTML() for _ in range(3))
        feedback = widgets.VBox([self._verdict, self._hints, self._notice])
        feedback.add_class("course-feedback")
        self._control = control_for(question, self._say)
        self._buttons = self._make_buttons()
        children = [
            widgets.HTML(STYLE, layout={"display": "none"}),
            self._control.widget,
            widgets.HBox(self._buttons, layout={"flex_flow": "row wrap"}),
            feedback,
        ]
        if A11y is not None:
            children.append(A11y(label=f"Question: {question.topic} ({question.id})"))
        super().__init__(children, layout={"padding": "0 0 0.5em 0"})
        self.add_class("course-quiz")
        self._restore()

    def _make_buttons(self):
        check = widgets.Button(description="Check")
        check.add_class("course-check")
        check.on_click(lambda _: self._check())
        self._hint_button = widgets.Button()
        self._hint_button.on_click(lambda _: self._hint())
        show = widgets.Button(description="Show the answer", layout={"width": "auto"})
        show.on_click(lambda _: self._show())
        hinted = [self._hint_button] if self._attempt.question.hints else []
        self._label_hint_button()
        return [check, *hinted, show]

    def _label_hint_button(self):
        left = self._attempt.hints_left
        self._hint_button.description = f"Hint ({left} left)" if left else "Hints"

    def _restore(self):
        value = self._attempt.value
        self._list_hints(self._attempt.hints_taken)
        if value is not None:
            self._control.restore(value)
            self._report(self._attempt.verdict)
        elif notice := self._attempt.answers.take_notice():
            self._say(notice)

    def _check(self):
        try:
            verdict = self._attempt.check(self._control.value)
        except NotAnAnswer as problem:
            self._say(str(problem))
        else:
            self._report(verdict)

    def _report(self, verdict):
        question, attempt = self._attempt.question, self._attempt
        inside = render.verdict_html(question, verdict)
        if question.kind == "text":
            self._control.marking.layout.display = ""
            inside += render.to_html("**A model answer.** " + attempt.show())
        if not verdict.passed and question.kind != "text":
            inside += f"<p>{count(attempt.tries, 'attempt')} so far.</p>"
        inside += render.to_html(attempt.answers.take_notice())
        self._verdict.value = render.card(inside, render.border(question, verdict))
        self._notice.value = ""
        if verdict.passed:
            self._list_hints(())

    def _hint(self):
        self._list_hints(self._attempt.hint())
        self._label_hint_button()

    def _list_hints(self, hints):
        listed = "\n".join(f"{n}. {hint}" for n, hint in enumerate(hints, 1))
        self._hints.value = render.notice_html(f"**Hints**\n\n{listed}") if hints else ""

    def _show(self):
        allowed = self._attempt.may_show
        text = self._attempt.show()
        self._say(f"**The answer.** {text}" if allowed else text)

    def _say(self, markdown):
        self._notice.value = render.notice_html(markdown)

    def _repr_mimebundle_(self, **kwargs):
        # Text that never changes with the answer: nbval compares it and exports show it.
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["text/plain"] = render.question_text(self._attempt.question)
        bundle["text/html"] = render.question_html(self._attempt.question)
        return bundle
