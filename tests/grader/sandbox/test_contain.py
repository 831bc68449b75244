"""Tests of grader.sandbox.inside.contain: the steps that need no sandbox of their own.

What a process closed in can and cannot do is tested from outside, in `test_containment`.
"""

import json
import os
import subprocess
import sys
import types

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("only Linux closes a process in", allow_module_level=True)

from grader.sandbox.inside import contain
from grader.sandbox.limits import Limits

MEGABYTE = 2**20
LOADED = """
import importlib.util, json, os, resource, sys, types
spec = importlib.util.spec_from_file_location("contain", sys.argv[1])
contain = importlib.util.module_from_spec(spec)
spec.loader.exec_module(contain)
"""
KEPT = """
secret = os.open("/dev/null", os.O_RDONLY)
os.set_inheritable(secret, True)
contain.keep_only(int(sys.argv[2]))
print("to nobody", flush=True)
links = {name: os.readlink(f"/proc/self/fd/{name}") for name in "0123"}
told = {"links": links, "leads": os.getsid(0) == os.getpgrp() == os.getpid()}
told["open"] = [n for n in range(64) if os.path.exists(f"/proc/self/fd/{n}")]
os.write(3, json.dumps(told | {"inherits": os.get_inheritable(3)}).encode())
"""
LIMITED = """
contain._limit(types.SimpleNamespace(**json.loads(sys.argv[2])))
told = {"core": resource.getrlimit(resource.RLIMIT_CORE)}
try:
    bytearray(2**32)
except MemoryError:
    told["memory"] = True
try:
    with open(sys.argv[3], "wb", buffering=0) as file:
        while file.write(bytes(2**20)) == 2**20:
            pass
        file.write(b"more")
except OSError as problem:
    told["file"] = problem.strerror
try:
    [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
except OSError as problem:
    told["descriptors"] = problem.strerror
print(json.dumps(told))
"""


def _run(script, *arguments, **options):
    command = [sys.executable, "-S", "-c", LOADED + script, contain.__file__, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def test_of_all_descriptors_the_channel_is_left_and_the_session_is_its_own():
    read, write = os.pipe()

    printed = _run(KEPT, str(write), pass_fds=[write])

    os.close(write)
    with open(read) as channel:
        told = json.loads(channel.read())
    channel_link = told["links"].pop("3")
    assert printed == ""
    assert set(told["links"].values()) == {"/dev/null"}
    assert channel_link.startswith("pipe:")
    assert told["open"] == [0, 1, 2, 3]
    assert told["leads"]
    assert not told["inherits"]


def test_what_is_over_a_limit_is_an_error_and_not_the_end(tmp_path):
    few = vars(Limits(file_bytes=2 * MEGABYTE, memory=512 * MEGABYTE, open_files=16))

    told = json.loads(_run(LIMITED, json.dumps(few), str(tmp_path / "large")))

    assert told == {
        "core": [0, 0],
        "memory": True,
        "file": "File too large",
        "descriptors": "Too many open files",
    }
    assert (tmp_path / "large").stat().st_size == 2 * MEGABYTE


def test_a_call_that_fails_is_named():
    with pytest.raises(OSError, match="setns: Bad file descriptor"):
        contain._call(contain.libc.setns, -1, 0)


def test_after_a_step_that_fails_comes_no_other(monkeypatch):
    went_on = []
    monkeypatch.setattr(contain, "libc", types.SimpleNamespace(unshare=_fails))
    for name in ("_limit", "_become_nobody", "_filter"):
        monkeypatch.setattr(contain, name, lambda *_, name=name: went_on.append(name))

    with pytest.raises(OSError, match="_fails"):
        contain.contain(Limits(), 0, b"")

    assert went_on == []


def _fails(flags):
    return -1


@pytest.mark.parametrize(
    "said, problem",
    [(0, "privileges could be gained again"), (1, "the filter of system calls is not in force")],
)
def test_a_filter_that_the_kernel_took_without_using_it_is_noticed(monkeypatch, said, problem):
    def prctl(option, *_):
        return said if option == contain.PR_GET_NO_NEW_PRIVS else 0

    monkeypatch.setattr(contain, "libc", types.SimpleNamespace(prctl=prctl))

    with pytest.raises(OSError, match=problem):
        contain._filter(b"\0" * 8)
