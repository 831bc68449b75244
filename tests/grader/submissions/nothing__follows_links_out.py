# c: reaches out of its folder through links and parents
# %%
import os

for target in ("/tmp/../etc/shadow", "/proc/self/root/etc/shadow", "/proc/1/root/tmp", "/proc/1/cwd"):
    if os.path.lexists(target):
        raise RuntimeError(f"ATTACK SUCCEEDED {target}")
os.symlink("/", "/tmp/up")
if os.path.exists("/tmp/up/etc/shadow"):
    raise RuntimeError("ATTACK SUCCEEDED by a link")
