"""Draws an interview: which rounds, how long, and what is asked in each. The seed decides all."""

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from grader.interview import pool

FORMATS = {
    15: (("rapid", 4, 5), ("coding", 7, 1), ("explain", 4, 1)),
    30: (
        ("rapid", 4, 5),
        ("whiteboard", 8, 1),
        ("coding", 9, 1),
        ("debug", 6, 1),
        ("explain", 3, 1),
    ),
    45: (
        ("rapid", 7, 9),
        ("whiteboard", 10, 1),
        ("coding", 12, 1),
        ("debug", 8, 1),
        ("explain", 8, 2),
    ),
}
"""By length: kind, minutes and number of items of each round."""
LEVELS = {"junior": (1, 2), "mid": (2, 3), "senior": (3, 4)}
"""The difficulties of questions and exercises at each level."""
TITLES = {
    "rapid": "Rapid questions",
    "whiteboard": "At the whiteboard",
    "coding": "Coding against the clock",
    "debug": "Debug round",
    "explain": "Explain it",
}


@dataclass(frozen=True)
class Settings:
    """What a learner chooses."""

    minutes: int = 30
    level: str = "mid"
    topics: tuple[str, ...] = ()
    """Slugs; empty means as they come."""
    seed: int | None = None

    def __post_init__(self):
        """Say what can be chosen instead of a wrong setting."""
        if self.minutes not in FORMATS:
            raise ValueError(f"Choose minutes from {_listed(FORMATS)}.")
        if self.level not in LEVELS:
            raise ValueError(f"Choose level from {_listed(LEVELS)}.")
        if unknown := [topic for topic in self.topics if topic not in pool.topics()]:
            raise ValueError(
                f"There is no topic {unknown[0]!r}. Choose from {_listed(pool.topics())}."
            )
        if self.seed is not None and (type(self.seed) is not int or self.seed < 0):
            raise ValueError("Choose a seed of 0 or more, a whole number.")


@dataclass(frozen=True)
class Round:
    """One part of an interview."""

    kind: str
    minutes: int
    items: tuple[str, ...]


def draw(settings):
    """Return the rounds of an interview; equal settings give equal rounds.

    Parameters
    ----------
    settings : Settings
        With a seed.

    Returns
    -------
    rounds : tuple of Round
        No item comes twice, and topics come by turns where the settings allow it.
    """
    rounds, used = [], []
    for kind, minutes, number in FORMATS[settings.minutes]:
        first = len(used)
        for _ in range(number):
            used.append(_next(settings, kind, minutes / number, used))
        rounds.append(Round(kind, minutes, tuple(c.item for c in used[first:])))
    return tuple(rounds)


def hidden_seed(seed, exercise):
    """Return the seed of the cases on which an exercise is judged: never the visible 0."""
    return 1 + _hash(seed, exercise) % (2**31 - 1)


def _next(settings, kind, minutes, used):
    is_rapid = kind == "rapid"
    seen = Counter(c.topic for c in used if (c.round == "rapid") == is_rapid)
    fitting = _fitting(settings, kind, minutes, set(used))
    return min(fitting, key=lambda c: (seen[c.topic], _hash(settings.seed, c.item)))


def _fitting(settings, kind, minutes, used):
    """Return the candidates that keep most of what was chosen: topic first, then level."""
    left = [c for c in pool.candidates() if c.round == kind and c not in used]
    wishes = [
        lambda c: c.topic in settings.topics if settings.topics else True,
        lambda c: kind in ("rapid", "explain") or minutes / 2 <= c.minutes <= minutes,
        lambda c: c.difficulty in LEVELS[settings.level],
    ]
    for wish in wishes:
        left = list(filter(wish, left)) or left
    return left


def _hash(seed, name):
    """Return a number that every Python version agrees on; adding an exercise moves no other."""
    return int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=8).digest(), "big")


def _listed(names):
    return ", ".join(map(str, names))
