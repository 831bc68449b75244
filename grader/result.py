"""What a check found, readable by a learner, by nbgrader and by nbval."""

from dataclasses import dataclass

from grader import card


@dataclass(frozen=True)
class CaseReport:
    """How one case went."""

    label: str
    problem: str = ""
    hidden: bool = False

    @property
    def passed(self):
        """Whether nothing was wrong."""
        return not self.problem


@dataclass(frozen=True, repr=False)
class Result:
    """The verdict on one exercise.

    Its ``repr`` is the points as a plain number, which nbgrader reads as partial credit; its
    ``str`` is the card as text; a notebook shows the card as HTML.
    """

    exercise: str
    points: float
    max_points: int
    reports: tuple[CaseReport, ...] = ()
    problem: str = ""
    """Why no case could count: the function is missing, a rule is broken."""
    mistake: str = ""
    """The id of the recognised misconception, ``<exercise>/<wrong function's name>``."""
    hint: str = ""
    symptom: str = ""
    """A pattern in the numbers that no listed mistake explains."""
    untouched: bool = False
    """Whether the answer is as released; to run all cells is not a try."""
    follow_up: str = ""
    follow_up_answer: str = ""
    answer: str = ""
    """The model answer's text, where it may be shown."""

    @property
    def passed(self):
        """Whether every case passed."""
        return not self.problem and all(report.passed for report in self.reports)

    def __repr__(self):
        """Return the points as a plain number."""
        # In this order NaN compares as 0, which nbgrader would read as full marks.
        return f"{min(max(0.0, float(self.points)), float(self.max_points)):.6g}"

    def __str__(self):
        """Return the card as text."""
        return card.as_text(self)

    def _repr_html_(self):
        return card.as_html(self)
