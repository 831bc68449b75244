"""Brings back what went wrong, at the times at which it is about to be forgotten.

Every missed question and every recognised misconception in ``progress.jsonl`` becomes an item:
`items` says what an item asks, `deck` when (``review.json``), `terminal` and `widgets` ask it, and
`anki` takes it elsewhere.
"""

import os

from grader import progress

WELCOME = "Review: what went wrong in checks and quizzes comes back here, on a spaced schedule."


class Words:
    """A sentence, without quotation marks around it."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        """Return the sentence."""
        return self.text


def review():
    """Ask what is due, in a notebook.

    Outside a learner's copy of the course there is nothing to ask, and a sentence says so.
    """
    home = progress.folder()
    if home is None or "NBGRADER_EXECUTION" in os.environ:
        return Words(WELCOME)
    from grader.review.widgets import ReviewBox

    return ReviewBox(home)


__all__ = ["review"]
