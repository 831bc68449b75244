"""The commands around grading, as functions that `grader.cli` calls."""

from rich.console import Console
from rich.markup import escape

from grader.grading import worker
from grader.grading.display import Bar, printable, show_changes, show_report
from grader.grading.errors import GradingError
from grader.grading.executors import LocalPool
from grader.grading.gradebook import GradebookWriter
from grader.grading.plot import format_of, plot_class
from grader.grading.reports import require_writable, write_csv, write_json
from grader.grading.run import Run
from grader.grading.settings import load_settings


def grade(
    lessons=(),
    *,
    submitted=None,
    gradebook=None,
    autograded=None,
    workers=None,
    dask=None,
    sandboxed=True,
    dry_run=False,
    json=None,
    csv=None,
    plot=None,
):
    """Grade what has been handed in, and say how it went.

    Parameters
    ----------
    lessons : sequence of str
        Folders, numbers or slugs; all lessons if there are none.
    submitted, autograded : str, optional
        Folders in place of the configured ones.
    gradebook : str, optional
        Address of a database, or a file.
    workers : int, optional
        Processes of this machine.
    dask : str, optional
        Address of a Dask scheduler; then its workers grade.
    sandboxed : bool, default=True
        Whether submissions run in the sandbox.
    dry_run : bool, default=False
        Whether to save nothing.
    json, csv, plot : str, optional
        Files to write reports to.

    Raises
    ------
    GradingError or SandboxUnavailable
        With a message for the instructor.
    """
    for path in filter(None, (json, csv, plot)):
        require_writable(path)
    if plot:
        format_of(plot)
    settings = load_settings(submitted, gradebook, autograded)
    chosen = settings.lessons(lessons)
    with _executor(workers, dask, chosen, sandboxed) as executor, Bar() as bar:
        run = Run(settings, executor, sandboxed, bar)
        report = run(chosen, announce=show_changes, dry_run=dry_run)
    for write, path in ((write_json, json), (write_csv, csv), (plot_class, plot)):
        if path:
            write(report, path)
    show_report(report)
    if not sandboxed:
        Console(stderr=True).print("Graded without a sandbox: learners' code ran as you.")


def _executor(workers, dask, lessons, sandboxed):
    if dask:
        from grader.grading.cluster import DaskCluster

        if not sandboxed:
            raise GradingError("A cluster grades in the sandbox only; leave out --no-sandbox.")
        return DaskCluster(dask)
    if sandboxed and lessons:
        _try_sandbox(lessons[0].modules)
    return LocalPool(workers)


def _try_sandbox(modules):
    """Raise `SandboxUnavailable` now rather than from a worker."""
    with worker.Sandbox(modules):
        pass


def explain(student, exercise, lesson=None, *, gradebook=None):
    """Print what was run of a submission, and why an exercise got its points."""
    settings = load_settings(gradebook=gradebook)
    lessons = [
        one
        for one in settings.lessons([lesson] if lesson else ())
        if exercise in [graded.name for graded in one.graded]
    ]
    if not lessons:
        names = ", ".join(graded.name for one in settings.lessons() for graded in one.graded)
        raise GradingError(f"There is no exercise {exercise!r}. There are: {names}")
    with GradebookWriter(settings.gradebook, settings.course_id, settings.parent) as book:
        entry = book.entry(student, lessons[0].folder)
    if entry is None:
        raise GradingError(
            f"Nothing of {student!r} in {lessons[0].folder} has been graded. Run: course grade"
        )
    from grader.grading.explanation import explanation

    console = Console()
    for line in explanation(student, exercise, entry):
        # What a learner wrote or printed may hold the controls of a terminal.
        console.print(escape(printable(line)), highlight=False, soft_wrap=True)
