# f: opens a socket of the family alg
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(38, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED alg")
# %%
import ctypes

if ctypes.CDLL(None).socket(38, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED alg")
