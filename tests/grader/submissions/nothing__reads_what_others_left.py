# b: reads files and shared memory that others left behind
# %%
import os

for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run"):
    if os.path.isdir(folder) and any("left" in name for name in os.listdir(folder)):
        raise RuntimeError(f"ATTACK SUCCEEDED {folder}")
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/inside"):
    try:
        open(f"{folder}/left-for-the-next", "w").write("seed")
    except OSError:
        pass
