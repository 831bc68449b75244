"""A short quiz before the course: which lessons may be skipped.

Three questions a lesson, drawn from its bank, one try each. Right and wrong are told, answers are
not: the questions return in their lessons. A wrong answer is no miss, and nothing of it goes to
the review. A terminal and a notebook's widget both ask by a `Diagnosis`.
"""

import random
from dataclasses import dataclass

from grader import progress
from grader.quiz import catalog
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


class Diagnosis:
    """One sitting; its result is noted with the last answer, and not before.

    Parameters
    ----------
    home : Path
        The learner's copy.
    course : Path, optional
        The released lessons.
    """

    def __init__(self, home, course=COURSE):
        self.home = home
        earlier = sum(event["kind"] == "diagnosis" for event in progress.events(home))
        self._drawn = draw(earlier, course)
        self._todo = [(one.lesson, question) for one in self._drawn for question in one.questions]
        self._right = {one.lesson.slug: 0 for one in self._drawn}
        self.n_answered = 0

    @property
    def n_questions(self):
        """How many questions it has."""
        return len(self._todo)

    @property
    def question(self):
        """The question at hand, None after the last."""
        return None if self.n_answered == self.n_questions else self._todo[self.n_answered][1]

    def answer(self, raw):
        """Take the answer to the question at hand and return whether it is right.

        Parameters
        ----------
        raw : str, number, list, dict or None
            What `Question.read` takes, which may raise `NotAnAnswer`; None for "I do not know".
        """
        lesson, question = self._todo[self.n_answered]
        passed = raw is not None and question.judge(question.read(raw)).passed
        self._right[lesson.slug] += passed
        self.n_answered += 1
        if self.question is None:
            progress.record({"kind": "diagnosis", "lessons": self._results()}, self.home)
        return passed

    def page(self):
        """Return what to do with each lesson."""
        return Page([("What to do with each lesson", [self._row(one) for one in self._drawn])])

    def _results(self):
        return {
            one.lesson.slug: [self._right[one.lesson.slug], len(one.questions)]
            for one in self._drawn
        }

    def _row(self, one):
        n_right, n_asked = self._right[one.lesson.slug], len(one.questions)
        missing = n_asked - n_right
        advice = ADVICE[max(0, A_LESSON - missing)]
        return [one.lesson.title, f"{n_right} of {n_asked} right", advice]
