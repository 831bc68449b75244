"""Seals the banks: ``solutions/<lesson>/quiz.yaml`` to ``grader/quizzes/<slug>.json``."""

import json
from pathlib import Path

from grader.quiz import catalog
from grader.quiz.bank import load_all
from grader.quiz.seal import seal

ROOT = Path(__file__).resolve().parent.parent.parent


def sealed_files(root=ROOT):
    """Return the bytes of every sealed bank by path; `BadBank` if a bank has mistakes."""
    return {
        root / "grader" / "quizzes" / f"{slug}.json": _document(slug, records)
        for slug, records in load_all(root / "solutions").items()
    }


def build_sealed(root=ROOT):
    """Write the sealed banks and return the paths that changed.

    A bank without a source is removed.
    """
    files = sealed_files(root)
    changed = []
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            changed.append(path)
    for path in _orphans(root, files):
        path.unlink()
        changed.append(path)
    catalog.forget()
    return changed


def check(root=ROOT):
    """Return a message for every sealed bank that is not what its source builds to."""
    files = sealed_files(root)
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    return [
        f"{path.relative_to(root)} is not what its quiz.yaml builds to: run `make build`"
        for path in [*stale, *_orphans(root, files)]
    ]


def _orphans(root, files):
    return [path for path in (root / "grader" / "quizzes").glob("*.json") if path not in files]


def _document(slug, records):
    questions = [{"id": record["id"], "sealed": seal(record)} for record in records]
    document = {
        "note": "Built from quiz.yaml. Sealed against spoilers, which is not security.",
        "schema": 1,
        "lesson": slug,
        "questions": questions,
    }
    return (json.dumps(document, indent=1) + "\n").encode()
