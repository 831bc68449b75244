"""The grader's end of a channel: bounded messages, hard deadlines, nothing believed."""

import collections
import select
import socket
import time

from grader.sandbox import wire

WINDOW = 2**20
CHUNK = 2**18
OVERTIME = 0.5


class Ended(Exception):
    """The other side is gone, or has no right to be heard any more."""


class Late(Exception):
    """The other side did not answer in time."""


class Connection:
    """Messages to and from one learner's process.

    Parameters
    ----------
    channel : socket
        Connected to the process.
    limits : Limits
        How much it may say.
    """

    def __init__(self, channel, limits):
        channel.setblocking(False)
        self._channel, self._frames = channel, wire.Frames(limits.reply_bytes)
        self._left = limits.replies_bytes
        self._waiting = collections.deque()
        self._queued = 0

    def queue(self, message):
        """Take a message to be sent while waiting for an answer."""
        data = memoryview(wire.frame(wire.encode(message)))
        self._waiting.append(data)
        self._queued += len(data)

    def has_room(self):
        """Say whether another message should be queued yet."""
        return self._queued < WINDOW

    def drop_unsent(self):
        """Forget the messages of which nothing has been sent."""
        begun = self._waiting and len(self._waiting[0]) < len(self._waiting[0].obj)
        kept = [self._waiting[0]] if begun else []
        self._waiting = collections.deque(kept)
        self._queued = sum(map(len, kept))

    def receive(self, deadline, refill=None):
        """Return the next message.

        Parameters
        ----------
        deadline : float
            On the monotonic clock. What has arrived by then still counts.
        refill : callable, optional
            Called before each wait; queues what should be sent next.

        Raises
        ------
        Late, Ended or WireError
            If there is none, will be none, or what came is not one.
        """
        while (payload := self._frames.next()) is None:
            if refill:
                refill()
            self._wait(deadline - time.monotonic())
        message = wire.decode(payload)
        if type(message) is not tuple:
            raise wire.WireError("not a message")
        return message

    def _wait(self, seconds):
        poll = select.poll()
        poll.register(self._channel, select.POLLIN | (select.POLLOUT if self._waiting else 0))
        ready = poll.poll(max(0, seconds) * 1000)
        if not ready or seconds < -OVERTIME:
            raise Late
        (_, events), *_ = ready
        if events & select.POLLOUT:
            self._send()
        if events & ~select.POLLOUT:
            self._read()
        elif seconds <= 0:
            raise Late

    def _send(self):
        try:
            while self._waiting:
                sent = self._channel.send(self._waiting[0])
                self._queued -= sent
                self._waiting[0] = self._waiting[0][sent:]
                if not self._waiting[0]:
                    self._waiting.popleft()
        except BlockingIOError:
            return
        except OSError:
            self._waiting.clear()  # what it said before it went may still be there to read

    def _read(self):
        try:
            data = self._channel.recv(min(CHUNK, self._left + 1))
        except BlockingIOError:
            return
        except OSError as problem:
            raise Ended(str(problem)) from None
        self._left -= len(data)
        if not data or self._left < 0:
            raise Ended("it hung up" if not data else "it sent more than any answer needs")
        self._frames.feed(data)

    def close(self):
        """Hang up."""
        self._channel.close()


def pair():
    """Return the two ends of a channel."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
