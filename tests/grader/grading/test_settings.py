"""Tests of grader.grading.settings: nbgrader's configuration, and what is said on the line."""

from pathlib import Path

import pytest

from grader.grading.errors import GradingError
from grader.grading.settings import ROOT, load_settings
from tests.grader.grading.small_course import FOLDER, SmallCourse


@pytest.fixture
def course(tmp_path, released):
    """Return a course with a second lesson, and a notebook that is none."""
    made = SmallCourse(tmp_path, released)
    for name in ("02_other/other.ipynb", f"{FOLDER}/scratch.ipynb"):
        path = tmp_path / "course" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(released)
    return made


@pytest.fixture
def load(course, monkeypatch):
    """Return a function that loads the course's settings in its folder."""
    monkeypatch.chdir(course.root)
    return load_settings


def test_the_configuration_says_where_things_lie(course, load):
    settings = load()

    assert settings.gradebook == course.gradebook
    assert settings.submitted == course.submitted
    assert settings.autograded == course.root / "grader" / "autograded"
    assert settings.home == course.root / "grader"
    assert settings.course_id == "dl-interview-prep"


def test_what_is_said_on_the_line_goes_before_the_configuration(course, load):
    settings = load(submitted="handed_in", gradebook="other/grades.db", autograded="/graded")

    assert settings.submitted == course.root / "handed_in"
    assert settings.autograded == Path("/graded")
    assert settings.gradebook == f"sqlite:///{course.root}/other/grades.db"
    assert settings.home == course.root / "other"


def test_the_address_of_a_server_is_taken_as_it_is(course, load):
    url = "postgresql+psycopg://grader:secret@example.org/grades"

    settings = load(gradebook=url)

    assert settings.gradebook == url
    assert settings.home == course.root / "grader"


def test_beside_a_server_a_course_without_a_folder_for_grading_is_its_own(course, load):
    course.submitted.rmdir()
    (course.root / "grader").rmdir()

    assert load(gradebook="postgresql+psycopg://example.org/grades").home == course.root


def test_options_of_an_address_are_no_part_of_the_folder(course, load):
    url = f"sqlite:///{course.root}/other/grades.db?option=/a/folder"

    assert load(gradebook=url).home == course.root / "other"


def test_a_folder_without_a_configuration_is_graded_as_this_repository(tmp_path):
    assert load_settings(start=tmp_path).submitted == ROOT / "grader" / "submitted"


def test_a_graded_notebook_has_the_folder_that_nbgrader_would_give_it(course, load):
    assert load().path("autograded", "ada", FOLDER) == (
        course.root / "grader" / "autograded" / "ada" / FOLDER
    )


@pytest.mark.parametrize("name", ["01", "forward_propagation", FOLDER, f"{FOLDER}/"])
def test_a_lesson_goes_by_number_slug_and_folder(load, name):
    (lesson,) = load().lessons([name])

    assert lesson.folder == FOLDER


def test_a_lesson_named_twice_is_graded_once_and_the_order_is_kept(load):
    lessons = load().lessons(["02", "01", "other"])

    assert [one.folder for one in lessons] == ["02_other", FOLDER]


def test_where_none_is_named_all_lessons_are_meant_and_no_other_notebook(load):
    assert [one.folder for one in load().lessons()] == [FOLDER, "02_other"]


def test_a_lesson_that_is_not_there_is_named_with_those_that_are(load):
    with pytest.raises(GradingError, match=f"no lesson '99'. The lessons are: {FOLDER}, 02_other"):
        load().lessons(["99"])


def test_where_nothing_is_released_it_says_what_to_run(course, load):
    for path in (course.root / "course").rglob("*.ipynb"):
        path.unlink()

    with pytest.raises(GradingError, match="run: make build"):
        load().lessons(["01"])
