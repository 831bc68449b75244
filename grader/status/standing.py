"""Where a learner stands, gathered from ``progress.jsonl`` and the answers to quizzes."""

from dataclasses import dataclass

from grader import progress
from grader.exercises import registry
from grader.quiz import catalog
from grader.quiz.answers import AnswerFile, records_in
from grader.quiz.progress import topic_progress
from grader.quiz.scoring import points_of, verdict_on
from grader.review.items import MISTAKE
from grader.status.lessons import COURSE, Lesson, lessons

MINUTES_A_QUESTION = 1
MANY_TRIES = 2
WEAK = 1 / 3
"""A topic is weak if this share of its answered questions is not right."""


@dataclass(frozen=True)
class LessonStanding:
    """How far one lesson is done."""

    lesson: Lesson
    points: float
    max_points: int
    open_exercises: tuple[str, ...]
    open_questions: tuple[str, ...]
    skipped: bool = False
    """Whether the diagnostic quiz found nothing missing."""

    @property
    def done(self):
        """Whether nothing is left to do."""
        return not (self.open_exercises or self.open_questions)

    @property
    def reading_left(self):
        """Minutes of reading, in proportion to what is open."""
        n_open = len(self.open_exercises) + len(self.open_questions)
        n_all = len(self.lesson.exercises) + len(self.lesson.questions)
        return self.lesson.reading * n_open / n_all

    @property
    def minutes_left(self):
        """Estimated minutes left: exercises, questions and reading."""
        if self.skipped:
            return 0
        exercises = sum(registry()[name].minutes for name in self.open_exercises)
        questions = MINUTES_A_QUESTION * len(self.open_questions)
        return round(exercises + questions + self.reading_left)


@dataclass(frozen=True)
class Sitting:
    """One mock interview."""

    day: str
    settings: str
    share: float
    """Points earned of those there were."""
    weakest: str
    """The kind with the smallest share, ``"debugging"`` for one; "" if none stands out."""


@dataclass(frozen=True)
class Standing:
    """How far the whole course is done."""

    lessons: tuple[LessonStanding, ...]
    met: tuple[str, ...]
    """Ids of the misconceptions recognised so far, the latest last."""
    overcome: tuple[str, ...]
    """Those after which the exercise was passed, or which were remembered in the review."""
    weak: tuple[tuple[str, str], ...]
    """Pairs of a lesson's title and a topic."""
    unfinished: tuple[str, ...]
    """Exercises tried and not yet passed, the one tried last first."""
    sat: tuple["Sitting", ...] = ()
    """Mock interviews, the latest last."""

    @property
    def minutes_left(self):
        """Estimated minutes left in all lessons."""
        return sum(one.minutes_left for one in self.lessons)


def stand(home, course=COURSE):
    """Return where the learner of a copy stands."""
    events = progress.events(home)
    checks = [event for event in events if event["kind"] == "check"]
    skipped = skippable(events)
    met, overcome = _misconceptions(events)
    passed = {event.get("name") for event in checks if event.get("passed")}
    tried = dict.fromkeys(event.get("name") for event in reversed(checks))
    every = lessons(course)
    return Standing(
        tuple(_lesson(one, home, checks, passed, one.slug in skipped) for one in every),
        met,
        overcome,
        tuple(_weak(every, home, checks, passed)),
        tuple(name for name in tried if name in registry() and name not in passed),
        tuple(_sittings(events)),
    )


def skippable(events):
    """Return the lessons in which the latest diagnostic quiz found nothing missing."""
    found = [event for event in events if event["kind"] == "diagnosis"]
    results = found[-1].get("lessons") if found else {}
    if not isinstance(results, dict):
        return set()
    pairs = {slug: pair for slug, pair in results.items() if isinstance(pair, list)}
    return {slug for slug, pair in pairs.items() if len(pair) == 2 and pair[0] == pair[1]}


def _sittings(events):
    for event in events:
        points, of, kinds = (event.get(key) for key in ("points", "max_points", "by_kind"))
        if event["kind"] != "interview" or not _are_numbers(points, of) or of <= 0:
            continue
        if not isinstance(kinds, dict) or not _are_numbers(*kinds.values()):
            kinds = {}
        weakest = min(kinds, key=kinds.get) if len(set(kinds.values())) > 1 else ""
        yield Sitting(str(event.get("time"))[:10], str(event.get("name")), points / of, weakest)


def _are_numbers(*values):
    return all(isinstance(value, int | float) for value in values)


def _lesson(lesson, home, checks, passed, skipped):
    records = records_in(AnswerFile(home / lesson.folder).bytes())
    bank = catalog.lesson(lesson.slug) if lesson.slug in catalog.slugs() else {}
    questions = [bank[name] for name in lesson.questions if name in bank]
    exercises = [registry()[name] for name in lesson.exercises if name in registry()]
    best = {}
    for event in checks:
        points = event.get("points")
        if _are_numbers(points):
            best[event.get("name")] = max(points, best.get(event.get("name"), 0))
    earned = sum(min(best.get(e.name, 0), e.points) for e in exercises)
    earned += sum(points_of(q, records.get(q.id)) for q in questions)
    return LessonStanding(
        lesson,
        round(earned, 2),
        sum(thing.points for thing in [*exercises, *questions]),
        tuple(e.name for e in exercises if e.name not in passed),
        tuple(q.id for q in questions if not _settled(q, records.get(q.id))),
        skipped,
    )


def _settled(question, record):
    verdict = verdict_on(question, record)
    return verdict is not None and (verdict.passed or question.kind == "text")


def _misconceptions(events):
    met, overcome = {}, set()
    for event in events:
        name, mistake = event.get("name"), event.get("mistake")
        if event["kind"] == "check" and mistake:
            met[mistake] = met.pop(mistake, None)
            overcome.discard(mistake)
        elif event["kind"] == "check" and event.get("passed"):
            overcome |= {one for one in met if one.partition("/")[0] == name}
        elif event["kind"] == "review" and str(name).startswith(f"{MISTAKE}/"):
            mistake = name.partition("/")[2]
            (overcome.add if event.get("passed") else overcome.discard)(mistake)
    return tuple(met), tuple(one for one in met if one in overcome)


def _weak(every, home, checks, passed):
    for lesson in every:
        rows = topic_progress(lesson.slug, home / lesson.folder) if lesson.questions else []
        for row in rows:
            if row.wrong and len(row.wrong) >= WEAK * row.n_answered:
                yield lesson.title, row.topic
        for name in lesson.exercises:
            tries = sum(event.get("name") == name for event in checks)
            if name not in passed and tries >= MANY_TRIES:
                yield lesson.title, f"`{name}`"
