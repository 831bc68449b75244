"""What a run came to, for machines: the JSON report, and points by student for other systems."""

import contextlib
import csv
import json
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from grader.grading.errors import GradingError

FORMULA = re.compile(r"^[=+\-@\t\r]")


@dataclass(frozen=True)
class ExerciseFigures:
    """How a class did on one exercise."""

    lesson: str
    exercise: str
    submissions: int
    solved: int
    mean: float
    """Share of the points, on average."""
    mistakes: tuple
    """Pairs of a misconception's id and how many have it, most frequent first."""


def document(report):
    """Return a run's report as plain data."""
    submissions = [
        {
            "student": student,
            "lesson": lesson,
            "score": score_of(entry),
            "max_score": report.max_scores[lesson],
            "status": entry.detail["status"],
            "exercises": entry.exercises,
        }
        for (student, lesson), entry in report.entries.items()
    ]
    return {
        "submissions": submissions,
        "graded": report.graded,
        "kept": report.kept,
        "seconds": round(report.seconds, 3),
        "changes": [vars(change) for change in report.changes],
        "figures": [_plain(one) for one in figures(report)],
    }


def _plain(one):
    return vars(one) | {"mistakes": dict(one.mistakes)}


def score_of(entry):
    """Return the points of a submission, before late penalties and manual grades."""
    return round(sum(one["score"] for one in entry.exercises.values()), 6)


def figures(report):
    """Return the `ExerciseFigures` of every exercise, in the order of the lessons."""
    grouped = {}
    for (_, lesson), entry in report.entries.items():
        for name, one in entry.exercises.items():
            grouped.setdefault((lesson, name), []).append(one)
    return [
        ExerciseFigures(
            lesson,
            name,
            len(all_of_it),
            sum(one["score"] == one["max_score"] for one in all_of_it),
            round(sum(_share(one) for one in all_of_it) / len(all_of_it), 4),
            tuple(Counter(one["mistake"] for one in all_of_it if one["mistake"]).most_common()),
        )
        for (lesson, name), all_of_it in grouped.items()
    ]


def _share(one):
    return one["score"] / one["max_score"] if one["max_score"] else 0.0


def write_json(report, path):
    """Write the JSON report in one step."""
    write_whole(path, json.dumps(document(report), indent=1, ensure_ascii=False) + "\n")


def write_csv(report, path):
    """Write points by student id: a row a student, a column a lesson and one an exercise."""
    columns = {}
    for (_, lesson), entry in report.entries.items():
        columns.setdefault(lesson, {}).update(dict.fromkeys(entry.exercises))
    header = ["student"]
    for lesson, names in columns.items():
        header += [lesson, *(f"{lesson}/{name}" for name in names)]
    rows = []
    for student in sorted({student for student, _ in report.entries}):
        row = [_harmless(student)]
        for lesson, names in columns.items():
            entry = report.entries.get((student, lesson))
            row.append("" if entry is None else f"{score_of(entry):g}")
            scores = entry.exercises if entry else {}
            row += [f"{scores[name]['score']:g}" if name in scores else "" for name in names]
        rows.append(row)
    write_whole(path, _csv_text([header, *rows]))


def _harmless(text):
    """Return text that a spreadsheet does not take for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def _csv_text(rows):
    import io

    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def require_writable(path):
    """Raise `GradingError` now if a report could not be written after the grading."""
    folder = Path(path).absolute().parent
    if Path(path).is_dir():
        raise GradingError(f"{path} cannot be written (it is a folder).")
    if not folder.is_dir():
        raise GradingError(f"{path} cannot be written (there is no folder {folder}).")
    if not os.access(folder, os.W_OK):
        raise GradingError(f"{path} cannot be written ({folder} is not yours to write to).")


def write_whole(path, data):
    """Write a file as a whole or not at all."""
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
        os.replace(part, path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            part.unlink()
        raise GradingError(f"{path} cannot be written ({problem.strerror}).") from None
