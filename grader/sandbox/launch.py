"""Starts the warm process under bubblewrap: which folders it sees, and as whom it runs."""

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSIDE = (
    "grader/calling.py",
    "grader/found.py",
    "grader/sandbox/__init__.py",
    "grader/sandbox/limits.py",
    "grader/sandbox/wire.py",
    "grader/sandbox/inside",
)
COVERED = ("grader", "reference_impl", "viz")
"""Packages that are hidden should they be installed among the libraries."""

SYSTEM_LIBRARIES = ("/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64", "/usr/lib32")
DEVICES = ("null", "zero", "full", "random", "urandom")
CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
HIGHEST_USER = 2**31 - 2

INSTALL = (
    "Grading runs learners' code in a sandbox, which needs Linux 5.9 or later, bubblewrap and "
    "libseccomp. On Debian or Ubuntu: apt install bubblewrap libseccomp2. Where the system forbids "
    "user namespaces (containers, Ubuntu 24.04), allow them or grade as root."
)


class SandboxUnavailable(RuntimeError):
    """There is no sandbox, so nothing is graded; the message says what to install."""


def users():
    """Return the range of users that submissions may run as, or None if only one is there."""
    if os.geteuid() != 0:
        return None
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    first, size = max(((int(a), int(n)) for a, _, n in ranges), key=lambda one: one[1])
    if size < 2**16:
        return None
    end = min(first + size, HIGHEST_USER)
    return range((first + end) // 2, end)


def start(modules):
    """Start the warm process; return it and the socket to speak to it.

    Parameters
    ----------
    modules : sequence of str
        Modules of `reference_impl` that exist inside.
    """
    bubblewrap = shutil.which("bwrap")
    if not sys.platform.startswith("linux") or bubblewrap is None:
        raise SandboxUnavailable(f"bubblewrap (bwrap) is not there. {INSTALL}")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [bubblewrap, *_namespaces(), *_folders(modules), *_environment(), "--"]
    command += [sys.executable, "-P", "-s", "-S", "-B", "/inside/grader/sandbox/inside/zygote.py"]
    with theirs:
        process = subprocess.Popen(
            [*command, str(theirs.fileno()), ":".join(_module_path(modules))],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={},
            cwd="/",
            start_new_session=True,  # an interrupt at the keyboard is the grader's to handle
        )
    return process, ours


def library_paths():
    """Return the folders that installed packages are in, as they are named inside."""
    return list(dict.fromkeys(sysconfig.get_path(key) for key in ("purelib", "platlib")))


def _module_path(modules):
    """Return the folders that the interpreter inside looks for modules in, after its own."""
    return [*library_paths(), *(["/allowed"] if modules else [])]


def _namespaces():
    options = "--unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try"
    yield from options.split()
    yield from ("--die-with-parent", "--new-session", "--cap-drop", "ALL")
    if users():
        for capability in CAPABILITIES:
            yield from ("--cap-add", capability)
    else:
        yield from ("--unshare-user", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP")


def _folders(modules):
    """Yield the whole of what is visible inside; the last option makes all of it read-only."""
    for folder in SYSTEM_LIBRARIES:
        if os.path.islink(folder):
            yield from ("--symlink", os.readlink(folder), folder)
        elif os.path.isdir(folder):
            yield from ("--ro-bind", folder, folder)
    yield from ("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache")
    for path in _python():
        _refuse_if_it_holds_the_course(path)
        for folder in reversed(Path(path).parents[:-1]):  # bubblewrap would copy a mode of 0700
            yield from ("--perms", "0755", "--dir", str(folder))
        yield from ("--ro-bind", path, path)
    for folder in library_paths():
        for package in COVERED:
            if os.path.isdir(os.path.join(folder, package)):
                yield from ("--tmpfs", os.path.join(folder, package))
    for name in INSIDE:
        yield from ("--ro-bind", str(ROOT / name), f"/inside/{name}")
    for module in modules:
        path = module.replace(".", "/") + ".py"
        yield from ("--ro-bind", str(ROOT / path), f"/allowed/{path}")
    yield from ("--dir", "/dev")
    for device in DEVICES:
        yield from ("--dev-bind", f"/dev/{device}", f"/dev/{device}")
    home = private_folder()
    yield from ("--tmpfs", home, "--remount-ro", "/", "--chdir", home)


def private_folder():
    """Return where a submission's own folder is: ``/tmp``, unless that would hide Python."""
    return "/private" if any(path.startswith("/tmp/") for path in _python()) else "/tmp"


def _python():
    """Return the interpreter, its library and the installed packages, without what is twice."""
    paths = [
        os.path.realpath(sys.executable),
        sys.executable,
        os.path.join(sys.prefix, "pyvenv.cfg"),
        os.path.join(sys.base_prefix, "lib"),
        *library_paths(),
    ]
    under = tuple(f"{folder}/" for folder in SYSTEM_LIBRARIES)
    return [
        path for path in dict.fromkeys(paths) if os.path.exists(path) and not path.startswith(under)
    ]


def _refuse_if_it_holds_the_course(path):
    if ROOT.is_relative_to(os.path.realpath(path)):
        raise SandboxUnavailable(
            f"The course lies in {path}, a folder of Python's own that every submission can read. "
            "Move the course elsewhere."
        )


def _environment():
    home = private_folder()
    variables = {
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "IPYTHONDIR": f"{home}/ipython",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }
    yield "--clearenv"
    for name, value in variables.items():
        yield from ("--setenv", name, value)
