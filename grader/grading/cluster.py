"""Grading on a Dask cluster: bytes go out, verdicts come back; nothing else is shared.

A worker needs this course, at the same version, and bubblewrap. Start one a core, in the folder of
the course: ``dask worker ADDRESS --nthreads 1``.
"""

import asyncio
import concurrent.futures as futures
import dataclasses
import functools
import time

import distributed

from grader.grading.errors import GradingError
from grader.grading.executors import AHEAD
from grader.grading.versions import course_hash
from grader.grading.worker import OtherVersion, grade, not_graded

CONNECT_SECONDS = 10
LOOK_SECONDS = 5
ALONE_SECONDS = 60
"""How long to wait for a worker where there is none."""
GONE = (OSError, asyncio.CancelledError, futures.CancelledError, distributed.CancelledError)


@functools.cache
def _lane():
    """Return the one thread that grades in this process; the sandbox lives as long as it."""
    return futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="grading")


def grade_there(task):
    """Grade one submission in a Dask worker."""
    return _lane().submit(grade, task).result()


class DaskCluster:
    """The workers of a Dask scheduler.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``"tcp://10.0.0.1:8786"``.
    """

    def __init__(self, address):
        self._address = address

    def __enter__(self):
        """Connect, and refuse workers with another version of the course."""
        try:
            self._client = distributed.Client(self._address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as problem:
            raise GradingError(
                f"No Dask scheduler answers at {self._address} ({problem}). "
                "Start one: dask scheduler"
            ) from None
        try:
            self._check_versions()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *problem):
        """Disconnect; the cluster goes on."""
        self._client.close()

    def _check_versions(self):
        try:
            found = self._client.run(course_hash)
        except Exception as problem:
            raise GradingError(
                f"A worker cannot load the course ({type(problem).__name__}: {problem}). Start the "
                "workers in the folder of the course, with its Python."
            ) from None
        other = sorted(address for address, version in found.items() if version != course_hash())
        if other:
            raise GradingError(
                f"These workers have another version of the course: {', '.join(other)}. "
                "Bring them up to date and start them again."
            )

    def map(self, tasks):
        """Yield the verdict on each task, in the order they come in."""
        tasks, waiting = iter(tasks), {}
        while True:
            room = AHEAD * max(1, self._threads()) - len(waiting)
            for _, task in zip(range(room), tasks, strict=False):
                waiting[self._submit(task)] = task
            if not waiting:
                return
            for future in self._wait(list(waiting)):
                yield self._verdict(future, waiting.pop(future))

    def _threads(self):
        return sum(self._client.nthreads().values())

    def _submit(self, task):
        return self._client.submit(
            grade_there, dataclasses.replace(task, course=course_hash()), pure=False
        )

    def _wait(self, waiting):
        """Return those that are done; say so where nobody works."""
        alone_since = None
        while True:
            try:
                return distributed.wait(waiting, LOOK_SECONDS, "FIRST_COMPLETED").done
            except (TimeoutError, distributed.TimeoutError):
                if self._client.status != "running":
                    raise self._lost("the scheduler is gone") from None
            except GONE as problem:
                raise self._lost(type(problem).__name__) from None
            alone_since = None if self._threads() else alone_since or time.monotonic()
            if alone_since and time.monotonic() - alone_since > ALONE_SECONDS:
                raise self._lost("it has no workers")

    def _verdict(self, future, task):
        try:
            return future.result()
        except distributed.KilledWorker:
            return not_graded(task, "grading it ended several workers")
        except OtherVersion as problem:
            raise GradingError(f"On the cluster {problem}.") from None
        except GONE as problem:
            raise self._lost(type(problem).__name__) from None

    def _lost(self, why):
        return GradingError(
            f"The cluster at {self._address} does not go on ({why}). What was graded is saved; "
            "run the command again to continue."
        )
