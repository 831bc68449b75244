"""The diagnostic quiz in a terminal."""

from rich.console import Console
from rich.markdown import Markdown

from grader.local_file import NoCopy
from grader.quiz.model import NotAnAnswer
from grader.quiz.terminal import plain
from grader.status.diagnosis import Diagnosis
from grader.status.home import home_of_learner
from grader.status.lessons import COURSE


def run_diagnosis(console=None, ask=input, home=None, course=COURSE):
    """Ask, and return a page that says which lessons to skip; None if it was stopped.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where to write.
    ask : callable, optional
        Called with a prompt; returns a line. An end of file stops the quiz.
    home, course : Path, optional
        The learner's copy, and the released lessons.
    """
    console, home = console or Console(), home or home_of_learner()
    if home is None:
        raise NoCopy
    sitting = Diagnosis(home, course)
    n_questions = sitting.n_questions
    console.print(f"{n_questions} questions, one try each. Enter: I do not know. q: stop.")
    while sitting.question is not None:
        console.rule(f"{sitting.n_answered + 1} of {n_questions}")
        try:
            _ask(sitting, console, ask)
        except (EOFError, KeyboardInterrupt):
            return None
    return sitting.page()


def _ask(sitting, console, ask):
    """Ask until there is an answer; `EOFError` stops."""
    question = sitting.question
    console.print(Markdown(f"{question.prompt}\n\n{question.describe()}"))
    console.print(f"Answer as {question.form}", style="dim", markup=False)
    while sitting.question is question:
        typed = ask("> ").strip()
        if typed == "q":
            raise EOFError
        try:
            passed = sitting.answer(plain(typed, question) if typed else None)
        except NotAnAnswer as problem:
            console.print(str(problem), markup=False)
        else:
            if typed:
                console.print("Right." if passed else "Not right: its lesson explains it.")
