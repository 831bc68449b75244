# f: opens a socket of the family vsock
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(40, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED vsock")
# %%
import ctypes

if ctypes.CDLL(None).socket(40, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED vsock")
