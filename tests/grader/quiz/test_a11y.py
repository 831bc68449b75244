"""Tests of grader.quiz.a11y: that Python and the page mean the same names.

tests/browser presses the keys.
"""

import re

import pytest

from grader.quiz import quiz
from grader.quiz.a11y import A11y

CLASS = re.compile(r"\.((?:course|widget)-[a-z-]+)")


def _classes(widget):
    """Return the classes of a widget and of all below it."""
    below = [name for child in getattr(widget, "children", ()) for name in _classes(child)]
    return [*widget._dom_classes, *below]


def test_what_the_page_asks_for_is_sent_to_it():
    asked = set(re.findall(r'model\.get\("(\w+)"\)', A11y._esm))

    assert asked
    assert asked <= A11y.class_traits(sync=True).keys()


@pytest.mark.parametrize("name", ["course-quiz", "course-check", "course-feedback"])
def test_a_class_the_page_looks_for_stands_in_a_question(desk, name):
    assert f".{name}" in A11y._esm
    assert name in _classes(quiz("one-choice"))


def test_the_page_looks_for_no_other_class_of_the_course(desk):
    looked_for = {name for name in CLASS.findall(A11y._esm) if name.startswith("course-")}

    assert looked_for <= set(_classes(quiz("one-choice")))


def test_a_group_is_called_by_topic_and_question(desk):
    assert quiz("one-choice").children[-1].label == "Question: Bias (one-choice)"
