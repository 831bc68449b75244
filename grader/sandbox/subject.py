"""A submission as `grader.examine` sees it: what is examined runs in the sandbox."""

import functools
import inspect
import textwrap
import time

from grader import found
from grader.sandbox import sources
from grader.sandbox.session import RUNNING, TIMED_OUT

REOPENED = 3


class SandboxSubject:
    """The learner's functions in a process of their own.

    A call that kills its process costs its own exercise: for the next one the cells run again in a
    fresh process, at most three times and on the same clock.

    Parameters
    ----------
    sandbox : Sandbox
        Started.
    cells : sequence of str
        The sources to run, in order.
    files : dict of str to bytes, optional
        What lies beside the notebook.
    """

    def __init__(self, sandbox, cells, files=None):
        self._sandbox, self._cells, self._files = sandbox, list(cells), dict(files or {})
        self._session = sandbox.open(self._cells, self._files)
        self._left = REOPENED
        self.reports = tuple(self._session.cells)

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """End the process."""
        self.close()

    @property
    def problem(self):
        """Why no function can be called, or ""."""
        if self._session.finished_cells:
            return ""
        how = "did not finish in time" if self._session.status == TIMED_OUT else "ended the process"
        return f"Cell {len(self._session.cells) + 1} {how}, so no function could be called."

    def find(self, exercise):
        """Say why there is nothing to call, or return ""."""
        self._revive()
        wants_class = inspect.isclass(exercise.reference)
        facts = self._session.find(exercise.name, exercise.parameters)
        if facts is None:
            return self.problem or f"Looking up `{exercise.name}` ended the process."
        return found.problem(facts, exercise.name, exercise.parameters, wants_class=wants_class)

    def outcomes(self, exercise, argument_lists):
        """Yield the outcome of one call after the other; stop after a time-out."""
        self._revive()
        driver = _source(exercise.driver) if exercise.driver else None
        return self._session.calls(exercise.name, argument_lists, driver, exercise.timeout)

    def definition(self, name):
        """Return the source of what the cells call `name`, or None."""
        return self._definitions.get(name)

    @functools.cached_property
    def _definitions(self):
        finished = [report.status == "ok" for report in self.reports]
        finished += [False] * (len(self._cells) - len(finished))
        return sources.definitions(zip(self._cells, finished, strict=True))

    def _revive(self):
        """Open a new session if a call ended the last one."""
        ended, start = self._session, time.monotonic()
        if ended.status == RUNNING or not ended.finished_cells or not self._left:
            return
        if ended.seconds_left > 0:
            self._left -= 1
            self._session = self._sandbox.open(self._cells, self._files)
            self._session.seconds_left = ended.seconds_left - (time.monotonic() - start)

    def close(self):
        """End the process."""
        self._session.close()


@functools.cache
def _source(driver):
    return textwrap.dedent(inspect.getsource(driver))
