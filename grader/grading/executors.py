"""Where submissions are graded: a pool of processes here, or a Dask cluster."""

import concurrent.futures as futures
import ctypes
import multiprocessing
import os
import signal
from concurrent.futures.process import BrokenProcessPool

from grader.grading.worker import grade, not_graded

AHEAD = 3
"""Tasks that wait for each worker, so that none is idle and few are in memory."""
PR_SET_PDEATHSIG = 1


class LocalPool:
    """Processes of this machine, each with one warm sandbox.

    Parameters
    ----------
    workers : int, optional
        How many; by default one a core.
    """

    def __init__(self, workers=None):
        self.workers = workers or cores()

    def __enter__(self):
        """Start."""
        self._pool = self._new(self.workers)
        return self

    def __exit__(self, kind, *problem):
        """Stop; do not wait for what nobody wants any more."""
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def _new(self, workers):
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            os.environ.setdefault(name, "1")  # one core a worker
        return futures.ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_end_with_parent,
            initargs=(os.getpid(),),
        )

    def map(self, tasks):
        """Yield the verdict on each task, in the order they come in."""
        tasks, waiting = iter(tasks), {}
        while True:
            broken = []
            for task in tasks:
                try:
                    waiting[self._pool.submit(grade, task)] = task
                except BrokenProcessPool:  # a worker died while a verdict was being saved
                    broken.append(task)
                    break
                if len(waiting) >= AHEAD * self.workers:
                    break
            if not waiting and not broken:
                return
            done, _ = futures.wait(waiting, return_when=futures.FIRST_COMPLETED)
            for future in done:
                task = waiting.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    broken.append(task)
            if broken:
                yield from self._one_by_one([*broken, *waiting.values()])
                waiting = {}

    def _one_by_one(self, tasks):
        """Grade what was under way when a worker died, so that only the cause suffers."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for task in tasks:
            with self._new(1) as alone:
                try:
                    yield alone.submit(grade, task).result()
                except BrokenProcessPool:
                    yield not_graded(task, "grading it ended the worker twice")
        self._pool = self._new(self.workers)


def cores():
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end_with_parent(parent):
    """See to it that no worker stays behind when the grader is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader to handle
    if hasattr(signal, "pidfd_send_signal"):  # Linux
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
