"""The commands of the ``course`` command that a learner uses between the lessons."""

from typing import Annotated

import typer

LESSON = "Such as 01, forward_propagation or 01_forward_propagation."


def register(app):
    """Add the commands to the application."""
    for command in (status, plan, diagnose, quiz, review, anki, cheatsheet, update):
        app.command()(command)


def _stop(problem):
    typer.secho(str(problem), fg=typer.colors.RED, err=True)
    raise typer.Exit(1) from None


def _home():
    from grader.local_file import NoCopy
    from grader.status.home import home_of_learner

    home = home_of_learner()
    if home is None:
        _stop(NoCopy())
    return home


def status():
    """Show what is done, what is weak, and what to do in the next 30 minutes."""
    from rich.console import Console

    from grader.status.report import status_page

    status_page(_home()).print_to(Console())


def plan(
    day: Annotated[
        list[str] | None,
        typer.Argument(help="The interview: 2026-12-12, tonight, three weeks. It is remembered."),
    ] = None,
):
    """Divide up what is left over the days until an interview."""
    from datetime import date

    from rich.console import Console

    from grader.status.report import plan_page
    from grader.status.settings import NotADate, Settings, read_day

    home = _home()
    try:
        if day:
            Settings(home).set_interview(read_day(" ".join(day), date.today()))
        plan_page(home).print_to(Console())
    except (NotADate, OSError) as problem:
        _stop(problem)


def diagnose():
    """Find out by a short quiz which lessons you may skip."""
    from rich.console import Console

    from grader.status.diagnosis_terminal import run_diagnosis

    page = run_diagnosis(home=_home())
    if page is None:
        typer.echo("Stopped; nothing was noted.")
    else:
        page.print_to(Console())


def quiz(
    lesson: Annotated[str | None, typer.Argument(help=LESSON)] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ask also what was answered rightly.")
    ] = False,
):
    """Ask the questions of a lesson; without one, of the first with open questions."""
    from grader.learner_copy import LearnerCopyError, find_notebook
    from grader.quiz.terminal import run_quiz
    from grader.status.lessons import lessons
    from grader.status.standing import stand

    home = _home()
    if lesson is None:
        with_open = [one.lesson for one in stand(home).lessons if one.open_questions]
        folder = home / (with_open or [one for one in lessons() if one.questions])[0].folder
    else:
        try:
            folder = find_notebook(lesson, home).parent
        except LearnerCopyError as problem:
            _stop(problem)
    try:
        run_quiz(folder.name.partition("_")[2], folder=folder, again=again)
    except KeyError:
        _stop(f"{folder.name} has no questions.")


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


def cheatsheet(
    file: Annotated[
        str, typer.Argument(help="Ends in .html, or in .pdf where Chromium is installed.")
    ] = "cheatsheet.html",
):
    """Write a printable page of every formula, shape and trap."""
    from grader.cheatsheet import NoConverter, write

    try:
        write(file)
    except (NoConverter, OSError) as problem:
        _stop(problem)
    typer.echo(f"wrote {file}")


def update(
    lessons: Annotated[list[str] | None, typer.Argument(help="All, if none is named.")] = None,
):
    """Bring new and corrected lessons into your copy; your answers stay, your old one is kept."""
    from grader.learner_copy import LearnerCopyError
    from grader.update import update

    try:
        changes = update(lessons or (), own=_home())
    except (LearnerCopyError, OSError) as problem:
        _stop(problem)
    for change in changes:
        typer.echo(f"{change.lesson}: {change.what}")
        for note in change.notes:
            typer.echo(f"  {note}")
    if any(change.what == "updated" for change in changes):
        typer.echo("If a notebook is open in JupyterLab: File > Reload Notebook from Disk.")
    if any(change.what == "damaged" for change in changes):
        raise typer.Exit(1)
