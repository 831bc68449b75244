"""Tests of grader.sandbox.messages: what fits is taken, anything else ends the session."""

import pytest

from grader.calling import TEXT_LIMIT, Outcome
from grader.found import Found
from grader.sandbox import messages
from grader.sandbox.limits import Limits
from grader.sandbox.messages import ERROR_TEXT, CellReport
from grader.sandbox.wire import WireError

LIMITS = Limits(output=10)
FOUND = ("found", True, "function", False, True, ("x", "y"), False, ("f",))
OUTCOME = ("outcome", 1, 2, [3], "KeyError", (0, 1), "said", ("overflow",), False)


def _with(message, place, value):
    return (*message[:place], value, *message[place + 1 :])


@pytest.mark.parametrize("status", ["ok", "timed out", "ZeroDivisionError"])
def test_a_report_on_a_cell_is_taken(status):
    assert messages.cell(("cell", 3, status, "x"), 3, LIMITS) == CellReport(status, "x")


@pytest.mark.parametrize(
    "message",
    [
        ("cell", 4, "ok", "x"),
        ("cell", 3, "no name", "x"),
        ("cell", 3, "", "x"),
        ("cell", 3, "ok", b"x"),
        ("cell", 3, "ok", "x" * (10 + ERROR_TEXT + 1)),
        ("cell", 3, "ok"),
        ("done",),
        None,
    ],
    ids=lambda message: repr(message)[:30],
)
def test_any_other_is_no_report(message):
    with pytest.raises(WireError):
        messages.cell(message, 3, LIMITS)


def test_the_facts_about_a_name_are_taken():
    assert messages.found(FOUND) == Found(True, "function", False, True, ("x", "y"), False, ("f",))
    assert messages.found(("found", False, "", False, False, (), True, ())) == Found()


@pytest.mark.parametrize(
    "place, value",
    [
        (0, "lost"),
        (1, 1),
        (2, "a kind"),
        (2, "x" * 101),
        (5, ["x"]),
        (5, ("x",) * 101),
        (5, ("not a name",)),
        (5, (3,)),
        (7, ("a", "b", "c")),
        (7, ("<b>",)),
    ],
)
def test_any_other_tells_no_facts(place, value):
    with pytest.raises(WireError):
        messages.found(_with(FOUND, place, value))


def test_an_outcome_is_taken():
    assert messages.outcome(OUTCOME, 1, 2, 2) == Outcome(
        [3], "KeyError", "", (0, 1), "said", ("overflow",)
    )


def test_what_ran_out_of_time_has_no_value():
    assert messages.outcome(_with(OUTCOME, 8, True), 1, 2, 2) == Outcome(timed_out=True)


@pytest.mark.parametrize(
    "place, value",
    [
        (1, 2),
        (2, 1),
        (4, "not a name"),
        (5, (2,)),
        (5, (-1,)),
        (5, (True,)),
        (5, (0, 0, 1)),
        (6, "x" * (TEXT_LIMIT + 1)),
        (7, ("x" * 201,)),
        (7, ("x",) * 11),
        (7, (3,)),
        (8, 0),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_any_other_is_no_outcome(place, value):
    with pytest.raises(WireError):
        messages.outcome(_with(OUTCOME, place, value), 1, 2, 2)
