"""The quiz in a terminal, by the same logic as in the notebook."""

from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from grader.quiz import catalog, render
from grader.quiz.answers import AnswerFile
from grader.quiz.attempt import Attempt
from grader.quiz.model import NotAnAnswer
from grader.quiz.progress import topic_progress

HELP = "Type your answer. [b]h[/b] hint · [b]s[/b] show the answer · Enter skip · [b]q[/b] stop"


def run_quiz(slug, console=None, input=input, folder=None, again=False):
    """Ask the questions of a lesson, one after the other.

    Parameters
    ----------
    slug : str
        The lesson.
    console : rich.console.Console, optional
        Where to write.
    input : callable, optional
        Called with a prompt; returns a line. An end of file stops the quiz.
    folder : path, optional
        Where ``answers.json`` lies, by default the working directory.
    again : bool, default=False
        Ask also what has been answered rightly.

    Returns
    -------
    n_right : int
        How many questions were answered rightly in this run.
    """
    console = console or Console()
    answers = AnswerFile(folder or Path.cwd())
    questions = list(catalog.lesson(slug).values())
    todo = [q for q in questions if again or not _done(Attempt(q, answers))]
    console.print(f"{len(todo)} of {len(questions)} questions to answer. {HELP}", highlight=False)
    n_right = 0
    for n, question in enumerate(todo, 1):
        console.rule(f"{n} of {len(todo)}: {question.topic}")
        passed = _ask(Attempt(question, answers), console, input)
        if passed is None:
            break
        n_right += passed
    console.print(table(topic_progress(slug, answers.folder)))
    if notice := answers.take_notice():
        console.print(notice, markup=False)
    return n_right


def table(rows):
    """Return the progress by topic as a table."""
    grid = Table("Topic", "Answered", "Right", title="Progress by topic")
    for row in rows:
        grid.add_row(row.topic, str(row.n_answered), f"{row.n_right} of {row.n_questions}")
    return grid


def _done(attempt):
    verdict = attempt.verdict
    return verdict is not None and (verdict.passed or attempt.question.kind == "text")


def _ask(attempt, console, ask):
    """Return True or False once a question is left, None to stop."""
    question = attempt.question
    console.print(Markdown(f"{question.prompt}\n\n{question.describe()}"))
    console.print(f"Answer as {question.form}", style="dim", markup=False)
    while True:
        try:
            typed = ask("> ").strip()
        except (EOFError, KeyboardInterrupt):
            return None
        if typed in {"q", ""}:
            return None if typed else False
        if typed in {"h", "s"}:
            lines = attempt.hint() if typed == "h" else [attempt.show()]
            console.print(Markdown("\n\n".join(lines) or "There is no hint."))
            continue
        try:
            verdict = attempt.check(plain(typed, question))
        except NotAnAnswer as problem:
            console.print(str(problem), markup=False)
            continue
        console.print(render.verdict_text(question, verdict), markup=False, highlight=False)
        if question.kind == "text":
            return _mark(attempt, console, ask)
        if verdict.passed:
            return True


def _mark(attempt, console, ask):
    """Show the model answer and take the rubric."""
    console.print(Markdown(attempt.show()))
    try:
        typed = ask("Which lines does your answer contain? (1 3 4) ")
        ticks = [int(n) for n in typed.replace(",", " ").split() if n.isdigit()]
        attempt.check({"text": attempt.value["text"], "rubric": ticks})
    except NotAnAnswer as problem:
        console.print(str(problem), markup=False)
    except (EOFError, KeyboardInterrupt):
        return None
    return False


def plain(typed, question):
    """Drop the quotes and brackets with which one may copy the form of an answer."""
    if question.kind in {"single", "multi", "order", "bug"}:
        return typed.strip("\"'")
    if question.kind == "shapes":
        return typed.replace('"', "").strip("[]").replace("), (", "); (").replace("),(", ");(")
    return typed.strip("[]").replace('"', "") if question.kind == "numeric" else typed
