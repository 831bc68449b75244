"""Decides which cells of a submission run, and in which order."""

from dataclasses import dataclass

SET_UP = "setup"


@dataclass(frozen=True)
class Plan:
    """What runs in the sandbox."""

    sources: tuple[str, ...]
    names: tuple[str, ...]
    """What each source is called in a report: ``"linear_forward"``, ``"cell 12"``."""
    answers: dict
    """The learner's answer cells: grade id to source, the first of each."""
    remarks: tuple[str, ...] = ()


def plan(lesson, submitted):
    """Return what runs: set-up as released, answers, and what the learner added or edited.

    The author's unchanged cells do not run, and check cells are never taken from a submission. Of
    two cells with one grade id the first is the answer; the second runs too, as in the notebook.
    """
    set_up = lesson.marked_cells.get(SET_UP)
    sources, names = ([set_up["source"]], [SET_UP]) if set_up else ([], [])
    answers, remarks = {}, []
    for number, cell in enumerate(submitted.cells, 1):
        if not runs(lesson, cell):
            continue
        name = f"cell {number}"
        if is_answer(lesson, cell.grade_id):
            if cell.grade_id in answers:
                remarks.append(f"cell {number} is a copy of the answer cell {cell.grade_id}")
            else:
                answers[cell.grade_id] = cell.source
                name = cell.grade_id
        sources.append(cell.source)
        names.append(name)
    asked = [one.exercise for one in lesson.graded if one.exercise]
    remarks += [f"the answer cell {name} is missing" for name in asked if name not in answers]
    return Plan(tuple(sources), tuple(names), answers, tuple(remarks))


def is_answer(lesson, grade_id):
    """Say whether a grade id belongs to a cell that the learner is to fill in."""
    released = lesson.marked_cells.get(grade_id)
    return released is not None and released["metadata"]["nbgrader"]["solution"]


def runs(lesson, cell):
    """Say whether a submitted cell runs."""
    released = lesson.marked_cells.get(cell.grade_id)
    if released is not None:
        # An answer whose cell was turned into text by accident is still an answer.
        return is_answer(lesson, cell.grade_id) and released["cell_type"] == "code"
    return cell.kind == "code" and bool(cell.source.strip()) and not lesson.is_authors(cell)
