"""What the tests of the interview share: a clock that is moved by hand."""

import pytest

from grader.interview.desk import Desk
from grader.interview.plan import Settings


class Clock:
    """Tells the time it was set to."""

    def __init__(self):
        self.time = 1_767_614_400.0

    def __call__(self):
        """Return the time in seconds."""
        return self.time

    def wait(self, minutes):
        """Let minutes pass."""
        self.time += 60 * minutes


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock):
    """Return a desk at which a short interview has begun."""
    desk = Desk(tmp_path, clock)
    desk.start(Settings(minutes=15, seed=3))
    return desk
