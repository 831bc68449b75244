"""What a notebook calls: ``interview(minutes=30, seed=7)`` and its few methods."""

import os
from pathlib import Path

from grader.interview import clock, page, pool, task
from grader.interview.desk import NONE_YET, Desk, notebook
from grader.interview.example import played
from grader.interview.plan import TITLES, Settings
from grader.interview.session import WHAT_NOW, NotNow, Session
from grader.quiz.model import NotAnAnswer

PROBLEMS = (NotNow, NotAnAnswer)


class MockInterview:
    """Interviews you against the clock.

    Examples
    --------
    ``interview(minutes=15, seed=7)`` shows the interview with its countdown and buttons. Without
    widgets the same goes by calls: ``interview.start(minutes=15, seed=7)``, ``interview.task()``,
    ``interview.answer("B")``, ``interview.submit("adam_step")``, ``interview.next()``,
    ``interview.pause()``, ``interview.resume()``, ``interview.results()``.
    """

    def __init__(self):
        self._desks, self._shown_stub = {}, None

    def __repr__(self):
        """Say how to begin."""
        return "interview(minutes=30, level='mid', topics=None, seed=None)"

    def __call__(self, minutes=30, level="mid", topics=None, seed=None):
        """Show an interview; its clock starts with the button.

        Parameters
        ----------
        minutes : {15, 30, 45}
            Its length.
        level : {"junior", "mid", "senior"}
            How hard the questions and exercises are that are drawn.
        topics : str or list of str, optional
            Lessons, such as ``"optimizers"``; as they come without.
        seed : int, optional
            Equal seeds ask the same; drawn at the start without.
        """
        try:
            settings = _settings(minutes, level, topics, seed)
        except ValueError as problem:
            return page.shown(str(problem))
        # Grading and validation run every cell; nobody is there to answer.
        if "NBGRADER_EXECUTION" not in os.environ:
            try:
                from grader.interview.panel import Panel
            except ImportError:
                pass
            else:
                return Panel(self._desk(), settings)
        return page.outline(settings)

    def start(self, minutes=30, level="mid", topics=None, seed=None):
        """Start the clock of a new interview and show its first item."""
        try:
            self._desk().start(_settings(minutes, level, topics, seed))
        except ValueError as problem:
            return page.shown(str(problem))
        return self.task()

    def task(self):
        """Show what is asked now and how much time is left; a stub comes in a new cell below."""
        session = self._desk().session()
        if session is None:
            return page.shown(NONE_YET)
        if session.phase not in ("running", "marking"):
            return page.shown(_where(session))
        self._offer_stub(session)
        return page.shown(f"{_where(session)}\n\n{_asked(session)}")

    def answer(self, answer=None, **parts):
        """Answer a question.

        Parameters
        ----------
        answer : str, number or list
            As in ``quiz.answer``; nothing once you said a follow-up's answer aloud, and then your
            mark: ``"all"``, ``"part"`` or ``"no"``.
        **parts
            For two-part answers, ``line=3, why="B"``; after a text ``rubric=[1, 3]``.
        """
        try:
            self._desk().answer(parts or answer)
        except PROBLEMS as problem:
            return page.shown(str(problem))
        return self.task()

    def submit(self, name=None, answer=None):
        """Have the function you wrote examined, on the visible cases and on fresh ones.

        Parameters
        ----------
        name : str, optional
            The function, if you want to be sure which.
        answer : callable, optional
            Examined in place of the notebook's function.
        """
        namespace = notebook() if answer is None else {name: answer}
        try:
            return self._desk().submit(namespace, name)
        except PROBLEMS as problem:
            return page.shown(str(problem))

    def skip(self):
        """Pass over the item at hand."""
        return self._act(Session.advance)

    def next(self):
        """Begin the next round."""
        return self._act(Session.next_round)

    def pause(self):
        """Stop the clock; the task is covered meanwhile."""
        return self._act(Session.pause)

    def resume(self):
        """Let the clock run on."""
        return self._act(Session.resume)

    def stop(self):
        """End the interview where it stands and show its results."""
        self._act(Session.end)
        return self.results()

    def results(self):
        """Show the one page of results."""
        session = self._desk().session()
        if session is None:
            return page.shown(NONE_YET)
        if session.phase != "over":
            return page.shown("The results come at the end; `interview.stop()` ends it now.")
        return page.results(session)

    def example(self):
        """Show the results of an interview that a made-up candidate sat."""
        return page.results(played())

    def _act(self, act):
        try:
            self._desk().do(act)
        except PROBLEMS as problem:
            return page.shown(str(problem))
        return self.task()

    def _desk(self):
        folder = Path.cwd()
        return self._desks.setdefault(folder, Desk(folder))

    def _offer_stub(self, session):
        """Put the stub of a coding task into a new cell below, once."""
        sort, _ = pool.split(session.item)
        if sort != "exercise" or self._shown_stub == session.item:
            return
        self._shown_stub = session.item
        offer_cell(task.stub_of(pool.thing(session.item)))


def offer_cell(text):
    """Put a text into a new cell below the running one, where the front end can do that."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    if shell := get_ipython():
        shell.set_next_input(text)


def _settings(minutes, level, topics, seed):
    chosen = (topics,) if isinstance(topics, str) else tuple(topics or ())
    return Settings(minutes, level, chosen, seed)


def _where(session):
    """Say which round this is, the time left, and what to do if the clock stands."""
    number = min(session.record["round"] + 1, len(session.rounds))
    head = f"**Round {number} of {len(session.rounds)}: {TITLES[session.round.kind]}.**"
    if session.phase == "running":
        return f"{head} {clock.told(session.seconds_left)} left."
    return WHAT_NOW["over"] if session.phase == "over" else f"{head} {WHAT_NOW[session.phase]}"


def _asked(session):
    item = session.item
    sort, name = pool.split(item)
    if sort == "exercise":
        return f'{task.asked(item)}\n\nThen `interview.submit("{name}")`.'
    if session.phase == "marking":
        return f"{task.to_compare(session)}\n\n{_how_to_mark(item)}"
    if sort == "follow-up":
        return f"{task.asked(item)} Then `interview.answer()` shows a good one."
    question = pool.thing(item)
    form = '"your text"' if question.kind == "text" else question.form
    return f"{question.prompt}\n\n{question.describe()}\n\nThen `interview.answer({form})`."


def _how_to_mark(item):
    sort, _ = pool.split(item)
    if sort == "follow-up":
        return 'How much of it was in yours? `interview.answer("all")`, `"part"` or `"no"`.'
    rubric = "\n".join(f"{n}. {line}" for n, line in enumerate(pool.thing(item).rubric, 1))
    return (
        f"**Which of these does yours contain?**\n\n{rubric}\n\n"
        "For the first and the third: `interview.answer(rubric=[1, 3])`."
    )
