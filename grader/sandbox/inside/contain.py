"""Takes from a process everything it does not need, for good.

The order matters, and each step is the last that may do what it takes away:

1. a session of its own, so that a signal to "my group" finds nobody else;
2. no descriptor but the channel; the three standard ones lead to nowhere (`keep_only`);
3. namespaces and an empty private folder over the shared one: the last use of mounts;
4. limits: the last time that one could be raised;
5. groups, then user (as root: a user that no other submission has), then every capability;
6. no new privileges, then the list of system calls.

If a step fails the process ends: nothing of the learner's has run yet.
"""

import ctypes
import fcntl
import os
import resource
import signal

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWNET, CLONE_NEWPID = 0x40000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 0x4000, 1 << 18
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 39, 47, 4
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 63

PRIVATE_FOLDER = os.environ.get("HOME", "/tmp")  # as the launch chose it
CHANNEL = 3

libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def keep_only(channel):
    """Leave the process group and close every descriptor but the channel, which becomes 3."""
    os.setsid()
    nowhere = os.open("/dev/null", os.O_RDWR)
    channel = fcntl.fcntl(channel, fcntl.F_DUPFD_CLOEXEC, CHANNEL + 1)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.dup2(channel, CHANNEL, inheritable=False)
    os.closerange(CHANNEL + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def contain(limits, user, filter_program):
    """Close this process in.

    Parameters
    ----------
    limits : Limits
        What it may use.
    user : int
        The user and group to become; 0 keeps the present one.
    filter_program : bytes
        The system calls it may make, as `compile_filter` returns them.
    """
    _separate(limits, user or os.getuid(), user or os.getgid())
    _limit(limits)
    _become_nobody(user)
    _filter(filter_program)
    os.chdir(PRIVATE_FOLDER)


def _separate(limits, owner, group):
    _call(libc.unshare, CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS)
    _call(libc.sethostname, b"sandbox", 7)
    _call(libc.mount, None, b"/", None, MS_REC | MS_PRIVATE, None)
    options = (
        f"size={limits.folder_bytes},nr_inodes={limits.folder_files},"
        f"mode=0700,uid={owner},gid={group}"
    )
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    folder = PRIVATE_FOLDER.encode()
    _call(libc.mount, b"tmpfs", folder, b"tmpfs", flags, options.encode())


def _limit(limits):
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, 16),
        (resource.RLIMIT_STACK, 8 * 2**20),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file over the limit: OSError, not the end


def _become_nobody(user):
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call(libc.capset, header, (ctypes.c_uint32 * 6)())
    _call(libc.prctl, PR_SET_DUMPABLE, 0, 0, 0, 0)


def _filter(program):
    _call(libc.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1:
        raise OSError("privileges could be gained again")
    filled = _Program(len(program) // 8, program)
    _call(libc.prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filled), 0, 0)
    if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != -1:
        raise OSError("the filter of system calls is not in force")


def _call(function, *arguments):
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}: {os.strerror(number)}")
