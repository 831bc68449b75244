"""Tests of grader.review.anki: the package is read back."""

import dataclasses
import json
import sqlite3
import zipfile

import pytest
from typer.testing import CliRunner

from grader.cli import app
from grader.review.anki import MODEL_ID, export, whole_bank
from grader.review.items import find
from tests.grader.review.conftest import MISTAKE, QUESTION


@pytest.fixture
def read(tmp_path):
    """Return a function that reads notes, models and decks from a package."""

    def read(package):
        with zipfile.ZipFile(package) as archive:
            archive.extract("collection.anki2", tmp_path)
        with sqlite3.connect(tmp_path / "collection.anki2") as database:
            notes = database.execute("select id, guid, mid, flds, tags from notes").fetchall()
            models, decks = database.execute("select models, decks from col").fetchone()
            cards = database.execute("select count(*) from cards").fetchone()[0]
        database.close()
        return notes, json.loads(models), json.loads(decks), cards

    return read


def test_whole_bank_is_in_the_package(read, tmp_path):
    n_notes = export(whole_bank(), tmp_path / "bank.apkg", time=1.0)
    notes, models, decks, cards = read(tmp_path / "bank.apkg")
    assert len(notes) == cards == n_notes == len(whole_bank()) > 100
    assert str(MODEL_ID) in models
    assert "DL interview prep::Forward propagation" in {d["name"] for d in decks.values()}
    assert len({guid for _, guid, *_ in notes}) == n_notes


def test_edited_item_keeps_its_ids(read, tmp_path):
    item = find(QUESTION)
    export([item], tmp_path / "a.apkg", time=1.0)
    export([dataclasses.replace(item, back="new")], tmp_path / "b.apkg", time=1.0)
    [(old_id, old_guid, old_model, old_fields, _)], _, old_decks, _ = read(tmp_path / "a.apkg")
    [(new_id, new_guid, new_model, new_fields, _)], _, new_decks, _ = read(tmp_path / "b.apkg")
    assert (old_id, old_guid, old_model) == (new_id, new_guid, new_model)
    assert old_decks.keys() == new_decks.keys()
    assert old_fields != new_fields


def test_fields_are_html_and_tags_have_no_spaces(read, tmp_path):
    export([find(MISTAKE), find(QUESTION)], tmp_path / "a.apkg", time=1.0)
    notes, *_ = read(tmp_path / "a.apkg")
    fields = notes[0][3]
    assert "<pre><code" in fields
    assert "takes it a second time" in fields.split("\x1f")[1]
    assert notes[1][4].split() == ["forward_propagation", "a-neuron"]


def test_interrupted_export_leaves_the_old_package(tmp_path, monkeypatch):
    (tmp_path / "a.apkg").write_text("old")

    def interrupted(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.review.anki.genanki.Package.write_to_file", interrupted)
    with pytest.raises(OSError, match="No space"):
        export([find(QUESTION)], tmp_path / "a.apkg")
    assert (tmp_path / "a.apkg").read_text() == "old"


def test_command_exports_what_is_due(read, home, monkeypatch):
    monkeypatch.chdir(home)
    done = CliRunner().invoke(app, ["anki", "--due", "due.apkg"])
    assert "2 notes in due.apkg" in done.output
    assert len(read(home / "due.apkg")[0]) == 2
