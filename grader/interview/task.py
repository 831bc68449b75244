"""What a candidate is asked at an item: as Markdown, and as the stub of a function."""

import re
import textwrap

from grader import stub
from grader.interview import pool

SOLUTION = re.compile(rf"^( *){stub.BEGIN}\n.*?{stub.END}$", re.MULTILINE | re.DOTALL)
WORDS_A_MINUTE = 140


def stub_of(exercise):
    """Return the contract with a body to write, or the broken body to mend."""
    body = stub.stub_body(exercise)
    return SOLUTION.sub(lambda found: textwrap.indent(body, found[1]), stub.answer_text(exercise))


def asked(item):
    """Return what is asked at an item, as Markdown; nothing of the answer."""
    sort, _ = pool.split(item)
    thing = pool.thing(item)
    if sort == "follow-up":
        return f"**The interviewer goes on.** {thing.follow_up}\n\nSay your answer aloud."
    if sort == "question":
        return thing.prompt
    return f"{_order(thing)} {_rules(thing)}\n\n```python\n{stub_of(thing)}\n```"


def to_compare(session):
    """Return the good answer that one's own is held against, as Markdown."""
    sort, _ = pool.split(session.item)
    thing = pool.thing(session.item)
    if sort == "follow-up":
        return f"{thing.follow_up}\n\n**A good answer.** {thing.follow_up_answer}"
    text = session.entry(session.item)["value"]["text"]
    return f"Your answer has {spoken(text)}\n\n**A model answer.** {thing.solution()}"


def details(question):
    """Return what the widget's controls do not show of a question."""
    if question.kind == "bug":
        return f"```\n{question.numbered()}\n```\n\nWhich line, and why?"
    return question.describe() if question.kind in ("numeric", "shapes") else ""


def spoken(text):
    """Return how long a text takes when it is said aloud.

    >>> spoken("word " * 70)
    '70 words: about 30 seconds aloud.'
    """
    n_words = len(text.split())
    seconds = 5 * round(12 * n_words / WORDS_A_MINUTE)
    return f"{n_words} words: about {max(5, seconds)} seconds aloud."


def _order(exercise):
    name = f"`{exercise.name}`"
    if exercise.starts_from is not None:
        verb = "Mend" if exercise.kind == "debug" else "Rewrite"
        return f"{verb} {name} in a cell of its own."
    if exercise.kind == "derive":
        return f"Work it out on paper, then let {name} return it."
    return f"Write {name} in a cell of its own."


def _rules(exercise):
    rules = ["No Python loops."] if exercise.no_loops else []
    if exercise.forbidden:
        rules.append(f"Without `{'`, `'.join(exercise.forbidden)}`.")
    return " ".join(rules)
