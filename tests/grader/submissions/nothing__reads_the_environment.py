# b: reads what the grader was started with
# %%
import os

if any("CANARY" in name for name in os.environ):
    raise RuntimeError("ATTACK SUCCEEDED")
# %%
for process in range(1, 400):
    try:
        with open(f"/proc/{process}/environ", "rb") as file:
            found = file.read()
    except OSError:
        continue
    if b"CANARY" in found:
        raise RuntimeError("ATTACK SUCCEEDED")
