"""The interview as a widget: a countdown, the item at hand, and a few buttons that stay.

The buttons keep their places, so that the focus stays where it was; what they do follows the
phase of the interview.
"""

import ipywidgets as widgets

from grader.interview import clock, page, pool, task
from grader.interview.desk import notebook
from grader.interview.facade import PROBLEMS
from grader.interview.marking import OWN_MARKS
from grader.interview.plan import TITLES
from grader.interview.session import Session
from grader.quiz import render
from grader.quiz.controls import WIDE, Ticks, control_for
from grader.quiz.widgets import STYLE, A11y

try:
    from grader.interview.countdown import Countdown
except ImportError:
    Countdown = None
    """Without anywidget the time left is told after each act."""

OWN_STYLE = """<style>
.course-interview pre { overflow-x: auto; padding: 0.5em 0.8em; line-height: 1.4;
  background: var(--jp-layout-color2, rgba(128, 128, 128, 0.12)); }
.course-interview .widget-html-content { line-height: 1.5; max-width: 55em; }
</style>"""
COVERED = {
    "paused": "The clock stands still. The question is covered until you go on.",
    "between": "Take a breath. The clock of the next round starts with the button.",
}
PRIMARY = {"paused": "Go on", "between": "Begin the next round", "marking": "Keep my mark"}
AGAIN = "Sit it again"
OWN_WORDS = {"all": "All of it", "part": "A part", "no": "Not yet"}


class OwnMark:
    """How complete one's own answer was."""

    def __init__(self):
        options = [(OWN_WORDS[key], key) for key in OWN_MARKS]
        self.widget = widgets.RadioButtons(options=options, value=None, layout=WIDE)

    @property
    def value(self):
        """The chosen mark."""
        return self.widget.value


class RubricMarks(Ticks):
    """The lines of a rubric."""

    def __init__(self, question):
        lines = enumerate(question.rubric, 1)
        super().__init__({n: render.to_text(line) for n, line in lines})

    @property
    def value(self):
        """The numbers of the ticked lines."""
        return self.ticked


class Panel(widgets.VBox):
    """One interview on the page.

    Parameters
    ----------
    desk : Desk
        Where it takes place.
    settings : Settings
        What the button *Start* begins, and what is shown where no kernel runs.
    """

    def __init__(self, desk, settings):
        self._desk, self._settings, self._control = desk, settings, None
        self._head, self._body = widgets.HTML(), widgets.VBox()
        self._message = widgets.HTML()
        self._message.add_class("course-feedback")
        self._clock = self._make_clock()
        self._main = self._button("Start", self._act)
        self._main.add_class("course-check")
        self._skip = self._button("Pass over", lambda: self._do(Session.advance))
        self._pause = self._button("Pause", lambda: self._do(Session.pause))
        self._end = self._button("End the interview", lambda: self._do(Session.end))
        buttons = widgets.HBox(
            [self._main, self._skip, self._pause, self._end], layout={"flex_flow": "row wrap"}
        )
        style = widgets.HTML(STYLE + OWN_STYLE, layout={"display": "none"})
        top = widgets.HBox([self._clock, self._head], layout={"align_items": "center"})
        children = [style, top, self._body, buttons, self._message]
        if A11y is not None:
            children.append(A11y(label="Mock interview"))
        super().__init__(children, layout={"padding": "0 0 0.5em 0"})
        for name in ("course-quiz", "course-interview"):
            self.add_class(name)
        self.refresh()

    def refresh(self):
        """Show the interview as it stands now."""
        session = self._desk.session()
        if self._is_elsewhere(session):
            session = None
        self._draw_clock(session)
        self._draw_body(session)
        self._draw_buttons(session)

    def _is_elsewhere(self, session):
        """Return whether a finished interview is not the one this panel would start."""
        if session is None or session.phase != "over":
            return False
        seed = session.settings.seed if self._settings.seed is None else self._settings.seed
        mine = (self._settings.minutes, self._settings.level, self._settings.topics, seed)
        theirs = session.settings
        return mine != (theirs.minutes, theirs.level, theirs.topics, theirs.seed)

    def _make_clock(self):
        if Countdown is None:
            return widgets.HTML()
        countdown = Countdown(grace=1000 * clock.GRACE + 250)
        countdown.observe(lambda _: self._time_is_up(), "up")
        return countdown

    def _button(self, name, act):
        button = widgets.Button(description=name, layout={"width": "auto"})
        button.on_click(lambda _: act())
        return button

    def _draw_clock(self, session):
        going = session is not None and session.phase in ("running", "paused", "marking")
        self._clock.layout.display = "" if going else "none"
        if session is None or session.phase == "over":
            self._head.value = ""
            return
        number = f"Round {session.record['round'] + 1} of {len(session.rounds)}"
        self._head.value = f"<b>{number}: {TITLES[session.round.kind]}</b>"
        if Countdown is None:
            self._clock.value = f"{clock.told(session.seconds_left)} left when this was shown"
        elif going:
            self._clock.left = 1000 * session.seconds_left
            self._clock.deadline = 1000 * (session.record["deadline"] or 0.0)

    def _draw_body(self, session):
        self._control = None
        if session is None:
            parts = [_html(page.outline(self._settings))]
        elif session.phase == "over":
            parts = [_html(page.results(session))]
        elif session.phase in COVERED:
            text = COVERED[session.phase]
            if session.phase == "between":
                text += f" It has {session.round.minutes} minutes."
            parts = [widgets.HTML(render.notice_html(text))]
        else:
            parts = list(self._item_parts(session))
        self._body.children = parts

    def _item_parts(self, session):
        item = session.item
        sort, name = pool.split(item)
        if session.phase == "marking":
            is_text = sort == "question"
            order = "Tick what your answer contains." if is_text else "How much of it was in yours?"
            self._control = RubricMarks(pool.thing(item)) if is_text else OwnMark()
            yield widgets.HTML(render.to_html(task.to_compare(session)))
            yield widgets.HTML(f"<b>{order}</b>")
            yield self._control.widget
            return
        if sort == "question":
            place = session.record["item"] + 1
            count = f"Question {place} of {len(session.round.items)}."
            question = pool.thing(item)
            yield widgets.HTML(render.to_html(f"**{count}** {question.prompt}"))
            if more := task.details(question):
                yield widgets.HTML(render.to_html(more))
            self._control = control_for(question, self._say)
            yield self._control.widget
            return
        yield widgets.HTML(render.to_html(task.asked(item)))
        if sort == "exercise":
            how = f"Copy it into a new cell below this one, run that cell, then submit `{name}`."
            yield widgets.HTML(render.to_html(how))

    def _draw_buttons(self, session):
        phase = "start" if session is None else session.phase
        self._main.description = self._main_word(session)
        self._skip.layout.display = "" if phase == "running" else "none"
        self._pause.layout.display = "" if phase == "running" else "none"
        self._end.layout.display = "" if phase in COVERED else "none"

    def _main_word(self, session):
        if session is None:
            return "Start the interview"
        if session.phase == "over":
            return AGAIN
        if session.phase in PRIMARY:
            return PRIMARY[session.phase]
        sort, name = pool.split(session.item)
        if sort == "exercise":
            return f"Submit {name}"
        return "I have said it" if sort == "follow-up" else "Answer"

    def _act(self):
        """Do what the main button says."""
        session = self._desk.session()
        if session is None or session.phase == "over":
            return self._try(lambda: self._desk.start(self._settings), "")
        if session.phase in COVERED:
            act = Session.resume if session.phase == "paused" else Session.next_round
            return self._do(act)
        if pool.split(session.item)[0] == "exercise":
            return self._submit()
        value = self._control.value if self._control else None
        return self._try(lambda: self._desk.answer(value), "Noted.")

    def _submit(self):
        try:
            result = self._desk.submit(notebook())
        except PROBLEMS as problem:
            self.refresh()
            return self._say(str(problem))
        self.refresh()
        self._message.value = result._repr_html_()

    def _do(self, act):
        self._try(lambda: self._desk.do(act), "")

    def _try(self, act, done):
        shown = self._place()
        try:
            act()
        except PROBLEMS as problem:
            # The controls stay as they were filled in, unless time has moved the interview on.
            if self._place() != shown:
                self.refresh()
            return self._say(str(problem))
        self.refresh()
        over = self._main.description == AGAIN
        self._say(self._desk.file.notice or ("" if over else done))

    def _place(self):
        session = self._desk.session()
        return session and (session.phase, session.record["round"], session.record["item"])

    def _time_is_up(self):
        self.refresh()
        self._say("Time is up for this round.")

    def _say(self, markdown):
        self._message.value = render.notice_html(markdown) if markdown else ""

    def __repr__(self):
        """Return the outline."""
        return page.outline(self._settings).text

    def _repr_mimebundle_(self, **kwargs):
        # The outline never changes with the interview: nbval compares it and exports show it.
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        outline = page.outline(self._settings)
        bundle["text/plain"], bundle["text/html"] = outline.text, outline.html
        return bundle


def _html(page_shown):
    return widgets.HTML(page_shown.html)
