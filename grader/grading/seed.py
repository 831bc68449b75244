"""The seed of the hidden cases: made once, at the first grading, and kept beside the gradebook."""

import os
import secrets
import tempfile
from pathlib import Path

from grader.grading.errors import GradingError

NAME = "hidden_seed"


def hidden_seed(folder):
    """Return the seed that a folder keeps; make it if there is none.

    Parameters
    ----------
    folder : str or Path
        Where the gradebook lies.

    Returns
    -------
    seed : int
        The same for every submission, so that equal answers get equal points.
    """
    path = Path(folder) / NAME
    try:
        if not path.exists():
            _make(path)
        return int(path.read_text(encoding="ascii"))
    except OSError as problem:
        raise GradingError(f"{path} cannot be used ({problem.strerror}).") from None
    except ValueError:
        raise GradingError(
            f"{path} holds no number. Restore it from a backup; with another seed all submissions "
            "are graded anew."
        ) from None


def _make(path):
    """Write a new seed, unless another process has just done so: a link never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{NAME}.")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.randbits(62)}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
