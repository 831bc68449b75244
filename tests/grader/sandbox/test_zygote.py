"""Tests of grader.sandbox.inside.zygote: one request, one child, and nothing comes back from it."""

import importlib.util
import os
import socket
import sys
import types
from pathlib import Path

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("only Linux has the sandbox", allow_module_level=True)

ZYGOTE = Path(__file__).parents[3] / "grader" / "sandbox" / "inside" / "zygote.py"


@pytest.fixture
def zygote(monkeypatch):
    """Return the module as it is inside, but for its own namespace of processes."""
    monkeypatch.setattr(sys, "argv", ["zygote.py", "3", "/packages:/allowed"])
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("zygote", ZYGOTE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ends():
    """Return the grader's end of the socket and the zygote's."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def served(zygote, ends, monkeypatch):
    """Return a function that has one child served: what it wrote, and how it ended."""
    monkeypatch.setattr(zygote, "fork_apart", lambda: os.fork())
    ours, theirs = ends

    def served(child, user):
        read, write = os.pipe()
        socket.send_fds(ours, [str(user).encode()], [write])
        os.close(write)
        assert zygote.serve_one(theirs, child)
        answer, (handle,), _, _ = socket.recv_fds(ours, 64, 1)
        with open(read, "rb") as channel:
            written = channel.read()  # to its end: no other process holds the channel
        status = os.waitid(os.P_PIDFD, handle, os.WEXITED).si_status
        os.close(handle)
        return answer, written, status

    return served


def test_modules_of_the_course_come_first_and_installed_ones_last(zygote):
    assert sys.path[0] == "/inside"
    assert sys.path[-2:] == ["/packages", "/allowed"]


def test_a_child_has_its_channel_and_its_user_and_the_grader_a_handle(served):
    def child(channel, user):
        os.write(channel, f"user {user}".encode())

    assert served(child, 1234) == (b"started", b"user 1234", 0)


@pytest.mark.parametrize("problem", [ValueError, SystemExit, KeyboardInterrupt])
def test_a_child_that_fails_never_returns_to_the_loop(served, problem):
    def child(channel, user):
        os.write(channel, b"so far")
        raise problem

    assert served(child, 0) == (b"started", b"so far", 0)


def test_one_child_after_the_other_is_served(served):
    def child(channel, user):
        os.write(channel, str(user).encode())

    assert [served(child, user)[1] for user in (1, 2)] == [b"1", b"2"]


def test_when_the_grader_hangs_up_it_ends(zygote, ends):
    ours, theirs = ends
    ours.close()

    assert not zygote.serve_one(theirs, lambda *_: pytest.fail("served a child"))


def test_without_a_namespace_of_its_own_no_child_is_forked(zygote, monkeypatch):
    libc = types.SimpleNamespace(unshare=lambda flags: -1)
    monkeypatch.setattr(zygote.ctypes, "CDLL", lambda *_, **__: libc)
    monkeypatch.setattr(zygote.os, "fork", lambda: pytest.fail("forked a child"))

    with pytest.raises(OSError, match="unshare"):
        zygote.fork_apart()
