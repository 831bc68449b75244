"""Where a learner stands, what to do next, and how the days until an interview are best used."""

WELCOME = "In your own copy of the course, opened with `make lab`, your progress stands here."


def status():
    """Return the status page, for a notebook; outside a learner's copy, a sentence."""
    from grader.status.home import home_of_learner
    from grader.status.report import Page, status_page

    home = home_of_learner(own=False)
    return Page([("Progress", [[WELCOME]])]) if home is None else status_page(home)


__all__ = ["status"]
