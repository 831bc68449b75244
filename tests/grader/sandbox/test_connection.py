"""Tests of grader.sandbox.connection, over real sockets; deadlines that are past need no wait."""

import socket
import time

import pytest

from grader.sandbox import wire
from grader.sandbox.connection import WINDOW, Connection, Ended, Late, pair
from grader.sandbox.limits import Limits

PAST, FAR = 0.0, 10.0


@pytest.fixture
def peer():
    """Return a function that makes a connection and returns it with the other end."""
    ends = []

    def connect(**limits):
        ours, theirs = pair()
        ends.extend((ours, theirs))
        return Connection(ours, Limits(**limits)), theirs

    yield connect
    for end in ends:
        end.close()


def _said(*messages):
    return b"".join(wire.frame(wire.encode(message)) for message in messages)


def _deadline(seconds):
    return time.monotonic() + seconds


def _read(end, size):
    data = b""
    while len(data) < size:
        data += end.recv(size - len(data))
    return data


def test_messages_come_in_their_order(peer):
    connection, theirs = peer()
    theirs.sendall(_said(("one",), ("two", 2)))

    assert [connection.receive(_deadline(FAR)) for _ in "12"] == [("one",), ("two", 2)]


def test_a_message_in_pieces_is_put_together(peer):
    connection, theirs = peer()
    data = _said(("one", "x" * 100))
    pieces = [data[n : n + 40] for n in range(0, len(data), 40)]

    def next_piece():
        if pieces:
            theirs.sendall(pieces.pop(0))

    assert connection.receive(_deadline(FAR), next_piece) == ("one", "x" * 100)


def test_who_says_nothing_is_late(peer):
    connection, _ = peer()

    with pytest.raises(Late):
        connection.receive(_deadline(0.01))


def test_what_has_arrived_by_the_deadline_still_counts(peer):
    connection, theirs = peer()
    theirs.sendall(_said(("one",)))

    assert connection.receive(_deadline(PAST)) == ("one",)


def test_long_past_the_deadline_it_does_not(peer):
    connection, theirs = peer()
    theirs.sendall(_said(("one",)))

    with pytest.raises(Late):
        connection.receive(_deadline(-60))


def test_who_hangs_up_has_ended(peer):
    connection, theirs = peer()
    theirs.close()

    with pytest.raises(Ended, match="it hung up"):
        connection.receive(_deadline(FAR))


def test_who_sends_without_end_has_ended(peer):
    connection, theirs = peer(replies_bytes=100)
    theirs.sendall(_said(*[("x" * 50,)] * 10))

    with pytest.raises(Ended, match="more than any answer needs"):
        connection.receive(_deadline(FAR))


@pytest.mark.parametrize(
    "data",
    [_said(["a list"]), _said(None), wire.SIZE.pack(2**31), wire.frame(b"?")],
    ids=["a list", "nothing", "too long", "no value"],
)
def test_what_is_no_message_is_refused(peer, data):
    connection, theirs = peer()
    theirs.sendall(data)

    with pytest.raises(wire.WireError):
        connection.receive(_deadline(FAR))


def test_what_is_queued_is_sent_while_waiting(peer):
    connection, theirs = peer()
    connection.queue(("ask", 1))

    with pytest.raises(Late):
        connection.receive(_deadline(0.01))
    assert _read(theirs, len(_said(("ask", 1)))) == _said(("ask", 1))


def test_there_is_room_until_the_window_is_full(peer):
    connection, _ = peer()
    room = [connection.has_room()]

    connection.queue(("x" * WINDOW,))
    room.append(connection.has_room())
    connection.drop_unsent()
    room.append(connection.has_room())

    assert room == [True, False, True]


def test_a_message_begun_is_sent_to_its_end_and_the_others_dropped(peer):
    connection, theirs = peer()
    large = ("x" * 2**22,)
    connection.queue(large)
    connection.queue(("never",))
    with pytest.raises(Late):
        connection.receive(_deadline(0.05))

    connection.drop_unsent()
    theirs.settimeout(FAR)
    data = _said(large)
    got = _read(theirs, 2**16)
    while len(got) < len(data):
        with pytest.raises(Late):
            connection.receive(_deadline(PAST))
        got += theirs.recv(2**22)

    assert got == data


def test_last_words_of_who_stopped_listening_are_heard(peer):
    connection, theirs = peer()
    theirs.sendall(_said(("last",)))
    theirs.shutdown(socket.SHUT_RD)
    connection.queue(("ask",))

    assert connection.receive(_deadline(FAR)) == ("last",)
