"""Plays an interview with a made-up candidate, so that a lesson can show a page of results.

The candidate knows two questions of three, makes the first listed mistake of every other
exercise, and explains half of each rubric. The clock stands at a fixed day.
"""

import itertools

from grader.interview import marking, pool
from grader.interview.plan import Round, Settings
from grader.interview.session import Session
from grader.quiz.model import NotAnAnswer

NOON = 1_767_614_400.0
"""The fifth of January 2026, 12:00 UTC."""


ROUNDS = (
    Round(
        "rapid",
        4,
        (
            "question:bias-gradient",
            "question:momentum-too-close-to-one",
            "question:batchnorm-by-hand",
            "question:dense-and-sparse-labels",
            "question:he-standard-deviation",
        ),
    ),
    Round("whiteboard", 8, ("question:whiteboard-two-layer-gradients",)),
    Round("coding", 9, ("exercise:softmax",)),
    Round("debug", 6, ("exercise:debug_linear_forward",)),
    Round("explain", 3, ("question:explain-batchnorm",)),
)
"""Named rather than drawn, so that the page stays the same when the course grows."""


def played():
    """Return the session of an interview that was sat to its end."""
    session = Session.begin(Settings(seed=7), lambda: NOON, ROUNDS)
    for turn in itertools.count():
        if session.phase == "over":
            return session
        if session.phase == "between":
            session.next_round()
        _take(session, turn)


def _take(session, turn):
    sort, name = pool.split(session.item)
    if sort == "exercise":
        _code(session, pool.thing(session.item), name)
    elif sort == "follow-up":
        marking.answer(session, None)
        marking.answer(session, "part")
    elif pool.thing(session.item).kind == "text":
        marking.answer(session, pool.thing(session.item).reference())
        marking.answer(session, list(range(1, 1 + len(pool.thing(session.item).rubric) // 2)))
    else:
        _choose(session, pool.thing(session.item), turn)


def _choose(session, question, turn):
    right = question.reference()
    value = right if turn % 3 else _wrong(question, right)
    marking.answer(session, value)


def _wrong(question, right):
    """Return a wrong answer where one is quickly found, else the right one."""
    for guess in "ABCD":
        try:
            value = question.read(guess)
        except NotAnAnswer:
            continue
        if question.judge(value).share < 1:
            return value
    return right


def _code(session, exercise, name):
    """Hand in a known mistake in the coding round, and mend it in all others."""
    slips = session.round.kind == "coding" and exercise.mistakes
    answer = exercise.mistakes[0] if slips else exercise.reference
    result = marking.submit(session, {name: answer})
    if not result.passed:
        session.advance()
