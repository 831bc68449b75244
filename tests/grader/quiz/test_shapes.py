"""Tests of grader.quiz.shapes."""

import pytest

from grader.quiz.model import NotAnAnswer
from grader.quiz.shapes import parse
from tests.grader.quiz.records import QUESTIONS

SHAPES = QUESTIONS["three-shapes"]


@pytest.mark.parametrize(
    "raw",
    [
        ["(784, 256)", "(256,)", "()"],
        ["784, 256", "256", "scalar"],
        ["[784,256]", "(256)", "( )"],
        [(784, 256), (256,), ()],
        "784x256; 256; ()",
    ],
)
def test_shapes_are_read_as_people_write_them(raw):
    assert SHAPES.judge(SHAPES.read(raw)).passed


def test_shapes_are_judged_one_by_one_with_a_clue():
    verdict = SHAPES.judge(["(256, 784)", "(32, 256)", "()"])
    swapped, trapped, right = verdict.remarks

    assert verdict.share == pytest.approx(1 / 3)
    assert "axes are swapped" in swapped.text
    assert trapped.text == "One for each unit."
    assert right.passed


def test_the_number_of_axes_and_the_wrong_axis_are_named():
    assert "number of axes" in SHAPES.judge(["(784,)", "(256,)", "()"]).remarks[0].text
    assert "axis 1" in SHAPES.judge(["(784, 10)", "(256,)", "()"]).remarks[0].text


def test_letters_may_stand_for_sizes():
    assert parse("(N, D)") == ("N", "D")


@pytest.mark.parametrize("text", ["", "(3,,4)", "(3; 4)", "(-1, 2)", "(3.5,)", "9999999999"])
def test_what_is_no_shape_is_refused(text):
    with pytest.raises(NotAnAnswer):
        parse(text)


@pytest.mark.parametrize(
    "raw, named",
    [
        (["(784, 256)", "(2..5)", "()"], "b: write a shape as"),
        (["(784, 256)", "", "()"], "b: write a shape as"),
        (["(784, 256)", (2.5,), "()"], "b: write a shape as"),
        (["(784, 256)", "()"], "Give 3 values: W, b, loss"),
    ],
)
def test_the_part_that_cannot_be_read_is_named(raw, named):
    with pytest.raises(NotAnAnswer, match=named):
        SHAPES.read(raw)


def test_zeros_in_front_of_a_size_change_nothing():
    assert parse("(007, 0)") == ("7", "0")
