"""Tests of grader.interview.countdown: that Python and the page mean the same names."""

import re

import pytest

from grader.interview.countdown import Countdown

TRAITS = Countdown.class_traits(sync=True).keys()


@pytest.mark.parametrize("how", ["get", "set"])
def test_what_the_page_reads_and_writes_is_sent(how):
    asked = set(re.findall(rf'model\.{how}\("(\w+)"', Countdown._esm))

    assert asked
    assert asked <= TRAITS


def test_what_the_page_follows_is_sent():
    followed = set(re.findall(r"change:(\w+)", Countdown._esm))

    assert {"deadline", "left"} <= followed <= TRAITS


def test_every_class_the_page_gives_has_a_look():
    given = set(re.findall(r'"(course-[a-z]+)"', Countdown._esm))

    assert given == set(re.findall(r"\.(course-[a-z]+)", Countdown._css))


def test_a_new_clock_stands_still():
    clock = Countdown()

    assert (clock.deadline, clock.left, clock.up) == (0, 0, 0)
