# c: changes the packages that the next submission imports
# %%
import numpy
import os
import sys

targets = [os.path.dirname(numpy.__file__), *sys.path, "/inside/grader", os.path.dirname(os.__file__)]
for folder in targets:
    try:
        open(f"{folder}/sitecustomize.py", "w").write("")
    except OSError:
        continue
    if not folder.startswith("/tmp") and folder:
        raise RuntimeError(f"ATTACK SUCCEEDED {folder}")
