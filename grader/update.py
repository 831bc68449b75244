"""Brings a changed lesson into the learner's copy and keeps what is theirs.

What is the learner's: an answer cell they wrote in, a cell they added, an author's cell they
edited. What is the course's: all the rest. An author's cell carries the hash of its text as id,
and a marked cell nbgrader's checksum, so both can be told from an edited one without the release
that they came from.
"""

import ast
import copy
import uuid
from dataclasses import dataclass

import nbformat
from nbformat.v4 import new_notebook
from nbgrader.utils import compute_checksum

from grader.learner_copy import COURSE, MY_COURSE, find_notebook, keep_old, prepare, write_notebook
from grader.lesson_source import cell_id

SAME_TEXT = 50
"""So many cells of one text are looked for in a lesson."""


@dataclass(frozen=True)
class Change:
    """What happened to one lesson."""

    lesson: str
    what: str
    notes: tuple[str, ...] = ()


def update(names=(), course=COURSE, own=MY_COURSE):
    """Bring new and changed lessons into a learner's copy.

    Parameters
    ----------
    names : sequence of str, optional
        Lessons by folder, number or slug; all if there are none.
    course, own : Path
        The released lessons and the learner's copy of them.

    Returns
    -------
    changes : list of Change
        One a lesson. Where a notebook changed, the first note says where the old one lies.
    """
    wanted = [find_notebook(name, course) for name in names]
    added = prepare(course, own)
    changes = []
    for source in wanted or sorted(course.glob("[0-9]*_*/*.ipynb")):
        target = own / source.relative_to(course)
        if target in added:
            changes.append(Change(source.parent.name, "new"))
        else:
            changes.append(_update_one(source, target, own))
    return changes


def merged(mine, released):
    """Return a learner's notebook brought up to a release, and notes on what to look at.

    Parameters
    ----------
    mine, released : NotebookNode
        Neither is changed.
    """
    mine, cells = copy.deepcopy(mine), copy.deepcopy(released.cells)
    places, notes = {}, []
    for place, cell in enumerate(cells):
        index = _counterpart(cell, mine.cells, places)
        if index is not None:
            places[index] = place
            notes += _take_over(mine.cells[index], cell)
    taken = {cell.id for cell in cells}
    kept_after, last = {}, -1
    for index, cell in enumerate(mine.cells):
        if index in places:
            last = places[index]
        elif _is_learners(cell):
            notes += _make_own(cell, taken)
            kept_after.setdefault(last, []).append(cell)
    result = list(kept_after.get(-1, []))
    for place, cell in enumerate(cells):
        result += [cell, *kept_after.get(place, [])]
    metadata = {**mine.metadata, "course": released.metadata.get("course", {})}
    return new_notebook(cells=result, metadata=metadata), tuple(notes)


def _update_one(source, target, own):
    lesson = source.parent.name
    try:
        mine = nbformat.read(target, as_version=4)
    except Exception:
        return Change(lesson, "damaged", (f"It cannot be read: course reset {lesson}",))
    notebook, notes = merged(mine, nbformat.read(source, as_version=4))
    if notebook.cells == mine.cells and notebook.metadata == mine.metadata:
        return Change(lesson, "up to date")
    old = keep_old(target, own)
    write_notebook(notebook, target)
    return Change(lesson, "updated", (f"What you had is in {old}", *notes))


def _counterpart(cell, mine, used):
    """Return the index of a released cell in the learner's notebook, or None."""
    name = _mark(cell).get("grade_id")
    same = [
        index
        for index, other in enumerate(mine)
        if index not in used
        and other.cell_type == cell.cell_type
        and (_mark(other).get("grade_id") == name if name else other.get("id") == cell.id)
    ]
    # Of two cells for one answer, the one that was written in.
    return min(same, key=lambda index: (not _is_learners(mine[index]), index), default=None)


def _take_over(old, new):
    """Put what is the learner's into a released cell; return what they should look at."""
    notes = []
    if _is_learners(old) and (_mark(new).get("solution") or not _mark(new)):
        notes = _changed_contract(old, new)
        new.source = old.source
        if "attachments" in old:
            new.attachments = old.attachments
    own = {key: value for key, value in old.metadata.items() if key != "nbgrader"}
    new.metadata = nbformat.from_dict({**own, **new.metadata})
    if new.cell_type == "code" and new.source == old.source:
        new.outputs, new.execution_count = old.outputs, old.execution_count
    return notes


def _changed_contract(old, new):
    name = _mark(new).get("grade_id")
    before, now = _signature(old.source, name), _signature(new.source, name)
    if not name or not before or not now or before == now:
        return []
    return [f"`{name}` is now called as `{now}`; yours is `{before}`."]


def _signature(source, name):
    """Return the call of a function defined in a text, empty if it cannot be read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return f"{name}({ast.unparse(node.args)})"
    return ""


def _make_own(cell, taken):
    """Make a cell one that no release knows; return what the learner should know of it."""
    mark = cell.metadata.pop("nbgrader", {})
    for key in ("deletable", "editable"):
        cell.metadata.pop(key, None)
    if cell.get("id") in taken or "id" not in cell:
        cell.id = uuid.uuid4().hex[:12]
    taken.add(cell.id)
    name = mark.get("grade_id")
    return [f"`{name}` stays as a cell of yours; nothing checks it there."] if name else []


def _is_learners(cell):
    """Return whether the learner wrote a cell or wrote in it."""
    mark = _mark(cell)
    if mark.get("solution"):
        return mark.get("checksum") != compute_checksum(cell)
    if mark:
        return False
    return cell.get("id") not in {cell_id(cell.source, n) for n in range(1, SAME_TEXT)}


def _mark(cell):
    return cell.metadata.get("nbgrader", {})
