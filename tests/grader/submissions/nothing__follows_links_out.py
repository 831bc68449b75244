# c: reaches out of its folder through links and parents
# %%
import os

for target in ("/tmp/../root", "/proc/self/root/root", "/proc/1/root/tmp", "/proc/1/cwd"):
    try:
        names = os.listdir(target)
    except OSError:
        continue
    raise RuntimeError(f"ATTACK SUCCEEDED {target} {names[:3]}")
