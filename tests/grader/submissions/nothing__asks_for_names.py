# f: resolves a name, which leaves the machine too
# %%
import socket

try:
    socket.getaddrinfo("canary.example", 80)
except OSError:
    pass
else:
    raise RuntimeError("ATTACK SUCCEEDED")
