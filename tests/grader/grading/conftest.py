"""A small course in a temporary folder: one lesson, its release, room for submissions."""

import json

import pytest

from grader.grading.lesson import load_lesson
from grader.grading.run import Run
from grader.grading.settings import load_settings
from grader.grading.worker import grade, stop
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
    """Return the released notebook as JSON, each source one text, to be changed."""
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


class Here:
    """An executor that grades in this process, one after the other."""

    def __init__(self):
        self.tasks = []

    def map(self, tasks):
        """Yield the verdict on each task."""
        for task in tasks:
            self.tasks.append(task)
            yield grade(task)


@pytest.fixture(scope="session")
def here():
    """Return a function that grades a course in this process: ``here(course)``."""

    def run(course, executor=None, **options):
        settings = load_settings(start=course.root)
        return Run(settings, executor or Here())(settings.lessons(), **options)

    run.executor = Here
    yield run
    stop()
