"""The clock of one round. It runs towards a deadline, a moment in time that is kept in a file.

So it goes on while the kernel restarts, as an interview would, and stands still in a pause.
"""

GRACE = 3.0
"""Seconds past the deadline in which an answer still counts: it was on its way."""


def begin(record, minutes, now):
    """Start a round of so many minutes."""
    record.update(phase="running", deadline=now + 60 * minutes, left=None)


def stop(record, phase, now):
    """Hold the clock; ``phase`` says why."""
    record.update(phase=phase, deadline=None, left=seconds_left(record, now))


def resume(record, now):
    """Let a held clock run on."""
    record.update(phase="running", deadline=now + (record["left"] or 0.0), left=None)


def seconds_left(record, now):
    """Return the seconds left of the round, 0 if none."""
    if record["deadline"] is None:
        return record["left"] or 0.0
    return max(0.0, record["deadline"] - now)


def is_up(record, now):
    """Return whether a running clock is past its deadline."""
    return record["phase"] == "running" and now > record["deadline"] + GRACE


def told(seconds):
    """Return minutes and seconds.

    >>> told(65.2), told(0)
    ('1:06', '0:00')
    """
    whole = -int(-seconds // 1)
    return f"{whole // 60}:{whole % 60:02d}"
