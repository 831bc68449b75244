# f: opens a socket of the family netlink
# %%
import socket

for kind in (1, 2, 3, 5):
    try:
        socket.socket(16, kind, 0)
    except OSError:
        continue
    raise RuntimeError("ATTACK SUCCEEDED netlink")
# %%
import ctypes

if ctypes.CDLL(None).socket(16, 1, 0) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED netlink")
