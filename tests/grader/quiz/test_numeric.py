"""Tests of grader.quiz.numeric."""

import numpy as np
import pytest

from grader.quiz.model import NotAnAnswer
from grader.quiz.numeric import Part, Trap, parse
from tests.grader.quiz.records import QUESTIONS

TWO = QUESTIONS["two-numbers"]


def test_numbers_within_the_tolerance_pass():
    assert TWO.judge(["-0.1009", "0.0009"]).passed
    assert TWO.judge(["-0.1011", "0"]).share == 0.5
    assert TWO.judge(["-0.1", "0.0011"]).share == 0.5


def test_the_edge_of_the_tolerance_passes():
    assert Part("x", 100.0).remark("101").passed
    assert not Part("x", 100.0).remark("101.01").passed


def test_a_known_mistake_is_named():
    assert TWO.judge(["-0.5", "0"]).remarks[0].text == "The bias is missing."


def test_a_wrong_sign_is_noticed():
    assert "sign" in TWO.judge(["0.1", "0"]).remarks[0].text


def test_a_trap_may_be_infinite():
    part = Part("loss", 1000.0, traps=(Trap("inf", "It underflows."),))

    assert part.remark("inf").text == "It underflows."
    assert not part.remark("nan").passed


@pytest.mark.parametrize(
    "text, value",
    [
        ("1/13", 1 / 13),
        ("-1.5e-3", -0.0015),
        (".25", 0.25),
        ("2.", 2.0),
        ("203 530", 203530),
        ("1_000", 1000),
        ("12 bytes", 12),
        ("1.2×10^-16", 1.2e-16),
        ("−3", -3),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert parse(text, "bytes") == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    ["1,5", "one", "", "1/0", "1/2/3", "1e9999", "9" * 40, "__import__('os')", "0x10", "2+2"],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotAnAnswer):
        parse(text)


def test_several_numbers_may_come_in_one_string_or_as_numbers():
    assert TWO.read("-0.1; 0") == ["-0.1", "0"]
    assert TWO.read([-0.1, 0]) == ["-0.1", "0"]
    assert TWO.read([np.float64(-0.1), 0])[0] == "-0.1"


@pytest.mark.parametrize(
    "raw", [None, "1", ["1"], ["1", "2", "3"], [True, 0], [[1], 0], ["1", "x"], [10**400, 0], {}]
)
def test_wrong_counts_and_types_are_refused(raw):
    with pytest.raises(NotAnAnswer):
        TWO.read(raw)


@pytest.mark.parametrize(
    "part, said",
    [
        (Part("z", 2.0), "your 3 is more than 1 % away."),
        (Part("z", 2.0, within=0.5), "your 3 is more than 0.5 away."),
        (Part("z", 2.0, tolerance=0.0), "your 3 is another number."),
    ],
    ids=["relative", "absolute", "exact"],
)
def test_a_wrong_number_is_told_how_near_it_had_to_be(part, said):
    assert part.remark("3").text == said


def test_the_solution_names_every_number_with_its_unit():
    assert TWO.solution() == "z = **-0.1**, memory = **0** bytes"
