"""A peer that says anything at all: it is understood, or its session ends."""

import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.calling import Outcome
from grader.sandbox import connection, wire
from grader.sandbox.limits import Limits
from grader.sandbox.session import BROKEN, ENDED, RUNNING, TIMED_OUT, Session

READY = wire.frame(wire.encode(("ready",)))
DONE = wire.frame(wire.encode(("done",)))
OUTCOME = ("outcome", 1, 0, 3, "", (), "", (), False)


def session_with(said, seconds=0.2):
    """Return a session whose other end has said these bytes and hung up."""
    ours, theirs = connection.pair()
    theirs.sendall(READY + said)
    theirs.shutdown(1)
    limits = Limits(grace=seconds, cells_seconds=seconds)
    process = subprocess.Popen(["sleep", "60"])
    handle = os.pidfd_open(process.pid)
    session = Session(connection.Connection(ours, limits), handle, limits)
    session.run([], {})
    session.others = (theirs, process)
    return session


@pytest.mark.parametrize(
    "message",
    [
        ("outcome", 1, 1, 3, "", (), "", (), False),
        ("outcome", 2, 0, 3, "", (), "", (), False),
        ("outcome", 1, 0, 3, "no name", (), "", (), False),
        ("outcome", 1, 0, 3, "", (1,), "", (), False),
        ("outcome", 1, 0, 3, "", (True,), "", (), False),
        ("outcome", 1, 0, 3, "", (), "x" * 10**5, (), False),
        ("outcome", 1, 0, 3, "", (), "", ("x" * 1000,), False),
        ("outcome", 1, 0, 3, "", (), "", (), 0),
        ("outcome", 1, 0, 3, "", [], "", (), False),
        ("cell", 0, "ok", ""),
        ["outcome", 1, 0, 3, "", (), "", (), False],
        None,
    ],
    ids=repr,
)
def test_a_message_that_is_no_outcome_ends_the_session(message):
    session = session_with(DONE + wire.frame(wire.encode(message)))

    (outcome,) = session.calls("f", [(1,)])

    assert session.status == BROKEN
    assert (outcome.error, outcome.value) == ("ProcessEnded", None)


def test_an_outcome_that_fits_is_taken():
    session = session_with(DONE + wire.frame(wire.encode(OUTCOME)))

    assert list(session.calls("f", [(1,)])) == [Outcome(3)]
    assert session.status == RUNNING
    session.close()


def test_a_peer_that_hangs_up_ends_the_session():
    session = session_with(DONE)

    assert session.find("f") is None
    assert session.status == ENDED


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=100) | st.binary(max_size=100).map(lambda data: DONE + data))
def test_whatever_a_peer_says_nothing_is_raised(said):
    with session_with(said) as session:
        session.find("f")
        list(session.calls("f", [(1,)]))

    assert session.status in (BROKEN, ENDED, TIMED_OUT)
