"""What comes back for review: a question or follow-up that was missed, a misconception met."""

import ast
import inspect
import re
import textwrap
from dataclasses import dataclass
from functools import cache

from grader.exercises import lesson_of, registry
from grader.quiz import catalog

QUESTION, MISTAKE, FOLLOW_UP = "question", "mistake", "follow-up"
FENCE = "```python\n{}\n```"
HELPER = re.compile(r"\b_[a-z]\w*\(|\(\.\.\.\)$")


@dataclass(frozen=True)
class Item:
    """One thing to remember."""

    id: str
    """``question/<id>``, ``follow-up/<exercise>``, ``mistake/<exercise>/<wrong function>``."""
    lesson: str
    topic: str
    front: str
    """What is asked, as Markdown."""
    back: str
    """The answer, as Markdown."""
    question: object = None
    """The quiz question, where it is one."""


def missed(events):
    """Return what went wrong, in the order of time.

    Parameters
    ----------
    events : iterable of dict
        Of ``progress.jsonl``.

    Returns
    -------
    pairs : list of (str, str)
        The id of an item and the time, in ISO format.
    """
    pairs, sorts = [], {"quiz": QUESTION, "follow-up": FOLLOW_UP}
    for event in events:
        if event["kind"] in sorts and event.get("passed") is False:
            pairs.append((f"{sorts[event['kind']]}/{event.get('name')}", event.get("time")))
        elif event["kind"] == "check" and event.get("mistake"):
            pairs.append((f"{MISTAKE}/{event['mistake']}", event.get("time")))
    return pairs


@cache
def find(item_id):
    """Return an item, or None if the course no longer has it."""
    kind, _, name = item_id.partition("/")
    if kind == QUESTION:
        try:
            return of_question(catalog.find(name))
        except LookupError:
            return None
    exercise_name, _, wrong = name.partition("/")
    exercise = registry().get(exercise_name)
    if kind == FOLLOW_UP:
        return of_follow_up(exercise) if exercise else None
    mistakes = exercise.mistakes if exercise and kind == MISTAKE else ()
    mistake = next((m for m in mistakes if m.__name__ == wrong), None)
    return of_mistake(exercise, mistake) if mistake else None


def of_question(question):
    """Return the item of a quiz question."""
    more = [question.why]
    more += [f"*The interviewer goes on:* {question.follow_up}"] if question.follow_up else []
    return Item(
        f"{QUESTION}/{question.id}",
        catalog.lesson_of(question.id),
        question.topic,
        f"{question.prompt}\n\n{question.describe()}",
        "\n\n".join(part for part in (question.solution(), *more) if part),
        question,
    )


def of_follow_up(exercise):
    """Return the item of what an interviewer asks after an exercise."""
    asked = f"`{exercise.name}` is written and works. The interviewer goes on: "
    return Item(
        f"{FOLLOW_UP}/{exercise.name}",
        lesson_of(exercise.name),
        f"`{exercise.name}`",
        asked + exercise.follow_up,
        exercise.follow_up_answer,
    )


def of_mistake(exercise, mistake):
    """Return the item of a misconception: its code is shown, and its hint is the answer.

    Code that rests on a helper says too little alone; the function is asked from memory then.
    """
    code = code_of(mistake, exercise.name)
    if HELPER.search(code):
        summary, *_ = inspect.getdoc(exercise.reference).splitlines()
        task = f"{summary} Write it from memory. Which known mistake did an answer of yours make?"
        shown = FENCE.format(f"{exercise.name}{inspect.signature(exercise.reference)}")
    else:
        task = "An answer of yours behaved like this one. What is wrong with it, and what is right?"
        shown = FENCE.format(code)
    right = FENCE.format(code_of(exercise.reference, exercise.name))
    return Item(
        f"{MISTAKE}/{exercise.name}/{mistake.__name__}",
        lesson_of(exercise.name),
        f"`{exercise.name}`",
        f"`{exercise.name}`: {task}\n\n{shown}",
        f"{exercise.hint(mistake)}\n\n{right}",
    )


def code_of(definition, name):
    """Return a function's code under another name, without its docstring and its comments."""
    try:
        text = textwrap.dedent(inspect.getsource(definition))
    except (OSError, TypeError):
        return f"{name}(...)"
    tree = ast.parse(text).body[0]
    renamed = {tree.name: name}
    if tree.name != name:
        # A wrong version may call the right one; under one name it would seem to call itself.
        renamed[name] = f"correct_{name}"
    # The name and the docstring of a wrong version give the answer away.
    tree.name = name
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
