"""What to do in the next half hour, and on each day until an interview."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from grader.exercises import registry
from grader.status.standing import MINUTES_A_QUESTION

LONGEST_DAY, SHORTEST_DAY = 180, 45
"""Minutes of new work on one day of a plan."""
REVIEW = 10
"""Minutes for the review that begins each day."""
CORNER = 8
"""Minutes for one lesson's interview corner."""
READ = "read"


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    lesson: str
    """The title of its lesson, empty for what belongs to none."""
    what: str
    minutes: float
    rank: int = 0
    """What is left out first where time is short: the highest.

    To read and to finish what was begun come first, then what was reported from interviews, the
    quizzes, and the other exercises by their difficulty.
    """


@dataclass(frozen=True)
class Day:
    """The tasks of one day."""

    day: date
    tasks: tuple[Task, ...]

    @property
    def minutes(self):
        """How long they take."""
        return round(sum(task.minutes for task in self.tasks))


@dataclass(frozen=True)
class Plan:
    """The days until an interview."""

    interview: date
    days: tuple[Day, ...]
    left_out: tuple[Task, ...]
    """What does not fit, by what is asked least."""


def next_steps(standing, n_due=0, minutes=30):
    """Return what to do in the next minutes: first what is due, then what was begun.

    Parameters
    ----------
    standing : Standing
        Where the learner stands.
    n_due : int, default=0
        How many items are due for review.
    minutes : int, default=30
        The time there is.
    """
    steps = [Task("", f"`course review`: {n_due} due", min(REVIEW, 1.5 * n_due))] if n_due else []
    titles = {name: one.lesson.title for one in standing.lessons for name in one.open_exercises}
    begun = [_exercise(titles[name], name) for name in standing.unfinished if name in titles]
    weak = _weak_topics(standing)
    rest = [task for task in tasks(standing) if task.what not in {one.what for one in begun}]
    if not (begun or weak or rest):
        steps.append(Task("", "rehearse: the mock interview, lesson 09", minutes))
    for task in [*begun[:1], *weak[:2], *begun[1:], *rest]:
        left = minutes - sum(step.minutes for step in steps)
        if task.what == READ:
            task = replace(task, minutes=min(task.minutes, left))
        if task.minutes > left or left < 1:
            break
        steps.append(task)
    return tuple(steps)


def tasks(standing):
    """Return all that is open, lesson by lesson."""
    found = []
    for one in standing.lessons:
        if one.done or one.skipped:
            continue
        title = one.lesson.title
        found.append(Task(title, READ, one.reading_left))
        for name in one.open_exercises:
            task = _exercise(title, name)
            found.append(replace(task, rank=0) if name in standing.unfinished else task)
        if n := len(one.open_questions):
            found.append(Task(title, f"quiz ({n} open)", n * MINUTES_A_QUESTION, 2))
    return found


def plan(standing, interview, today):
    """Return a plan for the days from today to the one before the interview.

    The last day is for the cheat sheet, the review and a rehearsal; the days before share what is
    open. What does not fit is left out, beginning with what interviews ask least. If there is one
    day only, it goes to the interview corners: nothing new is begun on the last evening.
    """
    n_days = max(0, (interview - today).days)
    study = [today + timedelta(days=n) for n in range(n_days - 1)]
    work = tasks(standing)
    if not study:
        evening = (*_warm_up(), *_weak_topics(standing)[:2], *_corners(standing), *_rehearsal(30))
        return Plan(interview, (Day(today, evening),), tuple(work))
    chosen, left_out = _choose(work, LONGEST_DAY * len(study))
    pace = max(SHORTEST_DAY, math.ceil(sum(task.minutes for task in chosen) / len(study)))
    shares, spent = [[] for _ in study], 0
    for task in chosen:
        shares[min(int(spent // pace), len(study) - 1)].append(task)
        spent += task.minutes
    days = [
        Day(day, (*_warm_up(), *(share or _repetition())))
        for day, share in zip(study, shares, strict=True)
    ]
    last = Day(today + timedelta(days=n_days - 1), (*_warm_up(), *_rehearsal(90)))
    return Plan(interview, (*days, last), left_out)


def _choose(work, room):
    """Return the tasks that fit, in their order, and those that do not, most asked first."""
    chosen, left_out = set(), []
    for number, task in sorted(enumerate(work), key=lambda pair: (pair[1].rank, pair[0])):
        if sum(work[n].minutes for n in chosen) + task.minutes <= room:
            chosen.add(number)
        else:
            left_out.append(task)
    return [task for n, task in enumerate(work) if n in chosen], tuple(left_out)


def _exercise(title, name):
    exercise = registry()[name]
    rank = 1 if exercise.asked else 2 + exercise.difficulty
    return Task(title, f"`{name}`", exercise.minutes, rank)


def _weak_topics(standing):
    """Return the weak topics of the quizzes; weak exercises are open tasks of their own."""
    return [
        Task(title, f"read again: {topic}", 5) for title, topic in standing.weak if "`" not in topic
    ]


def _corners(standing):
    titles = [one.lesson.title for one in standing.lessons if one.lesson.has_corner]
    return [Task(title, "interview corner, aloud", CORNER) for title in titles]


def _warm_up():
    return (Task("", "`course review`: what is due", REVIEW),)


def _repetition():
    return (Task("", "two exercises of your weak topics again, from an empty cell", 30),)


def _rehearsal(minutes):
    return (
        Task("", "`course cheatsheet`: say each line aloud before you read it", 20),
        Task("", "rehearse: the mock interview, lesson 09", minutes),
    )
