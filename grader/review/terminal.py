"""The review in a terminal."""

from rich.console import Console
from rich.markdown import Markdown

from grader.local_file import NoCopy
from grader.quiz import render
from grader.quiz.model import NotAnAnswer
from grader.quiz.terminal import plain
from grader.review.deck import RATINGS, Deck
from grader.status.home import home_of_learner
from grader.status.settings import Settings

HELP = "Type your answer. [b]s[/b] show the answer · Enter skip · [b]q[/b] stop"
OWN_WORDS = "Say your answer aloud, then press Enter. "
RATE = "How was it? (a)gain, (h)ard, (g)ood, (e)asy: "


def run_review(console=None, ask=input, home=None, now=None):
    """Ask what is due.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where to write.
    ask : callable, optional
        Called with a prompt; returns a line. An end of file stops the review.
    home : Path, optional
        The learner's copy.
    now : callable, optional
        Returns the time.

    Returns
    -------
    n_reviewed : int
        How many items were asked and rated.
    """
    console = console or Console()
    home = home or home_of_learner()
    if home is None:
        raise NoCopy
    deck = Deck(home, now, Settings(home).interview)
    due = deck.due()
    console.print(summary(deck))
    if due:
        console.print(HELP, highlight=False)
    n_reviewed = 0
    for n, item in enumerate(due, 1):
        console.rule(f"{n} of {len(due)}: {render.to_text(item.topic)}")
        try:
            rating = _ask(item, console, ask)
        except (EOFError, KeyboardInterrupt, _Stop):
            break
        if rating:
            n_reviewed += 1
            console.print(f"It comes back {when(deck.rate(item.id, rating), deck.now())}.")
    if deck.notice:
        console.print(deck.notice, markup=False)
    return n_reviewed


class _Stop(Exception):
    """The learner wants to leave."""


def summary(deck):
    """Return how much there is to review, in one sentence."""
    if not len(deck):
        return "Nothing to review yet: items come from missed questions and recognised mistakes."
    due = len(deck.due())
    if due:
        return f"{due} of {len(deck)} items are due."
    first = deck.due_at(deck.items()[0].id)
    return f"Nothing is due. The next of {len(deck)} items comes {when(first, deck.now())}."


def when(due, now):
    """Return the distance of a time in words.

    >>> from datetime import datetime, timedelta
    >>> when(datetime(2026, 1, 3), datetime(2026, 1, 1))
    'in 2 days'
    """
    minutes = max(1, round((due - now).total_seconds() / 60))
    for name, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= size:
            n = round(minutes / size)
            return f"in {n} {name}{'s' * (n > 1)}"
    raise AssertionError


def _ask(item, console, ask):
    """Return a rating, or "" to skip."""
    console.print(Markdown(item.front))
    if item.question is None or item.question.kind == "text":
        return _in_own_words(item, console, ask)
    console.print(f"Answer as {item.question.form}", style="dim", markup=False)
    while True:
        typed = ask("> ").strip()
        if typed == "q":
            raise _Stop
        if not typed:
            return ""
        if typed == "s":
            console.print(Markdown(item.back))
            return "again"
        try:
            verdict = item.question.judge(item.question.read(plain(typed, item.question)))
        except NotAnAnswer as problem:
            console.print(str(problem), markup=False)
            continue
        console.print(render.verdict_text(item.question, verdict), markup=False, highlight=False)
        if verdict.passed:
            return _rating(ask, ("hard", "good", "easy"), "How was it? (h)ard, (g)ood, (e)asy: ")
        console.print(Markdown(item.back))
        return "again"


def _in_own_words(item, console, ask):
    if ask(OWN_WORDS).strip() == "q":
        raise _Stop
    console.print(Markdown(item.back))
    return _rating(ask, tuple(RATINGS), RATE)


def _rating(ask, allowed, prompt):
    """Return the rating whose first letter is typed; Enter means good."""
    while True:
        typed = ask(prompt).strip().lower()
        if typed == "q":
            raise _Stop
        found = [name for name in allowed if typed and name.startswith(typed)]
        if len(found) == 1 or not typed:
            return found[0] if found else "good"
