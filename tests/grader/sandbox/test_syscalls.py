"""Tests of grader.sandbox.syscalls: the program is run here as the kernel runs it."""

import errno
import struct

import pytest

from grader.sandbox import syscalls

seccomp = pytest.importorskip("pyseccomp", exc_type=RuntimeError)
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
JUMPS = {
    0x15: lambda a, k: a == k,
    0x25: lambda a, k: a > k,
    0x35: lambda a, k: a >= k,
    0x45: lambda a, k: a & k,
}


@pytest.fixture(scope="module")
def program():
    try:
        return syscalls.compile_filter()
    except RuntimeError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def verdict(program):
    """Return a function from a system call and its arguments to what the kernel would do."""
    import platform

    machine = ARCHITECTURE.get(platform.machine())
    if machine is None:
        pytest.skip("the number of this processor's architecture is not known here")

    def verdict(name, *arguments, architecture=machine):
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        arguments = (*arguments, *(0,) * (6 - len(arguments)))
        return _run(program, struct.pack("<iIQ6Q", number, architecture, 0, *arguments))

    return verdict


def _run(program, data):
    """Interpret a filter program (BPF) on what the kernel says of a system call."""
    instructions, at, accumulator = list(struct.iter_unpack("<HBBI", program)), 0, 0
    while True:
        code, yes, no, k = instructions[at]
        at += 1
        if code == 0x06:
            return k
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, k)
        elif code == 0x54:
            accumulator &= k
        elif code == 0x05:
            at += k
        else:
            at += yes if JUMPS[code](accumulator, k) else no


@pytest.mark.parametrize("name", ["read", "write", "openat", "mmap", "futex", "exit_group"])
def test_what_python_needs_is_allowed(verdict, name):
    assert verdict(name) == ALLOW


NO_WAY_OUT = """
    socket socketpair connect bind sendto recvfrom clone clone3 execve execveat kill tkill tgkill
    ptrace mount umount2 unshare setns pivot_root chroot setuid setresuid setgroups capset keyctl
    add_key bpf userfaultfd io_uring_setup perf_event_open process_vm_readv setrlimit prctl seccomp
    shmget msgget semget mknodat chown symlinkat linkat memfd_create setsid setpgid setpriority
""".split()


@pytest.mark.parametrize("name", NO_WAY_OUT)
def test_what_leads_out_does_not_exist(verdict, name):
    assert verdict(name) == ERRNO | errno.ENOSYS


@pytest.mark.parametrize(
    "name, arguments, allowed",
    [
        ("fcntl", (3, syscalls.GET_FLAGS), True),
        ("fcntl", (3, 6), False),  # F_SETLK
        ("fcntl", (3, 8), False),  # F_SETOWN sends signals
        ("ioctl", (0, syscalls.IS_A_TERMINAL), True),
        ("ioctl", (0, 0x5412), False),  # TIOCSTI types into a terminal
        ("prlimit64", (0, 7, 0, 2**40), True),
        ("prlimit64", (0, 7, 2**40, 0), False),
        ("prlimit64", (0, 7, 2**32, 0), False),
    ],
)
def test_some_calls_exist_for_some_requests(verdict, name, arguments, allowed):
    assert (verdict(name, *arguments) == ALLOW) == allowed


def test_calls_of_another_architecture_end_the_process(verdict):
    assert verdict("read", architecture=0x40000003) not in (ALLOW, ERRNO | errno.ENOSYS)


def test_the_same_list_makes_the_same_program(program):
    assert syscalls.compile_filter() == program
    assert len(program) % 8 == 0


def test_nothing_is_listed_twice():
    assert len(set(syscalls.ALLOWED)) == len(syscalls.ALLOWED)
