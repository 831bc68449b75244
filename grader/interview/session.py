"""One interview in its course: where it stands, what was answered, what comes next.

All it knows is one plain dict, which a `StateFile` keeps. Time comes from outside.
"""

from grader.interview import clock, pool
from grader.interview.plan import Round, Settings, draw


class NotNow(ValueError):
    """What cannot be done at this point; the message says what can."""


class Session:
    """An interview that has been started.

    Parameters
    ----------
    record : dict
        What `StateFile` keeps; changed in place.
    now : callable
        Returns the time in seconds.
    """

    def __init__(self, record, now):
        self.record, self._now = record, now
        self.close_if_time_is_up()

    @classmethod
    def begin(cls, settings, now, rounds=None):
        """Draw the rounds, if none are given, and start the clock of the first."""
        rounds = [vars(r) | {"items": list(r.items)} for r in rounds or draw(settings)]
        record = vars(settings) | {"topics": list(settings.topics), "rounds": rounds}
        record |= {"round": 0, "item": 0, "answers": {}, "started": now(), "ended": None}
        clock.begin(record, rounds[0]["minutes"], now())
        return cls(record, now)

    @property
    def settings(self):
        """What the learner chose."""
        keys = ("minutes", "level", "seed")
        chosen = {key: self.record[key] for key in keys}
        return Settings(**chosen, topics=tuple(self.record["topics"]))

    @property
    def phase(self):
        """``running``, ``paused``, ``marking``, ``between`` two rounds, or ``over``."""
        return self.record["phase"]

    @property
    def rounds(self):
        """The rounds, follow-ups that were asked among their items."""
        return [Round(r["kind"], r["minutes"], tuple(r["items"])) for r in self.record["rounds"]]

    @property
    def round(self):
        """The round at hand, or the one that comes next."""
        return self.rounds[min(self.record["round"], len(self.rounds) - 1)]

    @property
    def item(self):
        """The item at hand."""
        return self.round.items[self.record["item"]]

    @property
    def seconds_left(self):
        """Seconds left of the round."""
        return clock.seconds_left(self.record, self._now())

    def entry(self, item):
        """Return what is noted on an item, or an empty dict."""
        return self.record["answers"].get(item, {})

    def note(self, item, **entry):
        """Note how an item was answered; mistakes of earlier tries are kept."""
        old = self.entry(item)
        made = old.get("made", [])
        if entry.get("note"):
            made = [*made, [entry.pop("mistake", ""), entry.pop("note")]]
        tries = old.get("tries", 0) + 1
        self.record["answers"][item] = {"tries": tries, "made": made, **entry}

    def follow_up(self):
        """Put the follow-up of the item at hand behind it."""
        _, name = pool.split(self.item)
        items = self.record["rounds"][self.record["round"]]["items"]
        items.insert(self.record["item"] + 1, f"follow-up:{name}")

    def advance(self):
        """Go to the next item, or end the round."""
        self.require("running", "marking")
        if self.phase == "marking":
            clock.resume(self.record, self._now())
        self.record["item"] += 1
        if self.record["item"] >= len(self.round.items):
            self._end_round()

    def next_round(self):
        """Start the clock of the next round."""
        self.require("between")
        clock.begin(self.record, self.round.minutes, self._now())

    def pause(self):
        """Stop the clock."""
        self.require("running")
        clock.stop(self.record, "paused", self._now())

    def resume(self):
        """Let the clock run on."""
        self.require("paused")
        clock.resume(self.record, self._now())

    def compare(self):
        """Stop the clock while an answer is held against its model."""
        self.require("running")
        clock.stop(self.record, "marking", self._now())

    def end(self):
        """End the interview where it stands."""
        self.record.update(phase="over", deadline=None, left=None, ended=self._now())

    def close_if_time_is_up(self):
        """End the round whose deadline has passed; say whether there was one."""
        if not clock.is_up(self.record, self._now()):
            return False
        self._end_round()
        return True

    def require(self, *phases):
        """Raise `NotNow` outside of the given phases."""
        if self.phase not in phases:
            raise NotNow(WHAT_NOW[self.phase])

    def _end_round(self):
        self.record.update(round=self.record["round"] + 1, item=0)
        if self.record["round"] >= len(self.rounds):
            self.end()
        else:
            self.record.update(phase="between", deadline=None, left=None)


WHAT_NOW = {
    "running": "The clock is running. Answer, or pass with `interview.skip()`.",
    "paused": "The clock stands still. Go on with `interview.resume()`.",
    "marking": "Mark your answer first; `interview.task()` shows how.",
    "between": "No round is running. Begin the next one with `interview.next()`.",
    "over": "The interview is over. `interview.results()` shows how it went.",
}
