"""The commands of the ``course`` command that grade: `check`, `grade` and `explain`."""

from typing import Annotated

import typer

LESSONS = "Such as 01, forward_propagation or 01_forward_propagation; all, if none is named."
GRADEBOOK = "Address of a database that SQLAlchemy knows, or a file."


def register(app):
    """Add the commands to the application."""
    for command in (check, grade, explain):
        app.command()(command)


def _stop(problem):
    typer.secho(str(problem), fg=typer.colors.RED, err=True)
    raise typer.Exit(1) from None


def check(
    lessons: Annotated[list[str] | None, typer.Argument(help=LESSONS)] = None,
):
    """Check your own notebooks as grading would, without its hidden cases."""
    from grader.grading.errors import GradingError
    from grader.grading.self_check import check_own_work

    try:
        raise typer.Exit(0 if check_own_work(lessons or ()) else 1)
    except (GradingError, OSError) as problem:
        _stop(problem)


def grade(
    lessons: Annotated[list[str] | None, typer.Argument(help=LESSONS)] = None,
    submitted: Annotated[
        str | None, typer.Option(help="Folder with <student>/<lesson>/<slug>.ipynb.")
    ] = None,
    gradebook: Annotated[str | None, typer.Option(help=GRADEBOOK)] = None,
    autograded: Annotated[str | None, typer.Option(help="Folder for graded notebooks.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; by default one a core.")
    ] = None,
    dask: Annotated[str | None, typer.Option(help="Address of a Dask scheduler.")] = None,
    json: Annotated[str | None, typer.Option(help="Write the report to this file.")] = None,
    csv: Annotated[str | None, typer.Option(help="Write points by student to this file.")] = None,
    plot: Annotated[str | None, typer.Option(help="Draw the class to this file.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Save nothing; show which scores would change.")
    ] = False,
    no_sandbox: Annotated[
        bool,
        typer.Option("--no-sandbox", help="Run submissions as you, with all your rights."),
    ] = False,
):
    """Grade what has been handed in; a killed run continues where it stopped."""
    from grader.grading import commands
    from grader.grading.errors import GradingError
    from grader.sandbox.launch import SandboxUnavailable

    try:
        commands.grade(
            lessons or (),
            submitted=submitted,
            gradebook=gradebook,
            autograded=autograded,
            workers=workers,
            dask=dask,
            sandboxed=not no_sandbox,
            dry_run=dry_run,
            json=json,
            csv=csv,
            plot=plot,
        )
    except KeyboardInterrupt:
        _stop("Stopped. What was graded is saved; run the command again to go on.")
    except (GradingError, SandboxUnavailable, OSError) as problem:
        _stop(problem)


def explain(
    student: Annotated[str, typer.Argument(help="The student's id.")],
    exercise: Annotated[str, typer.Argument(help="Such as linear_forward.")],
    gradebook: Annotated[str | None, typer.Option(help=GRADEBOOK)] = None,
):
    """Show what was run of a submission, and why an exercise got its points."""
    from grader.grading import commands
    from grader.grading.errors import GradingError

    try:
        commands.explain(student, exercise, gradebook=gradebook)
    except (GradingError, OSError) as problem:
        _stop(problem)
