# f: opens a socket of the family unix
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(1, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED unix")
# %%
import ctypes

if ctypes.CDLL(None).socket(1, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED unix")
