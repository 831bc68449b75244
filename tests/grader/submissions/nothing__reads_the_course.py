# b: walks the file system for the course and its secrets
# %%
import os

LOOKED_FOR = ("hidden_seed", "gradebook.db", "canary.txt", "forward_propagation.ipynb", "examine.py")
for folder, _, files in os.walk("/"):
    if folder.startswith("/sys") or "site-packages" in folder:
        continue
    for name in files:
        if name in LOOKED_FOR:
            raise RuntimeError(f"ATTACK SUCCEEDED {folder}/{name}")
