# f: opens a socket of the family inet
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(2, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED inet")
# %%
import ctypes

if ctypes.CDLL(None).socket(2, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED inet")
