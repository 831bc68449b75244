"""The ``course`` command. What each part of it does lies in a module of its own."""

from typing import Annotated

import typer

from grader import cli_grading, cli_learning

app = typer.Typer(
    help="An interview-prep course on the fundamentals of deep learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# These commands hand what they do not know on to JupyterLab or pytest.
PASSES_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def _stop(problem):
    typer.secho(str(problem), fg=typer.colors.RED, err=True)
    raise typer.Exit(1) from None


@app.command(context_settings=PASSES_ON)
def lab(
    context: typer.Context,
    instructor: Annotated[
        bool, typer.Option("--instructor", help="Open the repository, with formgrader.")
    ] = False,
):
    """Open JupyterLab on your own copy of the course.

    Anything else goes to JupyterLab: --no-browser prints the address, --port 9000 names a port.
    """
    from grader import lab

    try:
        raise typer.Exit(lab.start(context.args, instructor=instructor))
    except OSError as problem:
        _stop(problem)


@app.command()
def reset(
    lesson: Annotated[str, typer.Argument(help="For example 01 or forward_propagation.")],
    exercise: Annotated[str | None, typer.Argument(help="Only this exercise.")] = None,
):
    """Put a lesson, or one exercise of it, back to its beginning; your old one is kept."""
    from grader.learner_copy import LearnerCopyError, reset_lesson

    try:
        old = reset_lesson(lesson, exercise)
    except (LearnerCopyError, OSError) as problem:
        _stop(problem)
    typer.echo(f"Done. What you had is in {old}")
    typer.echo("If the notebook is open in JupyterLab: File > Reload Notebook from Disk.")


@app.command()
def build(
    lessons: Annotated[list[str] | None, typer.Argument(help="All, if none is named.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where a notebook is stale.")
    ] = False,
):
    """Build the notebooks from the lessons' texts, and the sealed banks from their questions."""
    from grader import build
    from grader.lesson_source import LessonError
    from grader.quiz import bank
    from grader.quiz import build as banks

    try:
        sources = build.sources(lessons or ())
        if check:
            stale = [path for source in sources for path in build.stale(source)]
            complaints = [
                f"{path} is not what its text builds to: run `make build`" for path in stale
            ]
            complaints += banks.check()
            typer.echo("\n".join(complaints), nl=bool(complaints))
            raise typer.Exit(bool(complaints))
        for path in banks.build_sealed():
            typer.echo(f"wrote {path}")
        for source in sources:
            for path in build.build(source):
                typer.echo(f"wrote {path}")
    except (build.BuildError, LessonError, bank.BadBank) as problem:
        _stop(problem)


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="All, if none is named.")] = None,
):
    """Measure speed beside stock tools, one benchmark after the other."""
    from grader import testing

    try:
        raise typer.Exit(testing.bench(names or ()))
    except LookupError as problem:
        _stop(problem.args[0])


@app.command(context_settings=PASSES_ON)
def test(context: typer.Context):
    """Run everything CI runs; options and paths go to pytest."""
    from grader import testing

    raise typer.Exit(testing.run(context.args))


@app.command()
def lint(
    check: Annotated[bool, typer.Option("--check", help="Change nothing.")] = False,
):
    """Format the code and check its style and docstrings."""
    from grader import testing

    raise typer.Exit(testing.lint(fix=not check))


cli_grading.register(app)
cli_learning.register(app)
