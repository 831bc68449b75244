"""What an interview can draw from: the questions of the banks and the exercises of the registry.

An item is named by a string, ``"question:bias-gradient"``, ``"exercise:adam_step"`` or
``"follow-up:adam_step"``, so that it can be kept in a file.
"""

from dataclasses import dataclass
from functools import cache

from grader import exercises
from grader.quiz import catalog

OWN = "mock_interview"
"""The bank whose questions belong to every topic."""
WHITEBOARD = "whiteboard-two-layer-gradients"
KINDS = ("concept", "implementation", "debugging", "explanation")
ROUND_OF = {"write": "coding", "timed": "coding", "derive": "whiteboard", "debug": "debug"}
TEXT_MINUTES = 4


@dataclass(frozen=True)
class Candidate:
    """An item that may be drawn."""

    item: str
    topic: str
    """The slug of its lesson."""
    round: str
    minutes: int
    difficulty: int


@cache
def candidates():
    """Return everything that can be drawn."""
    questions = [
        Candidate(f"question:{q.id}", slug, _round_of_question(q), TEXT_MINUTES, q.difficulty)
        for slug in catalog.slugs()
        for q in catalog.lesson(slug).values()
    ]
    tasks = [
        Candidate(f"exercise:{e.name}", slug, ROUND_OF[e.kind], e.minutes, e.difficulty)
        for slug, found in exercises.by_lesson().items()
        for e in found
    ]
    return (*questions, *tasks)


def topics():
    """Return the slugs one can choose."""
    return tuple(sorted({c.topic for c in candidates()} - {OWN}))


def split(item):
    """Return the sort and the name in an item.

    >>> split("exercise:adam_step")
    ('exercise', 'adam_step')
    """
    sort, _, name = item.partition(":")
    return sort, name


def thing(item):
    """Return the question, or the exercise, that an item names."""
    sort, name = split(item)
    return catalog.find(name) if sort == "question" else exercises.registry()[name]


def topic_of(item):
    """Return the slug of an item's lesson."""
    sort, name = split(item)
    return catalog.lesson_of(name) if sort == "question" else exercises.lesson_of(name)


def kind_of(item):
    """Return which of the four kinds an item tests."""
    sort, _ = split(item)
    kind = thing(item).kind
    if sort == "follow-up" or kind == "text":
        return "explanation"
    if kind in ("bug", "debug"):
        return "debugging"
    return "implementation" if kind in ("write", "timed") else "concept"


def weight_of(item):
    """Return how much an item counts in the result."""
    sort, _ = split(item)
    if sort == "exercise":
        return thing(item).points
    return 2 if sort == "question" and thing(item).kind == "text" else 1


def title_of(slug):
    """Return the name of a lesson.

    >>> title_of("chain_rule")
    'Chain rule'
    """
    return slug.replace("_", " ").capitalize()


def _round_of_question(question):
    if question.id == WHITEBOARD:
        return "whiteboard"
    return "explain" if question.kind == "text" else "rapid"
