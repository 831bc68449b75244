# f: opens a socket of the family bluetooth
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(31, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED bluetooth")
# %%
import ctypes

if ctypes.CDLL(None).socket(31, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED bluetooth")
