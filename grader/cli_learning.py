"""The commands of the ``course`` command that a learner uses between the lessons."""

from typing import Annotated

import typer

LESSON = "Such as 01, forward_propagation or 01_forward_propagation."


def register(app):
    """Add the commands to the application."""
    for command in (review, anki):
        app.command()(command)


def _stop(problem):
    typer.secho(str(problem), fg=typer.colors.RED, err=True)
    raise typer.Exit(1) from None


def review():
    """Ask again what went wrong in quizzes and checks, where it is due."""
    from grader.local_file import NoCopy
    from grader.review.terminal import run_review

    try:
        run_review()
    except (NoCopy, OSError) as problem:
        _stop(problem)


def anki(
    file: Annotated[str, typer.Argument(help="Where to write, such as course.apkg.")],
    due: Annotated[
        bool, typer.Option("--due", help="Only what is due for review, not the whole bank.")
    ] = False,
):
    """Write the questions of the course as an Anki deck."""
    from grader.local_file import NoCopy
    from grader.review import anki, deck
    from grader.status.home import home_of_learner

    try:
        if due and (home := home_of_learner()) is None:
            raise NoCopy
        items = deck.Deck(home).due() if due else anki.whole_bank()
        typer.echo(f"{anki.export(items, file)} notes in {file}: in Anki, File > Import.")
    except (NoCopy, OSError) as problem:
        _stop(problem)
