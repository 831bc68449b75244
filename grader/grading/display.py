"""What an instructor sees in the terminal: progress, then tables."""

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from grader.grading.reports import figures, score_of

MOST_ROWS = 40
MOST_CHANGES = 60


class Rate(ProgressColumn):
    """Submissions a second."""

    def render(self, task):
        """Return the rate as text."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


class Bar:
    """A progress bar on standard error: how many, how fast, how long still."""

    def __init__(self):
        self._progress = Progress(
            TextColumn("Grading"),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = None

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """Take the bar away."""
        self._progress.stop()

    def begin(self, total, kept):
        """Show the bar."""
        if total:
            self._progress.start()
            self._task = self._progress.add_task("grade", total=total)

    def advance(self):
        """Count one submission."""
        self._progress.advance(self._task)


def printable(text):
    """Return text without what moves a terminal's cursor, colours it or turns its direction."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)


def show_changes(changes, console=None):
    """Print whose scores a corrected check changes."""
    console = console or Console()
    if not changes:
        console.print("Graded again; no score changes.")
        return
    students = len({(change.student, change.lesson) for change in changes})
    table = Table(title=f"Scores of {students} submission{'s' if students > 1 else ''} change")
    for column in ("student", "lesson", "exercise"):
        table.add_column(column)
    table.add_column("before", justify="right")
    table.add_column("after", justify="right")
    for change in changes[:MOST_CHANGES]:
        names = map(escape, (change.student, change.lesson, change.exercise))
        table.add_row(*names, f"{change.before:g}", f"{change.after:g}")
    console.print(table)
    if len(changes) > MOST_CHANGES:
        console.print(f"... and {len(changes) - MOST_CHANGES} more.")


def show_report(report, console=None):
    """Print what a run came to: the submissions, then what the class finds hard."""
    console = console or Console()
    if not report.entries:
        console.print("Nothing has been handed in.")
        return
    console.print(_submissions(report))
    console.print(_exercises(report))
    rate = f", {report.graded / report.seconds:.1f} a second" if report.graded else ""
    kept = f"; {report.kept} had been graded before" if report.kept else ""
    console.print(f"Graded {report.graded} in {report.seconds:.1f} s{rate}{kept}.")
    if not report.written:
        console.print("A dry run: nothing was saved.")


def _submissions(report):
    rows = list(report.entries.items())
    # With many, those that need a person's attention come first.
    if len(rows) > MOST_ROWS:
        rows.sort(key=lambda row: row[1].detail["status"] == "graded")
    hidden = len(rows) - MOST_ROWS
    table = Table(title="Submissions", caption=f"and {hidden} more" if hidden > 0 else None)
    table.add_column("student", overflow="fold")
    table.add_column("lesson")
    table.add_column("score", justify="right")
    table.add_column("status", overflow="fold")
    for (student, lesson), entry in rows[:MOST_ROWS]:
        score = f"{score_of(entry):g} / {report.max_scores[lesson]:g}"
        cells = (student, lesson, score, entry.detail["status"])
        table.add_row(*(escape(printable(cell)) for cell in cells))
    return table


def _exercises(report):
    table = Table(title="Exercises")
    table.add_column("exercise")
    table.add_column("solved", justify="right")
    table.add_column("mean", justify="right")
    table.add_column("misconceptions", overflow="fold")
    for one in figures(report):
        mistakes = ", ".join(
            f"{count} × {name.partition('/')[2].strip('_')}" for name, count in one.mistakes[:3]
        )
        solved = f"{one.solved} / {one.submissions}"
        table.add_row(escape(one.exercise), solved, f"{one.mean:.0%}", escape(mistakes))
    return table
