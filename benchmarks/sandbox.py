"""Print what the sandbox costs: ``python benchmarks/sandbox.py``."""

import statistics
import time
from pathlib import Path

import numpy as np

from grader.sandbox.launch import users
from grader.sandbox.session import Sandbox

CELLS = [
    "import numpy as np",
    "def identity(x):\n    return x",
    "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
    "    return E / E.sum(axis=1, keepdims=True)",
]
ROUNDS, CALLS = 60, 400


def main():
    """Measure and print."""
    show("run as", "root, a user for each submission" if users() else "an unprivileged user")
    start = time.perf_counter()
    with Sandbox() as sandbox:
        show("warm process ready, once", f"{time.perf_counter() - start:.2f} s")
        first, ended = zip(*(one_submission(sandbox) for _ in range(ROUNDS)), strict=True)
        show("new sandbox to first answer", milliseconds(first))
        show("sandbox ended", milliseconds(ended))
        with sandbox.open(CELLS) as session:
            show("call with a float", per_call(session, "identity", 1.0, CALLS))
            show("softmax of 8 x 16", per_call(session, "softmax", np.ones((8, 16)), CALLS))
            for megabytes, calls in ((1, 20), (5, 5)):
                array = np.ones(megabytes * 2**17)
                show(f"array of {megabytes} MB", per_call(session, "identity", array, calls))
        show("memory of the warm process", f"{memory(sandbox):.0f} MB")


def one_submission(sandbox):
    """Return the seconds to the first answer of a new sandbox, and to end it."""
    start = time.perf_counter()
    with sandbox.open(CELLS[1:2]) as session:
        next(session.calls("identity", [(1.0,)]))
        answered = time.perf_counter()
    return answered - start, time.perf_counter() - answered


def per_call(session, name, value, calls):
    """Return the time of one call of many sent ahead, as text."""
    start = time.perf_counter()
    answered = sum(not outcome.error for outcome in session.calls(name, [(value,)] * calls))
    return f"{1000 * (time.perf_counter() - start) / answered:.2f} ms"


def milliseconds(seconds):
    """Return the median and the 95th percentile as text."""
    median, high = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return f"{1000 * median:.1f} ms (95 % within {1000 * high:.1f} ms)"


def memory(sandbox):
    """Return the resident megabytes of bubblewrap and the warm process."""
    total, waiting = 0, [sandbox._process.pid]
    while waiting:
        pid = waiting.pop()
        waiting += Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    return total / 2**20


def show(what, figure):
    """Print one line."""
    print(f"{what:32}{figure}")


if __name__ == "__main__":
    main()
