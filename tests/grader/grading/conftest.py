"""A small course in a temporary folder: one lesson, its release, room for submissions."""

import json

import pytest

from grader.grading.lesson import load_lesson
from tests.grader.grading.small_course import SmallCourse, release_text


@pytest.fixture(scope="session")
def released():
    """Return the released notebook's text."""
    return release_text()


@pytest.fixture
def course(tmp_path, released):
    """Return a course of one lesson, nothing submitted yet."""
    return SmallCourse(tmp_path, released)


@pytest.fixture(scope="session")
def lesson(released, tmp_path_factory):
    """Return the lesson of the released notebook."""
    return load_lesson(SmallCourse(tmp_path_factory.mktemp("lesson"), released).release)


@pytest.fixture
def notebook(released):
    """Return the released notebook as JSON, to be changed."""
    return json.loads(released)
