"""Turns a lesson's text into its solved notebook, not yet executed."""

import hashlib
import re

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.exercises import registry
from grader.lesson_version import version_of
from grader.stub import answer_text

MARK = re.compile(r"# *(exercise|quiz)\b.*", flags=re.IGNORECASE)
EXERCISE = re.compile(r"# exercise: (\w+)")
QUIZ = re.compile(r"# quiz: ([\w-]+(?:, *[\w-]+)*)")
SET_UP = "# Set-up: run this cell first."
METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
KINDS = {
    "write": "",
    "debug": "debug round, all or nothing",
    "derive": "on paper",
    "timed": "against the clock",
}


class LessonError(ValueError):
    """A lesson's text cannot be built; the message says where and what to do."""


def solved_notebook(source):
    """Return the notebook of a lesson with every mark replaced by its cells.

    Parameters
    ----------
    source : Path
        ``solutions/NN_slug/slug.md``.

    Returns
    -------
    notebook : NotebookNode
        Solved, without outputs; its bytes depend on the text and the records alone.
    """
    text = jupytext.read(source, fmt="md:myst")
    cells = []
    for cell in text.cells:
        cells += _expanded(cell, source)
    _refuse_twins(cells, source)
    _set_ids(cells)
    stamp = {"course": {"lesson": source.parent.name, "version": version_of(cells)}}
    return new_notebook(cells=cells, metadata=METADATA | stamp)


def nbgrader_metadata(grade_id, **flags):
    """Return the metadata nbgrader keeps in a cell."""
    off = {"grade": False, "solution": False, "locked": False, "task": False}
    return off | {"grade_id": grade_id, "schema_version": 3} | flags


def marks(source):
    """Return the names of the exercises a lesson holds, in order."""
    return EXERCISE.findall(source.read_text(encoding="utf-8"))


def _expanded(cell, source):
    if cell.cell_type == "code":
        text = cell.source.strip()
        if mark := EXERCISE.fullmatch(text):
            return _exercise_cells(mark[1], source)
        if mark := QUIZ.fullmatch(text):
            return _quiz_cells(re.split(", *", mark[1]), source)
        if MARK.fullmatch(text):
            raise LessonError(
                f"{source.name}: {text!r} is no mark; write `# exercise: name` or `# quiz: id, id`"
            )
        if text.startswith(SET_UP):
            metadata = {"nbgrader": nbgrader_metadata("setup", locked=True)}
            return [new_code_cell(cell.source, metadata=metadata)]
        return [new_code_cell(cell.source, metadata=_tags_of(cell))]
    return [new_markdown_cell(cell.source)]


def _tags_of(cell):
    return {"tags": list(cell.metadata.tags)} if "tags" in cell.metadata else {}


def _exercise_cells(name, source):
    exercise = registry().get(name)
    if exercise is None:
        raise LessonError(
            f"{source.name}: there is no exercise `{name}`; add its record to grader/exercises/"
        )
    answer = new_code_cell(
        answer_text(exercise), metadata={"nbgrader": nbgrader_metadata(name, solution=True)}
    )
    graded = nbgrader_metadata(f"{name}-check", grade=True, locked=True, points=exercise.points)
    check = new_code_cell(f'check("{name}")', metadata={"nbgrader": graded})
    return [new_markdown_cell(_facts(exercise)), answer, check]


def _facts(exercise):
    """Return the line above an exercise: what it is worth and how long it takes."""
    points = f"{exercise.points} point{'s' if exercise.points > 1 else ''}"
    facts = [points, f"difficulty {exercise.difficulty} of 4", f"about {exercise.minutes} minutes"]
    facts += [KINDS[exercise.kind]] if KINDS[exercise.kind] else []
    facts += [f"[reported from interviews]({exercise.asked[0]})"] if exercise.asked else []
    return f"*{' · '.join(facts)}*"


def _quiz_cells(ids, source):
    from grader.quiz.cells import quiz_cells

    try:
        return quiz_cells(ids, source.stem)
    except LookupError as problem:
        raise LessonError(f"{source.name}: {problem.args[0]}; see its quiz.yaml") from None


def _refuse_twins(cells, source):
    """Name what stands in a lesson twice: nbgrader tells cells apart by their grade ids."""
    names = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    if twin := next((name for name in names if names.count(name) > 1), None):
        raise LessonError(f"{source.name}: `{twin}` stands in it twice; take one away")


def _set_ids(cells):
    """Give each cell an id that the next build gives it too."""
    seen = {}
    for cell in cells:
        key = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.source
        seen[key] = seen.get(key, 0) + 1
        cell["id"] = cell_id(key, seen[key])


def cell_id(key, n):
    """Return the id of the n-th cell with a grade id or, where there is none, with a text."""
    return hashlib.sha256(f"{key}\x1f{n}".encode()).hexdigest()[:12]
