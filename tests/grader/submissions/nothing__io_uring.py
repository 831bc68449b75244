# f: reaches the network through io_uring and socketpairs
# %%
import ctypes
import socket

if ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(512)) >= 0:
    raise RuntimeError("ATTACK SUCCEEDED io_uring")
try:
    socket.socketpair()
except OSError:
    pass
else:
    raise RuntimeError("ATTACK SUCCEEDED socketpair")
