"""The warm process: loads everything once, then forks a closed-in child for every submission.

It never runs learner's code and holds nothing of the grader's. `grader.sandbox.launch` starts it
with a socket and a module path. Over the socket come the settings, then one request a submission: a
user number, with the child's channel as a descriptor. It answers with a descriptor of the child.
"""

import ctypes
import gc
import os
import signal
import socket
import sys

sys.path.insert(0, "/inside")
sys.path.extend(sys.argv[2].split(":"))


def main():
    """Serve until the grader hangs up."""
    from grader.sandbox import wire

    control = socket.socket(fileno=int(sys.argv[1]))
    settings = wire.decode(control.recv(2**16))
    from grader.sandbox.inside import contain, server, shell, stand_ins
    from grader.sandbox.limits import Limits

    limits = Limits(**settings["limits"])
    warm = shell.warm_shell(settings["modules"])
    sys.path.remove("/inside")
    stand_ins.install()
    shell.forget_paths()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()

    def child(descriptor, user):
        contain.keep_only(descriptor)
        channel = server.Channel(contain.CHANNEL, limits.reply_bytes)
        try:
            contain.contain(limits, user, settings["filter"])
        except Exception as problem:
            channel.send(("refused", str(problem)))
            return
        server.serve(channel, warm, limits)

    control.send(b"ready")
    while serve_one(control, child):
        pass


def serve_one(control, child):
    """Fork one child; return False when the grader is gone."""
    data, descriptors, _, _ = socket.recv_fds(control, 64, 1)
    if not data:
        return False
    (channel,) = descriptors
    process = fork_apart()
    if process == 0:
        run_and_exit(child, channel, int(data))
    handle = os.pidfd_open(process)
    socket.send_fds(control, [b"started"], [handle])
    os.close(channel)
    os.close(handle)
    return True


def fork_apart():
    """Fork a child that is the first process of a new process namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    new_processes = 0x20000000
    myself = os.pidfd_open(os.getpid())
    if libc.unshare(new_processes) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    process = os.fork()
    if process and libc.setns(myself, new_processes) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    os.close(myself)
    return process


def run_and_exit(child, channel, user):
    """Run the child; whatever happens, it never returns to the loop above."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        child(channel, user)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
