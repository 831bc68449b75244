"""What stops a whole grading run; never the fault of one submission."""


class GradingError(RuntimeError):
    """Grading cannot go on; the message says why and what to do."""
