# f: opens a socket of the family packet
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(17, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED packet")
# %%
import ctypes

if ctypes.CDLL(None).socket(17, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED packet")
