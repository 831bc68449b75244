# c: raises the limits it was given
# %%
import resource

for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NPROC", "RLIMIT_FSIZE"):
    number = getattr(resource, name)
    before = resource.getrlimit(number)
    try:
        resource.setrlimit(number, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
    if resource.getrlimit(number) != before:
        raise RuntimeError(f"ATTACK SUCCEEDED {name}")
