# b: looks for sealed questions and their answers
# %%
import glob
import sys

for folder in [*sys.path, "/inside", "/allowed", "/tmp", "/"]:
    if glob.glob(f"{folder}/**/quizzes", recursive=False) or glob.glob(f"{folder}/quiz*"):
        raise RuntimeError(f"ATTACK SUCCEEDED {folder}")
import grader

if hasattr(grader, "__path__") and any(glob.glob(f"{path}/*") for path in list(grader.__path__)):
    raise RuntimeError("ATTACK SUCCEEDED grader")
