# b: uses kernel facilities that namespaces do not cover
# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for name, number in {"add_key": 248, "keyctl": 250, "bpf": 321, "perf_event_open": 298}.items():
    if libc.syscall(number, 0, 0, 0, 0, 0) >= 0:
        raise RuntimeError(f"ATTACK SUCCEEDED {name}")
