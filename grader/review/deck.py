"""When each item comes back: FSRS without chance, kept in ``review.json``.

The file lies in the learner's copy and reads::

    {"schema": 1,
     "items": {"question/bias-gradient": {
        "missed": "2026-01-31T12:00:00+00:00",
        "card": {"card_id": 0, "state": 2, "step": null, "stability": 2.3, "difficulty": 2.1,
                 "due": "2026-02-02T12:00:00+00:00", "last_review": "2026-01-31T12:00:00+00:00"}}}}

``missed`` is the last miss that was counted, ``card`` is what `fsrs.Card.to_dict` returns. An item
is due as soon as it was missed. Remembered each time it is due, it comes back after 2, 11 and 46
days; forgotten, after 10 minutes, and then by shorter intervals. Before an interview nothing is
put off until after it.
"""

from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from grader import progress
from grader.local_file import LocalFile
from grader.review.items import find, missed

FILE, SCHEMA = "review.json", 1
STEP = timedelta(minutes=10)
RATINGS = {rating.name.lower(): rating for rating in Rating}
"""``again``, ``hard``, ``good``, ``easy``."""


class Deck:
    """All items of one learner.

    Parameters
    ----------
    home : Path
        The learner's copy of the course.
    now : callable, optional
        Returns the time, aware of its zone.
    interview : date, optional
        No interval reaches beyond the day before it.
    """

    def __init__(self, home, now=None, interview=None):
        self.home, self.interview = home, interview
        self.now = now or (lambda: datetime.now(UTC))
        self._file = LocalFile(home / FILE, SCHEMA, _is_well_formed)
        document = self._file.read() or {"items": {}}
        self._items = document["items"]
        self._take_in(missed(progress.events(home)))

    @property
    def notice(self):
        """What the learner should know of the file, empty if nothing."""
        return self._file.notice

    def __len__(self):
        """Return how many items there are."""
        return len(self.items())

    def items(self):
        """Return the items that the course still has, the one due first first."""
        known = sorted((self.due_at(name), name) for name in self._items)
        return [item for _, name in known if (item := find(name))]

    def due(self):
        """Return the items to ask now."""
        now = self.now()
        return [item for item in self.items() if self.due_at(item.id) <= now]

    def due_at(self, item_id):
        """Return when an item comes back."""
        return self._card(item_id).due

    def rate(self, item_id, rating):
        """Note how well an item was remembered and return when it comes back.

        Parameters
        ----------
        item_id : str
            The item.
        rating : str
            ``again``, ``hard``, ``good`` or ``easy``.
        """
        card = self._reviewed(self._card(item_id), RATINGS[rating], self.now())
        self._items[item_id]["card"] = card.to_dict()
        self.save()
        event = {"kind": "review", "name": item_id, "passed": rating != "again", "rating": rating}
        progress.record(event, self.home)
        return card.due

    def save(self):
        """Write the file; a folder that cannot be written to is told, not raised."""
        try:
            self._file.write({"items": self._items})
        except OSError as problem:
            self._file.notice = f"{FILE} could not be saved: {problem.strerror or problem}."

    def _take_in(self, misses):
        before = {name: entry["missed"] for name, entry in self._items.items()}
        for name, time in misses:
            self._miss(name, time)
        if before != {name: entry["missed"] for name, entry in self._items.items()}:
            self.save()

    def _miss(self, name, time):
        moment = _moment(time)
        if moment is None:
            return
        entry = self._items.get(name)
        if entry is None:
            # A plain number as id: a random one would differ in every copy of the course.
            card = Card(card_id=len(self._items), due=moment)
        elif moment <= _moment(entry["missed"]):
            return
        else:
            card = self._card(name)
            # Missed again in the lesson after it was remembered here: that is forgetting.
            if card.last_review is not None and moment > card.last_review:
                card = self._reviewed(card, Rating.Again, moment)
        self._items[name] = {"missed": moment.isoformat(), "card": card.to_dict()}

    def _card(self, name):
        return Card.from_dict(self._items[name]["card"])

    def _reviewed(self, card, rating, moment):
        return self._scheduler(moment).review_card(card, rating, review_datetime=moment)[0]

    def _scheduler(self, moment):
        longest = 36500
        if self.interview is not None and self.interview >= moment.date():
            longest = max(1, (self.interview - moment.date()).days - 1)
        return Scheduler(
            learning_steps=(STEP,),
            relearning_steps=(STEP,),
            maximum_interval=longest,
            enable_fuzzing=False,
        )


def _moment(time):
    """Return a time as written in ``progress.jsonl``, None if it is none."""
    try:
        moment = datetime.fromisoformat(time)
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _is_well_formed(document):
    items = document.get("items")
    return isinstance(items, dict) and all(map(_is_entry, items.values()))


def _is_entry(entry):
    try:
        card = Card.from_dict(entry["card"])
        return _moment(entry["missed"]) is not None and card.due.tzinfo is not None
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
