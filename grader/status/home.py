"""Where the learner's own files lie."""

import os

from grader import progress
from grader.learner_copy import MY_COURSE
from grader.progress import MARKER


def home_of_learner(start=None):
    """Return the learner's copy: the one around `start`, or the one ``make lab`` makes, or None."""
    if "NBGRADER_EXECUTION" in os.environ:
        return None
    around = progress.folder(start)
    if around is not None:
        return around
    return MY_COURSE if (MY_COURSE / MARKER).exists() else None
