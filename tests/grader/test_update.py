"""Tests of grader.update: a half-done copy, and a lesson that changes under it."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.utils import compute_checksum
from typer.testing import CliRunner

from grader.cli import app
from grader.learner_copy import COURSE, LearnerCopyError, prepare
from grader.lesson_source import cell_id
from grader.status.lessons import lessons
from grader.update import merged, update

LESSON = "01_forward_propagation/forward_propagation.ipynb"
ANSWER = "def linear_forward(X, W, b):\n    return X @ W + b, (X, W)"
REMOVED = "def to_row_convention(W_col, b_col):\n    return W_col.T, b_col.ravel()"


def _read(path):
    return nbformat.read(path, as_version=4)


def _find(notebook, name):
    marks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return notebook.cells[marks.index(name)]


def _index(notebook, source):
    return [cell.source for cell in notebook.cells].index(source)


def _text(notebook, n):
    """Return the n-th Markdown cell without a mark."""
    cells = [c for c in notebook.cells if c.cell_type == "markdown" and not c.metadata]
    return cells[n]


def _demo(notebook, n):
    """Return the n-th code cell without a mark."""
    cells = [c for c in notebook.cells if c.cell_type == "code" and "nbgrader" not in c.metadata]
    return cells[n]


@pytest.fixture
def course(tmp_path):
    """Return a release with two lessons."""
    course = tmp_path / "course"
    for path in (LESSON, "00_start_here/start_here.ipynb"):
        (course / path).parent.mkdir(parents=True)
        (course / path).write_bytes((COURSE / path).read_bytes())
    return course


@pytest.fixture
def own(course, tmp_path):
    """Return a half-done copy: two answers, a note, two edited demo cells, outputs."""
    own = tmp_path / "my_course"
    prepare(course, own)
    notebook = _read(own / LESSON)
    answer = _find(notebook, "linear_forward")
    answer.source, answer.execution_count = ANSWER, 3
    _find(notebook, "to_row_convention").source = REMOVED
    check = _find(notebook, "linear_forward-check")
    check.outputs = [new_output("execute_result", {"text/plain": "3"}, execution_count=4)]
    check.execution_count = 4
    place = notebook.cells.index(check)
    notebook.cells.insert(place + 1, new_markdown_cell("my note"))
    _demo(notebook, 0).source += "\nmy_line = 1"
    _demo(notebook, 1).source += "\nmy_line = 2"
    nbformat.write(notebook, own / LESSON)
    return own


def _change(course, change):
    """Change the release by a function of its notebook."""
    notebook = _read(course / LESSON)
    change(notebook)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    nbformat.write(notebook, course / LESSON)


def _newer(notebook):
    """Correct a text, a demo, two stubs and a check; remove one exercise and add another."""
    for cell in (_text(notebook, 2), _demo(notebook, 1)):
        cell.source += "\n# Corrected."
        cell.id = cell_id(cell.source, 1)
    _find(notebook, "linear_forward").source += "\n# corrected stub"
    _find(notebook, "neuron").source += "\n# corrected stub"
    check = _find(notebook, "linear_forward-check")
    check.metadata.nbgrader.points = 5
    for name in ("to_row_convention", "to_row_convention-check"):
        notebook.cells.remove(_find(notebook, name))
    added = copy.deepcopy(check)
    added.id, added.source, added.outputs = "added", 'check("added")', []
    added.metadata.nbgrader.grade_id = "added-check"
    notebook.cells.append(added)
    notebook.metadata.course.version = "newer"


@pytest.fixture
def updated(course, own):
    """Return the learner's notebook after an update to the newer lesson."""
    _change(course, _newer)
    update(course=course, own=own)
    return _read(own / LESSON)


def test_answer_stays_by_its_grade_id(updated):
    assert _find(updated, "linear_forward").source == ANSWER
    assert _find(updated, "linear_forward").execution_count == 3


def test_unwritten_answer_gets_the_corrected_stub(updated):
    assert _find(updated, "neuron").source.endswith("# corrected stub")


def test_corrected_text_and_check_arrive(updated):
    assert sum(cell.source.endswith("# Corrected.") for cell in updated.cells) == 2
    assert _find(updated, "linear_forward-check").metadata.nbgrader.points == 5
    assert _find(updated, "added-check").source == 'check("added")'
    assert updated.metadata.course.version == "newer"


def test_output_of_an_unchanged_cell_stays(updated):
    assert _find(updated, "linear_forward-check").outputs[0].data["text/plain"] == "3"


def test_note_stays_behind_its_neighbour(updated):
    place = _index(updated, "my note")
    assert updated.cells[place - 1] == _find(updated, "linear_forward-check")


def test_edited_demo_stays_and_the_corrected_one_stands_beside_it(updated):
    edited = [cell for cell in updated.cells if "my_line" in cell.source]
    assert [cell.source[-1] for cell in edited] == ["1", "2"]
    corrected = [c for c in updated.cells if c.cell_type == "code" and "# Corrected." in c.source]
    assert len(corrected) == 1


def test_answer_to_a_removed_exercise_stays_as_an_own_cell(updated):
    assert "nbgrader" not in updated.cells[_index(updated, REMOVED)].metadata


def test_notebook_is_valid_and_its_ids_are_unique(updated):
    nbformat.validate(updated)
    ids = [cell.id for cell in updated.cells]
    assert len(ids) == len(set(ids))


def test_old_notebook_is_kept(course, own):
    before = (own / LESSON).read_bytes()
    _change(course, _newer)
    update(course=course, own=own)
    [old] = own.glob("old_copies/*/*.ipynb")
    assert old.read_bytes() == before


def test_second_update_changes_nothing(course, own, updated):
    before = (own / LESSON).read_bytes()
    assert [change.what for change in update(course=course, own=own)] == ["up to date"] * 2
    assert (own / LESSON).read_bytes() == before


def test_unchanged_lesson_is_left_alone(course, own):
    before = (own / LESSON).read_bytes()
    assert {change.what for change in update(course=course, own=own)} == {"up to date"}
    assert (own / LESSON).read_bytes() == before
    assert not (own / "old_copies").exists()


def test_answers_to_quizzes_are_not_touched(course, own):
    (own / LESSON).with_name("answers.json").write_text("mine")
    _change(course, _newer)
    update(course=course, own=own)
    assert (own / LESSON).with_name("answers.json").read_text() == "mine"


def test_new_lesson_is_added(course, own):
    (course / "02_new").mkdir()
    (course / "02_new/new.ipynb").write_bytes((course / LESSON).read_bytes())
    assert update(["new"], course, own)[0].what == "new"
    assert (own / "02_new/new.ipynb").exists()


def test_changed_signature_is_told(course, own):
    def change(notebook):
        stub = _find(notebook, "linear_forward")
        stub.source = stub.source.replace("(X, W, b)", "(X, W, b, scale)", 1)

    _change(course, change)
    change = update(["01"], course, own)[0]
    assert "`linear_forward` is now called as `linear_forward(X, W, b, scale)`" in change.notes[1]


def test_copied_answer_cell_loses_its_mark_and_not_its_code(course, own):
    notebook = _read(own / LESSON)
    twin = copy.deepcopy(_find(notebook, "linear_forward"))
    twin.id, twin.source = "twin", "second = 2"
    notebook.cells.append(twin)
    nbformat.write(notebook, own / LESSON)
    update(course=course, own=own)
    again = _read(own / LESSON)
    assert _find(again, "linear_forward").source == ANSWER
    assert "nbgrader" not in again.cells[_index(again, "second = 2")].metadata


def test_edited_check_is_restored(course, own):
    notebook = _read(own / LESSON)
    _find(notebook, "linear_forward-check").source = "3"
    nbformat.write(notebook, own / LESSON)
    update(course=course, own=own)
    restored = _find(_read(own / LESSON), "linear_forward-check")
    assert restored.source == 'check("linear_forward")'
    assert restored.outputs == []


def test_deleted_cells_come_back_to_their_places(course, own):
    notebook = _read(own / LESSON)
    del notebook.cells[3:20]
    nbformat.write(notebook, own / LESSON)
    update(course=course, own=own)
    ids = [cell.id for cell in _read(course / LESSON).cells]
    assert [cell.id for cell in _read(own / LESSON).cells if cell.id in ids] == ids


def test_damaged_notebook_is_left_and_told(course, own):
    (own / LESSON).write_text("{ half")
    change = update(["01"], course, own)[0]
    assert change.what == "damaged"
    assert "course reset 01_forward_propagation" in change.notes[0]
    assert (own / LESSON).read_text() == "{ half"


def test_interrupted_write_leaves_the_old_notebook(course, own, monkeypatch):
    before = (own / LESSON).read_bytes()
    _change(course, _newer)

    def interrupted(notebook, path):
        path.write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.learner_copy.nbformat.write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        update(course=course, own=own)
    assert (own / LESSON).read_bytes() == before


def test_unknown_lesson_is_refused(course, own):
    with pytest.raises(LearnerCopyError, match="there is no lesson 'nine'"):
        update(["nine"], course, own)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.folder)
def test_fresh_copy_of_every_lesson_has_nothing_of_the_learners(lesson):
    released = _read(COURSE / lesson.folder / f"{lesson.slug}.ipynb")
    other = copy.deepcopy(released)
    for cell in other.cells:
        cell.source, cell.id = f"changed {cell.id}", f"new-{cell.id}"[:20]
        cell.metadata.pop("nbgrader", None)
    notebook, notes = merged(released, other)
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in other.cells]
    assert notes == ()


def test_command_says_what_it_did(course, own, monkeypatch):
    _change(course, lambda notebook: notebook.cells.append(new_code_cell("1", id="x")))
    monkeypatch.chdir(own)
    monkeypatch.setattr("grader.update.update.__defaults__", ((), course, own))
    done = CliRunner().invoke(app, ["update", "01"])
    assert "01_forward_propagation: updated\n  What you had is in" in done.output
    assert "Reload Notebook from Disk" in done.output
