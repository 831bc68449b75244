"""The review in a notebook: one item after the other, in one box."""

import ipywidgets as widgets

from grader.quiz import render
from grader.quiz.controls import control_for
from grader.quiz.model import NotAnAnswer
from grader.quiz.widgets import STYLE, A11y
from grader.review import WELCOME
from grader.review.deck import RATINGS, Deck
from grader.review.terminal import summary, when
from grader.status.settings import Settings

LISTED_BY_CONTROL = {"single", "multi", "order"}
"""Kinds whose controls show the options or steps themselves."""


class ReviewBox(widgets.VBox):
    """Asks what is due; ratings go to ``review.json``.

    Parameters
    ----------
    home : Path
        The learner's copy of the course.
    now : callable, optional
        Returns the time.
    """

    def __init__(self, home, now=None):
        self._deck = Deck(home, now, Settings(home).interview)
        self._queue = self._deck.due()
        self._control = None
        self._front = widgets.HTML()
        self._place = widgets.VBox()
        self._row = widgets.HBox(layout={"flex_flow": "row wrap"})
        self._feedback = widgets.HTML()
        self._feedback.add_class("course-feedback")
        children = [
            widgets.HTML(STYLE, layout={"display": "none"}),
            self._front,
            self._place,
            self._feedback,
            self._row,
        ]
        if A11y is not None:
            children.append(A11y(label="Review"))
        super().__init__(children, layout={"padding": "0 0 0.5em 0"})
        self.add_class("course-quiz")
        self._next(f"{summary(self._deck)} {self._deck.notice}")

    @property
    def item(self):
        """What is being asked, None at the end."""
        return self._queue[0] if self._queue else None

    def _next(self, said=""):
        """Show the item at the head of the queue."""
        self._feedback.value = render.notice_html(said) if said.strip() else ""
        self._place.children = ()
        if self.item is None:
            self._front.value = ""
            self._row.children = ()
            return
        question = self.item.question
        left = f"**{len(self._queue)} to go: {self.item.topic}**"
        if question is None or question.kind == "text":
            self._show_front(left, self.item.front)
            self._offer(("Show the answer", self._show))
            return
        text = question.prompt
        if question.kind not in LISTED_BY_CONTROL:
            text = self.item.front
        self._show_front(left, text)
        self._control = control_for(question, self._say)
        self._place.children = (self._control.widget,)
        self._offer(("Check", self._check), ("Show the answer", self._give_up))
        self._row.children[0].add_class("course-check")

    def _show_front(self, head, text):
        self._front.value = render.card(render.to_html(f"{head}\n\n{text}"))

    def _check(self):
        question = self.item.question
        try:
            verdict = question.judge(question.read(self._control.value))
        except NotAnAnswer as problem:
            self._say(str(problem))
            return
        inside = render.verdict_html(question, verdict)
        if verdict.passed:
            self._rate_by("hard", "good", "easy")
        else:
            inside += render.to_html(f"**The answer.** {self.item.back}")
            self._offer(("Next", lambda: self._rate("again")))
        self._feedback.value = render.card(inside, render.border(question, verdict))

    def _give_up(self):
        self._say(self.item.back)
        self._offer(("Next", lambda: self._rate("again")))

    def _show(self):
        self._say(self.item.back)
        self._rate_by(*RATINGS)

    def _rate_by(self, *ratings):
        self._offer(*((name.capitalize(), lambda name=name: self._rate(name)) for name in ratings))

    def _rate(self, rating):
        due = self._deck.rate(self.item.id, rating)
        self._queue = self._queue[1:]
        end = "" if self._queue else " That was the last one."
        said = f"It comes back {when(due, self._deck.now())}.{end} {self._deck.notice}"
        self._next(said)

    def _offer(self, *actions):
        self._row.children = tuple(_button(name, act) for name, act in actions)

    def _say(self, markdown):
        self._feedback.value = render.notice_html(markdown)

    def _repr_mimebundle_(self, **kwargs):
        # Text that does not depend on what is due: exports show it and nbval compares it.
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["text/plain"] = WELCOME
        return bundle


def _button(name, act):
    button = widgets.Button(description=name, layout={"width": "auto"})
    button.on_click(lambda _: act())
    return button
