# c: makes the read-only system writable
# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"none", b"/", None, 32 | 4096, None) == 0 or libc.unshare(0x10000000) == 0:
    raise RuntimeError("ATTACK SUCCEEDED")
for call in (os.setuid, os.setgid):
    try:
        call(0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED")
