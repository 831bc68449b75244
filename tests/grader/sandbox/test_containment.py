"""Attacks on the boundary, each with the outcome it must have and, after it, an honest submission.

The letters are the classes of attack: b reads secrets, c tampers, d denies service, f reaches a
network. (a, raising one's own score, and e, damaged files, are tried where grades are made.)
"""

import errno
import os
import secrets
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.sandbox import launch
from grader.sandbox.session import BROKEN, ENDED, RUNNING, TIMED_OUT
from grader.sandbox.syscalls import ALLOWED

pytestmark = [pytest.mark.sandbox, pytest.mark.usefixtures("still_works")]

SYSCALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def errno_of(number, *args):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(number, *args) == -1 else 0
"""
CONDITIONED = ("fcntl", "ioctl", "prlimit64")


def status_of(session, key):
    """Return a line of what the kernel says, outside, about a session's process."""
    info = Path(f"/proc/self/fdinfo/{session._handle}").read_text().splitlines()
    (pid,) = (line.split()[1] for line in info if line.startswith("Pid:"))
    return pid, Path(f"/proc/{pid}/status").read_text().partition(f"\n{key}:")[2].split("\n")[0]


# What a process is


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("CapEff", "0000000000000000"),
        ("CapPrm", "0000000000000000"),
        ("CapInh", "0000000000000000"),
        ("CapAmb", "0000000000000000"),
        ("CapBnd", "0000000000000000"),
        ("NoNewPrivs", "1"),
        ("Seccomp", "2"),
        ("Threads", "1"),
        ("Groups", ""),
    ],
)
def test_the_kernel_says_it_is_closed_in(sandbox, key, value):
    if key == "Groups" and not launch.users():
        pytest.skip("only root can give groups up")
    with sandbox.open(["x = 1"]) as session:
        assert status_of(session, key)[1].strip() == value


@pytest.mark.parametrize("kind", ["mnt", "pid", "net", "ipc", "uts"])
def test_its_namespaces_are_not_ours(sandbox, kind):
    with sandbox.open(["x = 1"]) as session:
        pid, _ = status_of(session, "Name")
        assert os.readlink(f"/proc/{pid}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}")


def test_as_root_each_submission_is_a_user_of_its_own(sandbox):
    if not launch.users():
        pytest.skip("needs root: another user cannot become a third one")
    with sandbox.open(["x = 1"]) as one, sandbox.open(["x = 1"]) as other:
        users = [set(status_of(session, "Uid")[1].split()) for session in (one, other)]

    assert [len(found) for found in users] == [1, 1]
    assert not users[0] & users[1]
    assert "0" not in users[0] | users[1]


# Class b, secrets


@pytest.mark.parametrize(
    "path",
    [
        launch.ROOT / "grader" / "exercises",
        launch.ROOT / "reference_impl",
        launch.ROOT / "solutions",
        launch.ROOT / ".git",
        Path.home() / ".ssh",
        "/etc/passwd",
        "/etc/hostname",
        "/proc/1/environ",
        "/proc/self/maps",
        "/sys/class",
        "/run",
        "/var",
        "/usr/bin",
        "/bin/sh",
        "/dev/shm",
        "/dev/pts",
        "/dev/mem",
    ],
    ids=str,
)
def test_b_a_path_does_not_exist(attempt, path):
    assert attempt("import os\ndef attack(p): return os.path.lexists(p)", str(path)).value is False


def test_b_no_folder_shows_a_canary(attempt, tmp_path_factory):
    name = f"canary-{secrets.token_hex(8)}"
    places = [tmp_path_factory.mktemp("secret"), Path("/tmp"), Path("/dev/shm")]
    planted = [place / name for place in places if os.access(place, os.W_OK)]
    for path in planted:
        path.write_text(name)

    source = """
        import os
        def attack(name):
            skipped = {"site-packages", "usr"}
            seen = []
            for folder, folders, files in os.walk("/"):
                folders[:] = [f for f in folders if f not in skipped]
                seen += [f for f in files + folders if f == name or f == "gradebook.db"]
            return seen
    """
    try:
        outcome = attempt(source, name, seconds=5.0)
    finally:
        for path in planted:
            path.unlink()

    assert (outcome.value, outcome.error) == ([], "")


def test_b_the_top_of_the_file_system_is_short(attempt):
    own = {Path(path).parts[1] for path in launch._python()}
    known = {"dev", "etc", "inside", "lib", "lib32", "lib64", "tmp", "usr"} | own

    assert set(attempt("import os\ndef attack(): return os.listdir('/')").value) <= known


def test_b_the_environment_is_the_sandboxs_own(attempt, monkeypatch):
    monkeypatch.setenv("CANARY", "secret")

    names = attempt("import os\ndef attack(): return sorted(os.environ)").value

    assert set(names) <= {
        *("HOME", "IPYTHONDIR", "LANG", "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS", "PWD"),
        *("OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "PYTHONUTF8", "LC_CTYPE"),
    }


@pytest.mark.parametrize("name", ["reference_impl", "reference_impl.linear", "grader.exercises.x"])
def test_b_no_module_of_ours_holds_anything(attempt, name):
    source = """
        import importlib
        def attack(name):
            module = importlib.import_module(name)
            return repr(module.anything)
    """

    outcome = attempt(source, name)

    assert (outcome.value, outcome.error) in [("nothing", ""), (None, "ModuleNotFoundError")]


def test_b_no_other_process_is_there(attempt):
    assert attempt("import os\ndef attack(): return os.getpid(), os.getppid()").value == (1, 0)


def test_b_only_the_channel_is_open(attempt):
    source = """
        import os, stat
        def attack():
            found = {}
            for fd in range(64):
                try:
                    found[fd] = stat.S_IFMT(os.fstat(fd).st_mode)
                except OSError:
                    pass
            return found
    """
    character, sock = 0o020000, 0o140000

    found = attempt(source).value

    assert found == {0: character, 1: character, 2: character, 3: sock}


def test_b_what_one_submission_writes_the_next_one_does_not_see(sandbox, attempt):
    with sandbox.open(["open('/tmp/left', 'w').write('for you')"]) as session:
        assert session.cells[0].status == "ok"
        assert attempt("import os\ndef attack(): return os.listdir('/tmp')").value == []


def test_b_memory_holds_no_seed_and_no_record(attempt):
    source = """
        import gc, types
        def attack():
            modules = [o.__name__ for o in gc.get_objects() if isinstance(o, types.ModuleType)]
            return [m for m in modules if m.split(".")[0] in ("grader", "reference_impl")]
    """

    names = attempt(source, seconds=5.0).value

    inside = {"grader", "grader.calling", "grader.found", "grader.sandbox"}
    assert not [n for n in names if n not in inside and not n.startswith("grader.sandbox.")]
    assert "grader.sandbox.session" not in names


# Class c, tampering


def test_c_no_folder_but_the_private_one_takes_a_file(attempt):
    source = """
        import os
        def attack():
            taken = []
            for folder, folders, _ in os.walk("/"):
                try:
                    open(os.path.join(folder, "mine"), "w").close()
                    taken.append(folder)
                except OSError:
                    pass
            return taken
    """

    assert attempt(source, seconds=10.0).value == ["/tmp"]


def test_c_no_file_can_be_changed(attempt):
    source = """
        import numpy, os, sys
        def attack():
            changed = []
            for path in (numpy.__file__, os.__file__, sys.executable, "/etc/ld.so.cache"):
                for change in (os.unlink, lambda p: open(p, "ab"), lambda p: os.chmod(p, 0o777)):
                    try:
                        change(path)
                        changed.append(path)
                    except OSError:
                        pass
            return changed
    """

    assert attempt(source).value == []


def test_c_no_folder_of_the_module_path_is_the_learners(sandbox):
    source = "open('numpy.py', 'w').write('x = 1')\nimport sys\nprint(sys.path)"
    with sandbox.open([source, "import numpy; numpy.zeros", "import random"]) as session:
        path = session.cells[0].text

    assert "tmp" not in path
    assert "''" not in path
    assert [r.status for r in session.cells] == ["ok"] * 3


def test_c_patches_stay_in_their_own_process(sandbox, attempt):
    sandbox.open(["import numpy, builtins\nnumpy.zeros = builtins.len = None"]).close()

    assert attempt("import numpy\ndef attack(): return len(numpy.zeros(3))").value == 3


# Classes c, d and f: every system call but the listed ones


def test_no_call_but_the_listed_ones_exists(attempt):
    seccomp = pytest.importorskip("pyseccomp")
    probes = [335, 336]  # uretprobe and uprobe: the kernel shows them to no filter; harmless
    allowed = probes + [
        seccomp.resolve_syscall(seccomp.Arch.NATIVE, n) for n in (*ALLOWED, *CONDITIONED)
    ]
    source = (
        SYSCALL
        + """
def attack(allowed):
    return {n: errno_of(n, 0, 0, 0, 0, 0, 0) for n in range(700) if n not in allowed}
"""
    )

    found = attempt(source, allowed).value

    assert set(found.values()) == {errno.ENOSYS}


@pytest.mark.parametrize(
    "name",
    """
    accept4 add_key bind bpf capset chroot clone clone3 connect execve execveat flock fork
    inotify_init1 init_module io_uring_enter io_uring_setup kexec_load keyctl kill
    landlock_create_ruleset listen memfd_create mount move_mount mq_open msgget
    name_to_handle_at open_by_handle_at open_tree perf_event_open pidfd_getfd pidfd_open
    pidfd_send_signal pivot_root prctl process_vm_readv process_vm_writev ptrace reboot recvmsg
    request_key seccomp semget sendmsg sendto sethostname setns setpgid setpriority setresuid
    setsid setuid shmget socket socketpair swapon sysfs tgkill timer_create tkill umount2
    unshare userfaultfd vfork vmsplice
    """.split(),
)
def test_a_dangerous_call_is_not_listed(name):
    assert name not in ALLOWED


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("fcntl", (3, 8, 1)),  # F_SETOWN: whom a descriptor signals
        ("fcntl", (3, 1024, 0)),  # F_SETLEASE
        ("fcntl", (3, 6, 0)),  # F_SETLK: two submissions could talk through a lock
        ("ioctl", (3, 0x5412, 0)),  # TIOCSTI: type into a terminal
        ("ioctl", (3, 0x8901, 0)),  # FIOSETOWN
        ("prlimit64", (0, 9, 1, 0)),  # raise a limit
    ],
)
def test_the_dangerous_half_of_a_listed_call_does_not_exist(attempt, name, arguments):
    seccomp = pytest.importorskip("pyseccomp")
    number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)

    got = attempt(SYSCALL + "attack = errno_of", number, *arguments)

    assert got.value == errno.ENOSYS


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="machine code for x86-64")
@pytest.mark.parametrize(
    "code",
    [
        b"\xb8\x0b\x00\x00\x00\xcd\x80\xc3",  # int 0x80: execve of the 32-bit table
        b"\xb8\x66\x00\x00\x00\xcd\x80\xc3",  # int 0x80: socketcall
        b"\xb8\x29\x00\x00\x40\x0f\x05\xc3",  # syscall: socket of the x32 table
    ],
    ids=["execve of i386", "socketcall of i386", "socket of x32"],
)
def test_another_table_of_calls_kills(sandbox, code):
    source = """
import ctypes, mmap
def attack(code):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    where = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(where)()
"""
    with sandbox.open([source]) as session:
        (outcome,) = session.calls("attack", [(code,)])

    assert outcome.error == "ProcessEnded" or outcome.value == -errno.ENOSYS


# Class f, networks


@pytest.mark.parametrize("where", ["socket.socket", "socket.socketpair"])
def test_f_no_family_of_sockets_is_there(attempt, where):
    source = f"""
        import socket
        def attack():
            made = []
            for family in range(64):
                for kind in range(1, 7):
                    try:
                        made.append({where}(family, kind).fileno())
                    except OSError:
                        pass
            return made
    """

    assert attempt(source, seconds=5.0).value == []


@pytest.mark.parametrize(
    "line",
    [
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1')",
        "import socket; socket.create_connection(('127.0.0.1', 22), 0.2)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import asyncio; asyncio.run(asyncio.sleep(0))",
        "import os; os.open('/dev/tcp/127.0.0.1/22', os.O_RDWR)",
    ],
)
def test_f_no_library_reaches_a_network(attempt, line):
    assert attempt(f"def attack(): {line}").error in (
        *("OSError", "URLError", "gaierror", "FileNotFoundError"),
    )


# Class d, denial of service


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
    assert time.monotonic() - start < 5


def test_d_cells_that_do_not_end_are_ended_together(sandbox):
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    start = time.monotonic()

    with sandbox.open([stubborn, stubborn]) as session:
        assert session.status == TIMED_OUT
    assert time.monotonic() - start < sandbox.limits.cells_seconds + 2


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
    assert time.monotonic() - start < 6


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
    assert time.monotonic() - start < 4


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
def test_d_nothing_survives(sandbox, how):
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
