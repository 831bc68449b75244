"""Where a learner stands, what to do next, and how the days until an interview are best used."""

WELCOME = "In your own copy of the course, opened with `make lab`, your progress stands here."


def status():
    """Return the status page, for a notebook; outside a learner's copy, a sentence."""
    from grader.status.report import status_page

    home = _home()
    return _welcome() if home is None else status_page(home)


def plan(day=None):
    """Return what to do on which day until the interview, for a notebook.

    Parameters
    ----------
    day : str, optional
        The day of the interview: ``"2026-12-12"``, ``"three weeks"``, ``"tonight"``. It is
        remembered.
    """
    from datetime import date

    from grader.status.report import Page, plan_page
    from grader.status.settings import NotADate, Settings, read_day

    home = _home()
    if home is None:
        return _welcome()
    try:
        if day is not None:
            Settings(home).set_interview(read_day(str(day), date.today()))
    except NotADate as problem:
        return Page([("Interview", [[str(problem)]])])
    return plan_page(home)


def diagnose():
    """Return the diagnostic quiz, for a notebook; it says which lessons you may skip."""
    from grader.status.diagnosis_panel import DiagnosisPanel

    home = _home()
    return _welcome() if home is None else DiagnosisPanel(home)


def _home():
    from grader.status.home import home_of_learner

    return home_of_learner(own=False)


def _welcome():
    from grader.status.report import Page

    return Page([("Progress", [[WELCOME]])])


__all__ = ["diagnose", "plan", "status"]
