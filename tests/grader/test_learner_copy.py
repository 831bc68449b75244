"""Tests of grader.learner_copy."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.learner_copy import LearnerCopyError, find_notebook, prepare, reset_lesson
from grader.progress import folder


def _cell(grade_id, source, **flags):
    metadata = {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **flags}}
    return new_code_cell(source, id=grade_id, metadata=metadata)


def _write(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=list(cells)), path)


def _sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


@pytest.fixture
def course(tmp_path):
    _write(
        tmp_path / "course/01_lines/lines.ipynb",
        new_markdown_cell("# Lines", id="title"),
        _cell("slope", "def slope(): stub", solution=True),
        _cell("slope-check", 'check("slope")', grade=True),
        _cell("height", "def height(): stub", solution=True),
        _cell("height-check", 'check("height")', grade=True),
    )
    return tmp_path / "course"


@pytest.fixture
def copy(course, tmp_path):
    copy = tmp_path / "my_course"
    prepare(course, copy)
    return copy


@pytest.fixture
def mine(copy):
    """Return the learner's notebook with two answers and a note."""
    mine = copy / "01_lines/lines.ipynb"
    _write(
        mine,
        new_markdown_cell("# Lines", id="title"),
        _cell("slope", "my slope", solution=True),
        _cell("slope-check", 'check("slope")', grade=True),
        new_markdown_cell("my note", id="note"),
        _cell("height", "my height", solution=True),
        _cell("height-check", 'check("height")', grade=True),
    )
    return mine


def test_copy_has_the_lessons_and_its_marker(course, copy):
    original = course / "01_lines/lines.ipynb"
    assert (copy / "01_lines/lines.ipynb").read_bytes() == original.read_bytes()
    assert folder(copy / "01_lines") == copy


def test_second_start_overwrites_nothing(course, copy, mine):
    before = mine.read_bytes()
    assert prepare(course, copy) == []
    assert mine.read_bytes() == before


def test_changed_lesson_does_not_overwrite_the_learners(course, copy, mine):
    before = mine.read_bytes()
    _write(course / "01_lines/lines.ipynb", new_markdown_cell("# New"))
    prepare(course, copy)
    assert mine.read_bytes() == before


def test_new_lesson_is_added(course, copy):
    _write(course / "02_curves/curves.ipynb")
    assert prepare(course, copy) == [copy / "02_curves/curves.ipynb"]


def test_what_programs_leave_behind_is_not_copied(course, tmp_path):
    _write(course / "01_lines/.ipynb_checkpoints/lines-checkpoint.ipynb")
    added = prepare(course, tmp_path / "other")
    assert [path.name for path in added] == ["lines.ipynb"]


def test_interrupted_copy_leaves_no_notebook(course, tmp_path, monkeypatch):
    def interrupted(source, target):
        target.write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.learner_copy.shutil.copyfile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(course, tmp_path / "other")
    assert list((tmp_path / "other").glob("*/*.ipynb")) == []


@pytest.mark.parametrize("name", ["01_lines", "01", "1", "lines", "01_lines/"])
def test_lesson_is_found_by(name, course):
    assert find_notebook(name, course).name == "lines.ipynb"


def test_unknown_lesson_gets_the_nearest_name(course):
    with pytest.raises(LearnerCopyError, match="did you mean 01_lines"):
        find_notebook("linse", course)


def test_reset_restores_the_lesson_and_keeps_the_old(course, copy, mine):
    before = mine.read_bytes()
    old = reset_lesson("lines", course=course, copy=copy)
    assert mine.read_bytes() == (course / "01_lines/lines.ipynb").read_bytes()
    assert old.read_bytes() == before
    assert old.is_relative_to(copy / "old_copies")


def test_two_resets_keep_two_old_copies(course, copy, mine):
    first = reset_lesson("lines", course=course, copy=copy)
    second = reset_lesson("lines", course=course, copy=copy)
    assert first != second
    assert first.exists()


def test_reset_of_one_exercise_leaves_the_rest(course, copy, mine):
    reset_lesson("lines", "slope", course=course, copy=copy)
    assert _sources(mine) == [
        "# Lines",
        "def slope(): stub",
        'check("slope")',
        "my note",
        "my height",
        'check("height")',
    ]


def test_reset_brings_a_deleted_exercise_back_to_its_place(course, copy, mine):
    notebook = nbformat.read(mine, as_version=4)
    del notebook.cells[1:3]
    nbformat.write(notebook, mine)
    reset_lesson("lines", "slope", course=course, copy=copy)
    assert _sources(mine)[:3] == ["# Lines", "def slope(): stub", 'check("slope")']


def test_reset_leaves_one_cell_where_the_learner_had_copied_it(course, copy, mine):
    notebook = nbformat.read(mine, as_version=4)
    notebook.cells.append(_cell("slope", "another slope", solution=True))
    notebook.cells[-1].id = "other"
    nbformat.write(notebook, mine)
    reset_lesson("lines", "slope", course=course, copy=copy)
    assert _sources(mine).count("def slope(): stub") == 1
    assert "another slope" not in _sources(mine)


def test_unknown_exercise_is_refused_with_those_there_are(course, copy, mine):
    with pytest.raises(LearnerCopyError, match="its exercises are slope, height"):
        reset_lesson("lines", "width", course=course, copy=copy)


def test_damaged_notebook_can_be_reset_as_a_whole_only(course, copy, mine):
    mine.write_text("{ half a notebook")
    with pytest.raises(LearnerCopyError, match="course reset 01_lines"):
        reset_lesson("lines", "slope", course=course, copy=copy)
    old = reset_lesson("lines", course=course, copy=copy)
    assert old.read_text() == "{ half a notebook"
    assert len(_sources(mine)) == 5


def test_nothing_to_reset_is_said(course, tmp_path):
    with pytest.raises(LearnerCopyError, match="nothing to reset"):
        reset_lesson("lines", course=course, copy=tmp_path / "none")
