"""One warm sandbox for all tests of the boundary."""

import textwrap
from pathlib import Path

import pytest

from grader.sandbox.limits import Limits
from grader.sandbox.session import Sandbox, SandboxUnavailable

LIMITS = Limits(cell_seconds=2.0, cells_seconds=6.0, calls_seconds=30.0, grace=2.0)


@pytest.fixture(scope="session")
def sandbox():
    try:
        started = Sandbox(limits=LIMITS).start()
    except SandboxUnavailable as problem:
        pytest.skip(str(problem))
    with started:
        yield started


@pytest.fixture
def attempt(sandbox):
    """Return a function that runs a cell and returns what its ``attack(*args)`` comes to."""

    def run(source, *args, seconds=8.0):
        with sandbox.open([textwrap.dedent(source)]) as session:
            (outcome,) = session.calls("attack", [args], seconds=seconds)
        return outcome

    return run


@pytest.fixture
def still_works(sandbox):
    """Check, after the test, that the next submission is served as if nothing had been."""
    yield
    with sandbox.open(["def double(x):\n    return 2 * x"]) as session:
        assert [o.value for o in session.calls("double", [(1,), (2.5,)])] == [2, 5.0]


@pytest.fixture
def status_of():
    """Return a function that tells what the kernel says, outside, about a session's process."""
    return _status_of


def _status_of(session, key):
    info = Path(f"/proc/self/fdinfo/{session._handle}").read_text().splitlines()
    (pid,) = (line.split()[1] for line in info if line.startswith("Pid:"))
    return pid, Path(f"/proc/{pid}/status").read_text().partition(f"\n{key}:")[2].split("\n")[0]
