# f: opens a socket of the family inet6
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(10, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED inet6")
# %%
import ctypes

if ctypes.CDLL(None).socket(10, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED inet6")
