"""Tests of grader.status.lessons."""

import json

import pytest

from grader.exercises import registry
from grader.quiz import catalog
from grader.status.lessons import lessons


def _markdown(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _check(grade_id, source, *, grade=True):
    metadata = {"nbgrader": {"grade_id": grade_id, "grade": grade}}
    return {"cell_type": "code", "metadata": metadata, "source": source}


@pytest.fixture
def course(tmp_path):
    """Return a function that writes a lesson into a course."""

    def write(folder, *cells):
        path = tmp_path / folder / f"{folder.partition('_')[2]}.ipynb"
        path.parent.mkdir()
        path.write_text(json.dumps({"cells": cells}))
        return tmp_path

    return write


def test_a_lesson_tells_what_it_asks(course):
    root = course(
        "01_straight_lines",
        _markdown(["# Lines\n", "two more"]),
        _check("slope", ["def slope(): ..."], grade=False),
        _check("slope-check", ['check("slope")']),
        _check("quiz-one", ["quiz.points(\n", '    "one",\n', '    "two",\n', ")"]),
    )

    (lesson,) = lessons(root)

    assert (lesson.exercises, lesson.questions) == (("slope",), ("one", "two"))
    assert (lesson.slug, lesson.title) == ("straight_lines", "01 Straight lines")
    assert not lesson.has_corner


def test_reading_takes_a_minute_for_300_words_of_text(course):
    root = course("01_a", _markdown("word " * 600), _check("b-check", "word " * 900))

    assert lessons(root)[0].reading == 2


def test_an_interview_corner_is_seen(course):
    root = course("01_a", _markdown("## Interview corner\n\nAsked."), _check("b-check", ""))

    assert lessons(root)[0].has_corner


def test_lessons_come_in_order_and_those_that_ask_nothing_are_left_out(course):
    course("02_b", _check("b-check", ""))
    course("00_start", _markdown("# Welcome"))
    root = course("01_a", _check("a-check", ""))

    assert [lesson.slug for lesson in lessons(root)] == ["a", "b"]


def test_all_that_the_released_course_asks_is_there():
    asked = [name for lesson in lessons() for name in lesson.exercises]

    assert len(set(asked)) == len(asked)
    assert set(asked) <= registry().keys()
    known = {name for slug in catalog.slugs() for name in catalog.lesson(slug)}
    assert {name for lesson in lessons() for name in lesson.questions} <= known
