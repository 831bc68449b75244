"""Takes items to Anki. Ids stay: a second import updates the cards and keeps their dates."""

import os
from pathlib import Path
from zlib import crc32

import genanki

from grader.exercises import registry
from grader.quiz import catalog, render
from grader.review.items import of_follow_up, of_question

MODEL_ID, DECK_IDS = 1607392319, 1 << 30
"""Never changed: Anki knows the cards of an earlier export by them."""
TITLE = "DL interview prep"
MODEL = genanki.Model(
    MODEL_ID,
    "DL interview prep: question and answer",
    fields=[{"name": "Front"}, {"name": "Back"}],
    templates=[
        {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}
    ],
    css=(
        ".card { font-family: sans-serif; font-size: 18px; line-height: 1.5; "
        "max-width: 42em; margin: auto; text-align: left; } pre { overflow-x: auto; } "
        "code, pre { font-family: monospace; font-size: 16px; }"
    ),
)


def whole_bank():
    """Return every question of the course, and every follow-up of an exercise, as an item."""
    questions = [
        of_question(question)
        for slug in catalog.slugs()
        for question in catalog.lesson(slug).values()
    ]
    return [*questions, *map(of_follow_up, registry().values())]


def export(items, path, time=None):
    """Write items as an Anki package.

    Parameters
    ----------
    items : iterable of Item
        One note each, in a deck a lesson.
    path : Path
        Ends in ``.apkg``.
    time : float, optional
        Seconds since 1970 that the notes carry as the time of their last change.

    Returns
    -------
    n_notes : int
        How many notes were written.
    """
    path, decks, n_notes = Path(path), {}, 0
    for item in items:
        deck = decks.setdefault(item.lesson, _deck(item.lesson))
        deck.add_note(_note(item))
        n_notes += 1
    draft = path.with_name(f".{path.name}.part")
    genanki.Package(list(decks.values())).write_to_file(draft, timestamp=time)
    os.replace(draft, path)
    return n_notes


def _deck(lesson):
    title = lesson.replace("_", " ").capitalize()
    return genanki.Deck(DECK_IDS + crc32(lesson.encode()) % DECK_IDS, f"{TITLE}::{title}")


def _note(item):
    tags = [item.lesson, render.to_text(item.topic).lower().replace(" ", "-")]
    fields = [render.to_html(item.front), render.to_html(item.back)]
    return genanki.Note(model=MODEL, fields=fields, guid=genanki.guid_for(item.id), tags=tags)
