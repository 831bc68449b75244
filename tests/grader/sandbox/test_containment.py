"""Attacks on the boundary, each with the outcome it must have and, after it, an honest submission.

The letters are the classes of attack: b reads secrets, c tampers, f reaches a network; d, denial of
service, is in test_denial.py. (a, raising one's own score, and e, damaged files, are tried where
grades are made.)
"""

import errno
import os
import secrets
from pathlib import Path

import pytest

from grader.sandbox import launch
from grader.sandbox.launch import private_folder
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
def test_the_kernel_says_it_is_closed_in(sandbox, key, value, status_of):
    if key == "Groups" and not launch.users():
        pytest.skip("only root can give groups up")
    with sandbox.open(["x = 1"]) as session:
        assert status_of(session, key)[1].strip() == value


@pytest.mark.parametrize("kind", ["mnt", "pid", "net", "ipc", "uts"])
def test_its_namespaces_are_not_ours(sandbox, kind, status_of):
    with sandbox.open(["x = 1"]) as session:
        pid, _ = status_of(session, "Name")
        assert os.readlink(f"/proc/{pid}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}")


def test_as_root_each_submission_is_a_user_of_its_own(sandbox, status_of):
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
    known.add(Path(private_folder()).name)

    assert set(attempt("import os\ndef attack(): return os.listdir('/')").value) <= known


def test_b_the_environment_is_the_sandboxs_own(attempt, monkeypatch):
    monkeypatch.setenv("CANARY", "secret")

    names = attempt("import os\ndef attack(): return sorted(os.environ)").value

    assert set(names) <= {
        *("HOME", "IPYTHONDIR", "LANG", "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS", "PWD"),
        *("OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "PYTHONUTF8", "LC_CTYPE", "TMPDIR"),
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
    home = private_folder()
    with sandbox.open([f"open('{home}/left', 'w').write('for you')"]) as session:
        assert session.cells[0].status == "ok"
        assert attempt(f"import os\ndef attack(): return os.listdir('{home}')").value == []


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
                if folder.count("/") > 6:  # inside single packages of one mount
                    folders.clear()
                try:
                    open(os.path.join(folder, "mine"), "w").close()
                    taken.append(folder)
                except OSError:
                    pass
            return taken
    """

    assert attempt(source, seconds=25.0).value == [private_folder()]


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

    assert repr(private_folder()) not in path
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
