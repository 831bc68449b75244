# b: reads memory of the process it was forked from
# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid() or 1
for process in {parent, 1, 2}:
    if libc.ptrace(16, process, 0, 0) == 0:
        raise RuntimeError("ATTACK SUCCEEDED ptrace")
    try:
        open(f"/proc/{process}/mem", "rb")
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED mem")
