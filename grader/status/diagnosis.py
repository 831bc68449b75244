"""A short quiz before the course: which lessons may be skipped.

Three questions a lesson, drawn from its bank, one try each. Right and wrong are told, answers are
not: the questions return in their lessons. A wrong answer is no miss, and nothing of it goes to
the review.
"""

import random
from dataclasses import dataclass

from rich.console import Console
from rich.markdown import Markdown

from grader import progress
from grader.local_file import NoCopy
from grader.quiz import catalog
from grader.quiz.model import NotAnAnswer
from grader.quiz.terminal import plain
from grader.status.home import home_of_learner
from grader.status.lessons import COURSE, lessons
from grader.status.report import Page

A_LESSON = 3
ADVICE = (
    "do it in full",
    "do it in full",
    "read its recap and traps, then do its debug rounds and its quiz",
    "skip it; come back for its interview corner",
)
"""By the number of right answers."""


@dataclass(frozen=True)
class Draw:
    """The questions for one lesson."""

    lesson: object
    questions: tuple


def draw(seed, course=COURSE):
    """Return the questions of every lesson that has exercises, of as many topics as there are."""
    rng = random.Random(seed)
    found = []
    for lesson in lessons(course):
        if lesson.exercises and lesson.slug in catalog.slugs():
            found.append(Draw(lesson, tuple(_of_many_topics(lesson.slug, rng))))
    return found


def _of_many_topics(slug, rng):
    topics = {}
    for question in catalog.lesson(slug).values():
        # A free text has no verdict, an order or a search for a bug takes too long here.
        if question.kind in {"single", "multi", "numeric", "shapes"}:
            topics.setdefault(question.topic, []).append(question)
    groups = list(topics.values())
    rng.shuffle(groups)
    for group in groups:
        rng.shuffle(group)
    turns = [group.pop() for _ in range(A_LESSON) for group in groups if group]
    return turns[:A_LESSON]


def run_diagnosis(console=None, ask=input, home=None, course=COURSE):
    """Ask, and return a page that says which lessons to skip; None if it was stopped.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where to write.
    ask : callable, optional
        Called with a prompt; returns a line. An end of file stops the quiz.
    home, course : Path, optional
        The learner's copy, and the released lessons.
    """
    console, home = console or Console(), home or home_of_learner()
    if home is None:
        raise NoCopy
    before = sum(event["kind"] == "diagnosis" for event in progress.events(home))
    drawn = draw(before, course)
    todo = [(one.lesson, question) for one in drawn for question in one.questions]
    console.print(f"{len(todo)} questions, one try each. Enter: I do not know. q: stop.")
    right = {one.lesson.slug: 0 for one in drawn}
    for n, (lesson, question) in enumerate(todo, 1):
        console.rule(f"{n} of {len(todo)}")
        try:
            right[lesson.slug] += _ask(question, console, ask)
        except (EOFError, KeyboardInterrupt):
            return None
    results = {one.lesson.slug: [right[one.lesson.slug], len(one.questions)] for one in drawn}
    progress.record({"kind": "diagnosis", "lessons": results}, home)
    return Page([("What to do with each lesson", [_row(one, right) for one in drawn])])


def _row(one, right):
    n_right, n_asked = right[one.lesson.slug], len(one.questions)
    missing = n_asked - n_right
    return [one.lesson.title, f"{n_right} of {n_asked} right", ADVICE[max(0, A_LESSON - missing)]]


def _ask(question, console, ask):
    """Return whether the answer is right; `EOFError` stops."""
    console.print(Markdown(f"{question.prompt}\n\n{question.describe()}"))
    console.print(f"Answer as {question.form}", style="dim", markup=False)
    while True:
        typed = ask("> ").strip()
        if typed == "q":
            raise EOFError
        if not typed:
            return False
        try:
            passed = question.judge(question.read(plain(typed, question))).passed
        except NotAnAnswer as problem:
            console.print(str(problem), markup=False)
            continue
        console.print("Right." if passed else "Not right: its lesson explains it.")
        return passed
