"""The system calls that learner's code may make; every other one does not exist for it.

A list of what is allowed, so that a call the kernel gains tomorrow is refused too. It has no way to
make a socket, a process, a thread, a namespace, a mount, a key or a program run, and none to send a
signal. One process is all there ever is: limits per process are limits of the submission.
"""

import os
import tempfile

FILES = """
    access chdir chmod close copy_file_range dup dup2 dup3 faccessat faccessat2 fadvise64 fallocate
    fchdir fchmod fchmodat fdatasync fstat fstatfs fsync ftruncate getcwd getdents getdents64
    lseek lstat mkdir mkdirat newfstatat open openat pipe pipe2 poll ppoll pread64 preadv pselect6
    pwrite64 pwritev read readlink readlinkat readv rename renameat renameat2 rmdir select sendfile
    stat statfs statx truncate umask unlink unlinkat utimensat write writev
"""
MEMORY = "brk madvise mmap mprotect mremap msync munmap"
TIME = """
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep pause
    setitimer time times
"""
ITSELF = """
    exit exit_group futex get_robust_list getcpu getegid geteuid getgid getgroups getpgrp getpid
    getppid getrandom getresgid getresuid getrlimit getrusage gettid getuid membarrier
    restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigtimedwait
    sched_getaffinity sched_yield set_robust_list sigaltstack uname
"""
ALLOWED = (FILES + MEMORY + TIME + ITSELF).split()

DUPLICATE, GET_FLAGS, SET_FLAGS, GET_STATUS, SET_STATUS, DUPLICATE_CLOSING = 0, 1, 2, 3, 4, 1030
FCNTL = (DUPLICATE, GET_FLAGS, SET_FLAGS, GET_STATUS, SET_STATUS, DUPLICATE_CLOSING)
"""The requests of fcntl; locks are not among them: two submissions could talk through one."""
IS_A_TERMINAL, KEEP_OVER_EXEC, CLOSE_ON_EXEC = 0x5401, 0x5450, 0x5451
IOCTL = (IS_A_TERMINAL, KEEP_OVER_EXEC, CLOSE_ON_EXEC)
"""The requests of ioctl that opening a file makes."""


def compile_filter():
    """Return the list as a program for the kernel (BPF).

    Raises
    ------
    ImportError or RuntimeError
        If pyseccomp, or the library libseccomp it calls, is missing.
    """
    import pyseccomp as seccomp
    from pyseccomp import Arg

    table = seccomp.SyscallFilter(seccomp.ERRNO(38))  # ENOSYS: libraries then try an older call
    for name in ALLOWED:
        _allow(seccomp, table, name)
    for command in FCNTL:
        _allow(seccomp, table, "fcntl", Arg(1, seccomp.EQ, command))
    for request in IOCTL:
        _allow(seccomp, table, "ioctl", Arg(1, seccomp.EQ, request))
    _allow(seccomp, table, "prlimit64", Arg(2, seccomp.EQ, 0))  # reading a limit, not setting one
    with tempfile.TemporaryFile() as file:
        table.export_bpf(file)
        file.flush()
        return os.pread(file.fileno(), 2**20, 0)


def _allow(seccomp, table, name, *conditions):
    number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    if number >= 0:  # a few are missing on other processors than x86
        table.add_rule(seccomp.ALLOW, number, *conditions)
