"""Where the learner's own files lie."""

import os

from grader import progress
from grader.learner_copy import MY_COURSE
from grader.progress import MARKER


def home_of_learner(start=None, own=True):
    """Return the learner's copy, or None.

    Parameters
    ----------
    start : Path, optional
        Looked around first; by default the working directory.
    own : bool, default=True
        Whether the copy that ``make lab`` makes is meant where none is around.
    """
    if "NBGRADER_EXECUTION" in os.environ:
        return None
    around = progress.folder(start)
    if around is not None or not own:
        return around
    return MY_COURSE if (MY_COURSE / MARKER).exists() else None
