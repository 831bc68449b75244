"""What an interview comes to: scores by topic and by kind, mistakes, and what to do again."""

from collections import defaultdict
from dataclasses import dataclass

from grader.interview import pool
from grader.interview.plan import Settings
from grader.quiz.model import NotAnAnswer

SOON, LATER, AGAIN = 1, 3, 7
"""Days until one does again what went wrong, what went half well, and a good interview."""
GOOD = 0.75


@dataclass(frozen=True)
class Row:
    """One item of an interview and how it went."""

    item: str
    round: str
    share: float
    tries: int
    made: tuple[tuple[str, str], ...] = ()
    """The id of each mistake made, "" if it is none we know, and a sentence on it."""
    own: bool = False
    """Whether the candidate marked it."""

    @property
    def kind(self):
        """Concept, implementation, debugging or explanation."""
        return pool.kind_of(self.item)

    @property
    def topic(self):
        """The title of its lesson."""
        slug = pool.topic_of(self.item)
        return "General" if slug == pool.OWN else pool.title_of(slug)

    @property
    def weight(self):
        """How much it counts."""
        return pool.weight_of(self.item)

    @property
    def name(self):
        """What it is called on the page."""
        sort, name = pool.split(self.item)
        if sort == "question":
            return f"{pool.thing(self.item).topic} (`{name}`)"
        return f"`{name}`" if sort == "exercise" else f"Follow-up to `{name}`"


@dataclass(frozen=True)
class Score:
    """Points of a group of items."""

    points: float
    max_points: int

    @property
    def share(self):
        """From 0 to 1."""
        return self.points / self.max_points if self.max_points else 0.0


@dataclass(frozen=True)
class Redo:
    """Something to do again."""

    days: int
    what: str


def rows(session):
    """Return a row for everything that was planned or asked, in order."""
    return [
        _row(item, part.kind, session.entry(item)) for part in session.rounds for item in part.items
    ]


def total(found):
    """Return the score of some rows."""
    return Score(sum(r.share * r.weight for r in found), sum(r.weight for r in found))


def by_kind(found):
    """Return the score of each kind that occurred, in the order of `pool.KINDS`."""
    groups = _grouped(found, "kind")
    return {kind: groups[kind] for kind in pool.KINDS if kind in groups}


def by_topic(found):
    """Return the score of each topic that occurred, weakest first."""
    groups = _grouped(found, "topic")
    return dict(sorted(groups.items(), key=lambda pair: (pair[1].share, pair[0])))


def mistakes(found):
    """Return the name and the sentence of each mistake made."""
    return [
        (_called(row, mistake), sentence + (" You mended it." if row.share == 1 else ""))
        for row in found
        for mistake, sentence in dict.fromkeys(row.made)
    ]


def redo(found, settings):
    """Return what to do again, soonest first; the interview itself comes last."""
    plan = [Redo(days, what) for r in found for days, what in _again(r)]
    again = AGAIN if total(found).share >= GOOD else LATER
    plan.append(Redo(again, f"another interview: `{call(settings)}`"))
    return sorted(plan, key=lambda r: r.days)


def call(settings):
    """Return how the next interview of the same form is called.

    >>> from grader.interview.plan import Settings
    >>> call(Settings(15, seed=3)), call(Settings(seed=7))
    ('interview(minutes=15, seed=4)', 'interview(seed=8)')
    """
    usual = Settings()
    chosen = {
        name: getattr(settings, name)
        for name in ("minutes", "level", "topics")
        if getattr(settings, name) != getattr(usual, name)
    }
    named = [f"{name}={value!r}" for name, value in chosen.items()]
    return f"interview({', '.join([*named, f'seed={settings.seed + 1}'])})"


def _row(item, kind, entry):
    share, tries = entry.get("share", 0.0), entry.get("tries", 0)
    made = [tuple(pair) for pair in entry.get("made", ())]
    if share < 1 and (remark := _remark(item, entry)):
        made.append(("", remark))
    return Row(item, kind, share, tries, tuple(made), entry.get("own", False))


def _remark(item, entry):
    """Return what the bank says to a wrong answer."""
    if pool.split(item)[0] != "question" or entry.get("own") or "value" not in entry:
        return ""
    question = pool.thing(item)
    try:
        verdict = question.judge(question.read(entry["value"]))
    except NotAnAnswer:
        return ""
    wrong = [remark.text for remark in verdict.remarks if not remark.passed and remark.text]
    return " ".join(wrong) or verdict.summary


def _called(row, mistake):
    exercise, _, name = mistake.partition("/")
    return f"`{exercise}`, {name.strip('_').replace('_', ' ')}" if name else row.name


def _again(row):
    """Yield when and what, for a row that was not all right."""
    sort, name = pool.split(row.item)
    if row.share == 1 or sort == "follow-up":
        return
    where = f"(lesson {row.topic})" if row.topic != "General" else "(this lesson)"
    if sort == "exercise":
        yield SOON, f"`{name}` from memory {where}"
        yield LATER, f"`{name}` once more, without looking"
    elif row.own:
        yield LATER, f"`{name}` aloud in two minutes {where}"
    else:
        yield (LATER if row.share >= 0.5 else SOON), f"the question `{name}` {where}"


def _grouped(found, attribute):
    groups = defaultdict(list)
    for row in found:
        groups[getattr(row, attribute)].append(row)
    return {name: total(members) for name, members in groups.items()}
