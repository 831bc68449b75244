# b: opens system files that name users and machines
# %%
for path in ("/etc/passwd", "/etc/shadow", "/root/.bashrc", "/proc/1/maps", "/etc/hostname"):
    try:
        open(path).read()
    except OSError:
        continue
    raise RuntimeError(f"ATTACK SUCCEEDED {path}")
