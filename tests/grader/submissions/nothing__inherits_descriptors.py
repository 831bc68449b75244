# b: uses descriptors that were left open
# %%
import os

for descriptor in range(3, 256):
    try:
        path = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        try:
            found = os.fstat(descriptor)
        except OSError:
            continue
        if descriptor == 3:
            continue
        path = f"{found.st_mode:o}"
    if "socket" not in path:
        raise RuntimeError(f"ATTACK SUCCEEDED {descriptor} {path}")
