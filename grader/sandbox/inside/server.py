"""The learner's end of the channel: runs the cells, then answers one request after the other.

The other end (`grader.sandbox.session`) sends, in this order:

1. ``("cells", sources, files)``; answered by ``("ready",)`` before any cell runs, one
   ``("cell", number, status, text)`` each, and ``("done",)``;
2. any number of ``("find", name, parameters)``, answered by ``("found", ...)``, and of batches:
   ``("batch", number, name, driver source or None, seconds)``, not answered, then
   ``("call", batch, number, args)``, each answered by ``("outcome", batch, number, ...)``.

Calls are sent ahead. After a call that ran out of time the rest of its batch is dropped unanswered.
"""

import os
import signal
from dataclasses import astuple

import numpy as np

from grader.calling import Foreign, Outcome, OutOfTime, call
from grader.found import look_up
from grader.sandbox import wire
from grader.sandbox.inside.shell import put_files, run_cell

CHUNK = 2**18
TEXTS = 10


class Channel:
    """Messages over a descriptor."""

    def __init__(self, descriptor, limit):
        self._descriptor, self._frames, self._limit = descriptor, wire.Frames(), limit
        self._read, self._write = os.read, os.write

    def receive(self):
        """Return the next message; raise EOFError when the grader is gone."""
        while (payload := self._frames.next()) is None:
            data = self._read(self._descriptor, CHUNK)
            if not data:
                raise EOFError
            self._frames.feed(data)
        return wire.decode(payload)

    def send(self, message):
        """Send a message; raise `WireError` if it is too large."""
        payload = wire.encode(message, strict=False)
        if len(payload) > self._limit:
            raise wire.WireError("too large to send")
        left = memoryview(wire.frame(payload))
        while left:
            left = left[self._write(self._descriptor, left) :]


def serve(channel, shell, limits):
    """Serve one submission until the grader hangs up."""
    kind, cells, files = channel.receive()
    channel.send(("ready",))
    put_files(files)
    for number, source in enumerate(cells):
        report = run_cell(shell, source, limits.cell_seconds, limits.output)
        channel.send(("cell", number, *report))
    channel.send(("done",))
    answer = _Answers(channel, shell.user_ns)
    while True:
        kind, *rest = channel.receive()
        getattr(answer, kind)(*rest)


class _Answers:
    """One method a request; the requests come from the grader, not from the learner."""

    def __init__(self, channel, namespace):
        self._channel, self._namespace = channel, namespace
        self._number, self._expired = None, False
        self._function = self._driver = None
        self._seconds = 0.0

    def find(self, name, parameters):
        found = look_up(self._namespace, name, parameters)
        self._channel.send(("found", *astuple(found)))

    def batch(self, number, name, driver, seconds):
        self._number, self._expired, self._seconds = number, False, seconds
        self._function = self._namespace.get(name)
        self._driver = _driver(driver) if driver else None

    def call(self, batch, number, args):
        if self._expired:
            return
        try:
            outcome = call(self._function, args, driver=self._driver, seconds=self._seconds)
        except BaseException as problem:  # what `call` lets through ends the call only
            signal.setitimer(signal.ITIMER_REAL, 0)
            late = isinstance(problem, OutOfTime)
            outcome = Outcome(error=type(problem).__name__, timed_out=late)
        self._expired = outcome.timed_out
        value, texts = outcome.value, outcome.warned[:TEXTS]
        head, tail = ("outcome", batch, number), (outcome.changed, outcome.printed, texts)
        tail = (_class_name(outcome.error), *tail, outcome.timed_out)
        try:
            self._channel.send((*head, value, *tail))
        except (wire.WireError, MemoryError, RecursionError):
            self._channel.send((*head, Foreign(f"{type(value).__name__} too large to send"), *tail))


def _class_name(text):
    """Return what the grader takes as the name of an exception."""
    return text if len(text) <= wire.MAX_NAME and (not text or text.isidentifier()) else "Exception"


def _driver(source):
    """Return the function that the author's source defines."""
    namespace = {"np": np, "__name__": "driver"}
    before = set(namespace)
    exec(source, namespace)
    return next(v for k, v in namespace.items() if k not in before and k != "__builtins__")
