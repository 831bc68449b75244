"""The trusted end: starts the sandbox, opens a session a submission, calls the learner's functions.

What the other end may send, and in which order, is written down in `inside.server`. Anything else
(forged, malformed, over-long, late or out of order) ends the session, kills its process and leaves
a status; nothing of it is raised, kept or carried into the next session.
"""

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from dataclasses import asdict
from pathlib import Path

from grader.calling import TICK, Outcome, is_over
from grader.sandbox import connection, launch, messages, syscalls, wire
from grader.sandbox.launch import INSTALL, SandboxUnavailable
from grader.sandbox.limits import Limits

START_SECONDS = 60
FORK_SECONDS = 20
REAP_SECONDS = 5
SCHEDULED = 2
"""Of the clocks of a process, the one that counts its time on a processor (clock_getcpuclockid)."""
TRY_OUT = "import mmap, wave, numpy.polynomial, matplotlib.widgets"

RUNNING, CLOSED = "running", "closed"
TIMED_OUT, ENDED, BROKEN = "timed out", "ended", "broken message"


class Sandbox:
    """A warm process under bubblewrap from which every submission forks.

    Start it from a thread that lives as long as it: the process ends with that thread.

    Parameters
    ----------
    modules : sequence of str, optional
        Modules of `reference_impl` that exist inside, such as ``"reference_impl.autograd"``.
    limits : Limits, optional
        What one submission may use.
    """

    def __init__(self, modules=(), limits=None):
        self.modules, self.limits = tuple(modules), limits or Limits()
        self._process = self._control = self._users = None

    def __enter__(self):
        """Start."""
        return self.start()

    def __exit__(self, *problem):
        """Stop."""
        self.close()

    def start(self):
        """Start the warm process; raise `SandboxUnavailable` where it cannot be."""
        if self._process is not None:
            return self
        try:
            program = syscalls.compile_filter()
        except (ImportError, RuntimeError, OSError) as problem:
            raise SandboxUnavailable(f"libseccomp is not there ({problem}). {INSTALL}") from problem
        self._users = launch.users()
        self._process, self._control = launch.start(self.modules)
        settings = {
            "filter": program,
            "limits": asdict(self.limits),
            "modules": list(self.modules),
        }
        try:
            self._control.settimeout(START_SECONDS)
            self._control.send(wire.encode(settings))
            ready = self._control.recv(64) == b"ready"
        except OSError:
            ready = False
        if not ready:
            raise SandboxUnavailable(self._why_not())
        try:
            self._try_out()
        except SandboxUnavailable:
            self.close()
            raise
        return self

    def _try_out(self):
        """Refuse, before anything is graded, if a submission could not load what it imports."""
        with self._open([TRY_OUT], None) as session:
            report = session.cells[0] if session.cells else session
        if report.status != "ok":
            raise SandboxUnavailable(
                "A submission cannot load Python's own modules in the sandbox "
                f"({report}): are their folders readable for every user?"
            )

    def open(self, cells, files=None):
        """Run the cells of one submission in a fresh process and return the `Session`.

        Parameters
        ----------
        cells : sequence of str
            Sources, in order.
        files : dict of str to bytes, optional
            What lies beside the notebook; plain names.
        """
        try:
            return self._open(cells, files)
        except SandboxUnavailable:  # the system may have killed the warm process: once more
            self.close()
            self.start()
            return self._open(cells, files)

    def _open(self, cells, files):
        ours, theirs = connection.pair()
        with theirs:
            try:
                handle = self._fork(theirs)
            except SandboxUnavailable:
                ours.close()
                raise
        session = Session(connection.Connection(ours, self.limits), handle, self.limits)
        session.run(list(cells), dict(files or {}))
        return session

    def _fork(self, channel):
        """Have a child made that owns the channel; return a descriptor of its process."""
        user = secrets.choice(self._users) if self._users else 0
        try:
            self._control.settimeout(FORK_SECONDS)
            socket.send_fds(self._control, [str(user).encode()], [channel.fileno()])
            _, descriptors, _, _ = socket.recv_fds(self._control, 64, 1)
        except OSError:
            descriptors = []
        if not descriptors:
            raise SandboxUnavailable(self._why_not())
        return descriptors[0]

    def _why_not(self):
        """Stop, and say what the process said last."""
        said = self.close().strip()[-2000:] or "it said nothing"
        return f"The sandbox did not start: {said}\n{INSTALL}"

    def close(self):
        """End the warm process and, with it, every session; return what it said on stderr."""
        if self._process is None:
            return ""
        process, self._process = self._process, None
        self._control.close()
        process.kill()
        with process:  # waits for bubblewrap; the pipe ends when all that it held is gone
            return process.stderr.read().decode(errors="replace")


class Session:
    """One submission in its own process; made by `Sandbox.open`."""

    def __init__(self, channel, handle, limits):
        self._connection, self._handle, self._limits = channel, handle, limits
        self.seconds_left, self._batch = limits.calls_seconds, 0
        self.cells = []
        self.status, self.finished_cells = RUNNING, False

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """End the process."""
        self.close()

    def run(self, cells, files):
        """Run the cells; `Sandbox.open` does this."""
        with self._judged():
            self._connection.queue(("cells", cells, files))
        if self.status != RUNNING:
            return
        self._wait_until_closed_in()
        with self._judged():
            deadline = time.monotonic() + self._limits.cells_seconds
            for number in range(len(cells)):
                self.cells.append(
                    messages.cell(self._connection.receive(deadline), number, self._limits)
                )
            messages.require(self._connection.receive(deadline) == messages.DONE)
            self.finished_cells = True

    def _wait_until_closed_in(self):
        """Wait for the last word before learner's code runs; without it nothing is graded."""
        try:
            said = self._connection.receive(time.monotonic() + FORK_SECONDS)
        except (connection.Late, connection.Ended, wire.WireError) as problem:
            said = ("refused", repr(problem))
        if said != messages.READY:
            self.close()
            raise SandboxUnavailable(f"A process could not be closed in: {said[-1]}. {INSTALL}")

    def find(self, name, parameters=()):
        """Return what stands under a name, as `Found`, or None if the session is over."""
        found = None
        if self.status != RUNNING:
            return None
        with self._judged():
            self._connection.queue(("find", name, tuple(parameters)))
            found = messages.found(self._receive(self._limits.grace))
        return found

    def calls(self, name, batch, driver_source=None, seconds=2.0):
        """Call a function once for each list of arguments.

        Parameters
        ----------
        name : str
            The learner's function or class.
        batch : iterable of tuple
            Arguments, plain data.
        driver_source : str, optional
            Author's function that is called as ``driver(function, *args)``.
        seconds : float, default=2.0
            Time for one call.

        Yields
        ------
        outcome : Outcome
            One a call, until one runs out of time or the session ends.

        Raises
        ------
        TypeError
            If an argument is not plain data; pass what it is made of and use a driver.
        """
        batch = list(batch)
        if self.status != RUNNING:
            return
        self._batch += 1
        self._connection.queue(("batch", self._batch, name, driver_source, float(seconds)))
        sent = answered = 0

        def refill():
            nonlocal sent
            while sent < len(batch) and self._connection.has_room():
                self._queue_call(sent, tuple(batch[sent]))
                sent += 1

        try:
            while answered < len(batch):
                outcome = self._outcome(answered, batch[answered], seconds, refill)
                answered += 1
                if outcome.timed_out or self.status != RUNNING:
                    self._connection.drop_unsent()
                    answered = len(batch)
                yield outcome
        finally:
            if answered < len(batch):
                self._end(CLOSED)

    def _queue_call(self, number, args):
        try:
            self._connection.queue(("call", self._batch, number, args))
        except wire.WireError as problem:  # the author's mistake, not the learner's
            raise TypeError(f"the arguments of call {number} cannot cross: {problem}") from problem

    def _outcome(self, number, args, seconds, refill):
        outcome = None
        with self._judged():
            message = self._answer(seconds + self._limits.grace, refill)
            outcome = messages.outcome(message, self._batch, number, len(args))
        if outcome is not None:
            return outcome
        if self.status == TIMED_OUT:
            return Outcome(timed_out=True)
        return Outcome(error="ProcessEnded", message="its process ended or was ended")

    def _answer(self, seconds, refill):
        """Wait for one message; longer than `seconds` while others keep the process waiting."""
        start, worked = time.monotonic(), processor_seconds(self._handle)
        wait = seconds
        while True:
            try:
                return self._receive(wait, refill)
            except connection.Late:
                elapsed = time.monotonic() - start
                now = processor_seconds(self._handle)
                if self.seconds_left <= 0 or is_over(seconds, elapsed, now - worked):
                    raise
                wait = TICK

    def _receive(self, seconds, refill=None):
        """Wait for one message, on the clock of the session."""
        start = time.monotonic()
        try:
            return self._connection.receive(start + min(seconds, self.seconds_left), refill)
        finally:
            self.seconds_left -= time.monotonic() - start

    @contextlib.contextmanager
    def _judged(self):
        """End the session if the other side is late, gone or breaks the protocol."""
        try:
            yield
        except connection.Late:
            self._end(TIMED_OUT)
        except connection.Ended:
            self._end(ENDED)
        except wire.WireError:
            self._end(BROKEN)

    def _end(self, status):
        if self.status == RUNNING:
            self.status = status
            self._connection.close()
            kill(self._handle)

    def close(self):
        """Kill the process and everything of it, unless that has happened."""
        self._end(CLOSED)


def processor_seconds(handle):
    """Return the processor time that a process has used, 0 if that cannot be told."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    pid = next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))
    try:
        return time.clock_gettime((~pid << 3) | SCHEDULED)
    except OSError:
        return 0.0


def kill(handle):
    """Kill a process by its descriptor and wait until it is gone; its namespace goes with it."""
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        pass
    select.select([handle], [], [], REAP_SECONDS)
    os.close(handle)
