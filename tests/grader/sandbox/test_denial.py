"""Attacks of class d on the boundary: what never ends, floods, breaks the channel or survives."""

import errno
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.sandbox import launch
from grader.sandbox.session import BROKEN, ENDED, RUNNING, TIMED_OUT

pytestmark = [pytest.mark.sandbox, pytest.mark.usefixtures("still_works")]


@pytest.mark.parametrize(
    "line",
    [
        "import os; os.fork()",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import subprocess; subprocess.run(['true'])",
        "import threading; threading.Thread(target=print).start()",
        "import multiprocessing as m; m.Process(target=print).start()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.kill(0, 9)",
        "import os; os.kill(-1, 9)",
        "import os; os.killpg(0, 9)",
        "import os; os.kill(os.getppid(), 9)",
        "import os; os.setsid()",
        "import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1))",
        "import os; os.nice(-20)",
        "import os; os.sched_setaffinity(0, {0})",
    ],
)
def test_d_there_is_one_process_and_it_stays_what_it_is(attempt, line):
    outcome = attempt(f"def attack(): {line}")

    assert outcome.error in ("OSError", "RuntimeError", "ProcessLookupError", "FileNotFoundError")


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "import itertools; sum(itertools.repeat(0))",
        "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
        "return 7 ** (10 ** 8)",
        "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass",
        "import signal; signal.setitimer(signal.ITIMER_REAL, 0)\n    while True: pass",
        "import signal; signal.pthread_sigmask(0, range(1, 65))\n    while True: pass",
        """
    while True:
        try:
            while True: pass
        except BaseException:
            continue""",
        """
    def again():
        try:
            while True: pass
        finally:
            again()
    again()""",
        "import os; os.read(3, 10**6); os.read(3, 10**6)",
    ],
)
def test_d_what_does_not_end_is_ended(sandbox, body):
    start = time.monotonic()
    with sandbox.open([f"def attack():\n    {body}"]) as session:
        outcomes = list(session.calls("attack", [(), ()], seconds=0.2))

    assert outcomes[0].timed_out or outcomes[0].error == "RecursionError"
    assert time.monotonic() - start < 15


def test_d_cells_that_do_not_end_are_ended_together(sandbox):
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    start = time.monotonic()

    with sandbox.open([stubborn, stubborn]) as session:
        assert session.status == TIMED_OUT
    assert time.monotonic() - start < sandbox.limits.cells_seconds + 10


@pytest.mark.parametrize(
    "body",
    [
        "return bytearray(10**11)",
        "x = []\n    while True: x.append(bytearray(10**7))",
        "import numpy as np; return np.ones(10**11).sum()",
        "import mmap; return [mmap.mmap(-1, 10**9) for _ in range(100)]",
        "x = 'x'\n    while True: x += x",
    ],
)
def test_d_memory_is_bounded(attempt, body):
    assert attempt(f"def attack():\n    {body}", seconds=9.0).error in (
        *("MemoryError", "_ArrayMemoryError", "OSError", "ProcessEnded"),
    )


@pytest.mark.parametrize(
    ("name", "most"),
    [("large", "folder_bytes"), ("many", "folder_bytes"), ("empty", "folder_files")],
)
def test_d_the_private_folder_is_bounded(sandbox, name, most):
    source = """
def fill(name, size, number):
    written = 0
    try:
        for n in range(number):
            with open(f"{name}{n}", "wb", buffering=0) as file:
                while file.tell() < size:
                    written += file.write(bytes(2**20))
                written += not size
    except OSError as problem:
        return written, problem.errno
"""
    size, number = {"large": (2**40, 1), "many": (2**20, 10**6), "empty": (0, 10**6)}[name]
    with sandbox.open([source]) as session:
        (outcome,) = session.calls("fill", [(name, size, number)], seconds=5.0)

    written, why = outcome.value
    assert written <= getattr(sandbox.limits, most)
    assert why in (errno.ENOSPC, errno.EFBIG)


@pytest.mark.parametrize(
    "cell",
    [
        "while True: print('x' * 10**6)",
        "import os\nwhile True: os.write(1, b'x' * 10**6)",
        "import sys\nwhile True: sys.__stdout__.write('x' * 10**6)",
        "'x' * 10**8",
        "raise ValueError('x' * 10**8)",
        "from IPython.display import display, HTML\ndisplay(HTML('x' * 10**7))",
    ],
)
def test_d_what_a_cell_prints_is_bounded(sandbox, cell):
    with sandbox.open([cell]) as session:
        assert all(len(r.text) <= sandbox.limits.output + 600 for r in session.cells)


@pytest.mark.parametrize(
    "value",
    [
        "itertools.count()",
        "endless",
        "tangled",
        "Odd()",
        "type('Equal', (), {'__eq__': lambda *a: True})()",
        "np.zeros(10**9, np.int8)",
        "np.array([endless], dtype=object)",
        "np.lib.stride_tricks.as_strided(np.zeros(1), (10**12,), (0,))",
        "'\\ud800'",
        "1 << 10**7",
        "{n * (2**61 - 1): 0 for n in range(1, 10**5)}",
    ],
)
def test_d_odd_values_do_no_harm(sandbox, value):
    source = f"""
import itertools
import numpy as np
endless = []
endless.append(endless)
tangled = []
for _ in range(40):
    tangled = [tangled, tangled]
class Odd(list):
    def __len__(self): return 3
    def __iter__(self): return itertools.count()
    def __reduce__(self): return print, ("never",)
def attack(): return {value}
"""
    start = time.monotonic()
    with sandbox.open([source]) as session:
        outcomes = list(session.calls("attack", [()], seconds=0.5))

    assert len(outcomes) == 1
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "body",
    [
        "os._exit(0)",
        "os.abort()",
        "ctypes.string_at(0)",
        "sys.setrecursionlimit(10**9)\n    return attack()",
        "os.close(3)",
        "os.closerange(0, 64)",
        "os.dup2(0, 3)",
        "os.write(3, b'\\xff' * 64)",
        "os.write(3, (2**31).to_bytes(4, 'little'))",
        "os.write(3, b'\\x05\\0\\0\\0N')\n    while True: pass",
        "os.ftruncate(3, 0); os.write(3, b'\\1\\0\\0\\0N')",
        "while True: os.write(3, bytes(10**6))",
    ],
)
def test_d_a_broken_channel_ends_its_own_session(sandbox, body):
    source = f"import ctypes, os, sys\ndef attack():\n    {body}"
    with sandbox.open([source]) as session:
        outcomes = list(session.calls("attack", [(), ()], seconds=0.5))

    assert session.status in (BROKEN, ENDED, TIMED_OUT, "closed")
    assert outcomes[0].timed_out or outcomes[0].error in ("ProcessEnded", "OSError")


@pytest.mark.parametrize("fd", ["0, 1, 2", "3"])
def test_d_cells_that_forge_messages_end_their_own_session(sandbox, fd):
    forge = """
import os, struct
for said in (b"t\\1\\0\\0\\0s\\4\\0\\0\\0done", b"N"):
    for fd in (%s,):
        os.write(fd, struct.pack("<I", len(said)) + said)
"""
    with sandbox.open([forge % fd, "x = 1"]) as session:
        assert session.status == (BROKEN if fd == "3" else RUNNING)


def test_d_a_message_that_drips_is_cut_off(sandbox):
    source = """
import os, time
def attack():
    os.write(3, (10**6).to_bytes(4, "little"))
    while True:
        try:
            os.write(3, b"x")
            time.sleep(0.05)
        except BaseException: pass
"""
    start = time.monotonic()
    with sandbox.open([source]) as session:
        (outcome,) = session.calls("attack", [()], seconds=0.2)

    assert outcome.timed_out
    assert time.monotonic() - start < 12


def test_d_nothing_outlives_a_grader_that_is_killed(tmp_path):
    program = f"""
import sys
sys.path.insert(0, {str(launch.ROOT)!r})
from grader.sandbox.session import Sandbox
sandbox = Sandbox().start()
session = sandbox.open(["def f():\\n    while True: pass"])
info = open(f"/proc/self/fdinfo/{{session._handle}}").read()
print(info.partition("Pid:")[2].split()[0], flush=True)
next(session.calls("f", [()], seconds=60))
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as grader:
        pid = int(grader.stdout.readline())
        handle = os.pidfd_open(pid)
        grader.kill()
    gone, _, _ = select.select([handle], [], [], 10)
    os.close(handle)

    assert gone


@pytest.mark.parametrize("how", ["close", "exit"])
def test_d_nothing_survives(sandbox, how, status_of):
    with sandbox.open(["import os\ndef leave(): os._exit(0)"]) as session:
        pid, _ = status_of(session, "Name")
        if how == "exit":
            list(session.calls("leave", [()]))
    assert not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/status").read_text()


def test_d_what_waits_in_a_session_does_not_hold_the_next_one(sandbox, attempt):
    with sandbox.open(["def wait(): \n    while True: pass"]) as session:
        calls = session.calls("wait", [()], seconds=1.0)
        assert attempt("def attack(): return 1").value == 1
        assert next(calls).timed_out
