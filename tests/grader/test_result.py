"""Tests of grader.result: what nbgrader, a learner and a notebook read of a verdict."""

import math

import pytest

from grader.result import CaseReport, Result

RIGHT, WRONG = CaseReport("one row"), CaseReport("two rows", "out[0] is 3, expected 2")


@pytest.mark.parametrize(
    "points, text",
    [
        (3, "3"),
        (1.5, "1.5"),
        (2 / 3, "0.666667"),
        (4, "3"),
        (-1, "0"),
        (math.inf, "3"),
        (-math.inf, "0"),
        (math.nan, "0"),
    ],
)
def test_points_are_a_plain_number_from_nothing_to_all(points, text):
    assert repr(Result("neuron", points, 3)) == text


@pytest.mark.parametrize(
    "reports, problem, passed",
    [
        ((RIGHT,), "", True),
        ((RIGHT, WRONG), "", False),
        ((RIGHT,), "There is no `neuron`.", False),
    ],
)
def test_one_wrong_case_or_a_problem_is_no_pass(reports, problem, passed):
    assert Result("neuron", 3, 3, reports, problem).passed == passed


def test_text_and_html_tell_the_same():
    result = Result("neuron", 1.5, 3, (RIGHT, WRONG), hint="Sum over the rows.")

    told = str(result), result._repr_html_()
    for words in ("neuron", "two rows", "expected 2", "Sum over the rows."):
        assert [words in text for text in told] == [True, True]
