"""Tests of grader.calling."""

import contextlib
import linecache
import os
import time
import warnings
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from grader import calling
from grader.calling import Foreign, call, plain


def test_returns_what_the_function_returns():
    outcome = call(lambda X, k: X * k, (np.array([1.0, 2.0]), 3))

    assert_array_equal(outcome.value, [3.0, 6.0])
    assert (outcome.error, outcome.changed, outcome.timed_out) == ("", (), False)


def test_an_exception_is_told_by_class_and_text():
    def divide(x):
        return 1 / x

    outcome = call(divide, (0,))

    assert outcome.error == "ZeroDivisionError"
    assert outcome.message.startswith("division by zero")
    assert "return 1 / x" in outcome.message


def test_a_line_of_a_driver_is_not_shown():
    namespace = {}
    path = os.path.join(os.path.dirname(calling.__file__), "exercises", "lesson", "topic.py")
    linecache.cache[path] = (1, None, ["def drive(f): return f() + 1\n"], path)
    exec(compile("def drive(f): return f() + 1", path, "exec"), namespace)

    outcome = call(lambda: None, (), driver=namespace["drive"])

    assert outcome.error == "TypeError"
    assert outcome.message.startswith("unsupported operand")
    assert "line" not in outcome.message


@pytest.mark.parametrize("problem", [SystemExit, GeneratorExit, RecursionError])
def test_nothing_escapes(problem):
    def fail():
        raise problem

    assert call(fail, ()).error == problem.__name__


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        (type("TooLong", (ValueError,), {}), "ValueError"),
        (np.linalg.LinAlgError, "ValueError"),
        (type("Both", (KeyError, ValueError), {}), "KeyError"),
        (type("ValueError", (Exception,), {"__module__": "builtins"}), "Exception"),
        (type("Own", (BaseException,), {}), "BaseException"),
    ],
)
def test_an_exception_of_ones_own_counts_as_what_it_is_derived_from(problem, name):
    def fail():
        raise problem("why")

    assert call(fail, ()).error == name


def test_arguments_changed_in_place_are_named_and_spared():
    def double(X, Y):
        Y *= 2
        return X

    X, Y = np.ones(2), np.ones(2)
    outcome = call(double, (X, Y))

    assert outcome.changed == (1,)
    assert_array_equal(Y, [1.0, 1.0])


def test_a_change_inside_a_list_of_tuples_is_seen():
    def zero(params):
        params[0][0][:] = 0

    assert call(zero, ([(np.ones(2), np.ones(2))],)).changed == (0,)


def test_negative_zero_written_over_zero_is_a_change():
    def negate(X):
        X[:] = -0.0

    assert call(negate, (np.zeros(2),)).changed == (0,)


def test_prints_are_caught(capsys):
    outcome = call(lambda: print("hello"), ())

    assert outcome.printed == "hello\n"
    assert capsys.readouterr().out == ""


def test_numpy_warnings_are_caught():
    outcome = call(lambda x: np.exp(x), (np.array([1000.0]),))

    assert outcome.warned == ("overflow encountered in exp",)


def test_other_warnings_are_not_reported():
    assert call(lambda: warnings.warn("old", DeprecationWarning, stacklevel=1), ()).warned == ()


def test_an_endless_loop_ends():
    def forever():
        while True:
            pass

    start = time.monotonic()

    assert call(forever, (), seconds=0.1).timed_out
    assert time.monotonic() - start < 5


def test_a_call_that_sleeps_ends():
    assert call(time.sleep, (60,), seconds=0.1).timed_out


OVER = {"it worked all its time": (2.0, 2.0), "it slept": (2.0, 0.3), "too late": (10.1, 1.9)}
GOES_ON = {"others took its core": (2.0, 0.5), "and go on to": (9.0, 1.9)}


@pytest.mark.parametrize(
    "clock, worked, over",
    [
        *((*times, True) for times in OVER.values()),
        *((*times, False) for times in GOES_ON.values()),
    ],
    ids=[*OVER, *GOES_ON],
)
def test_a_busy_machine_is_not_charged_to_the_call(monkeypatch, clock, worked, over):
    monkeypatch.setattr(calling, "monotonic", lambda: 0.0)
    monkeypatch.setattr(calling, "thread_time", lambda: 0.0)
    judge = calling._judge_of_time(2.0)
    monkeypatch.setattr(calling, "monotonic", lambda: clock)
    monkeypatch.setattr(calling, "thread_time", lambda: worked)

    with pytest.raises(calling.OutOfTime) if over else contextlib.nullcontext():
        judge()


def test_a_loop_that_swallows_exceptions_ends():
    def stubborn():
        while True:
            try:
                while True:
                    pass
            except Exception:
                continue

    assert call(stubborn, (), seconds=0.1).timed_out


def test_a_driver_runs_beside_the_function():
    def driver(answer, n):
        return [answer(i) for i in range(n)]

    assert call(lambda i: i * i, (4,), driver=driver).value == [0, 1, 4, 9]


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (iter([]), "list_iterator"),
        ({1, 2}, "set"),
        (np.ma.array([1.0]), "MaskedArray"),
        (np.asmatrix([[1.0]]), "matrix"),
        (np.array([None]), "array of objects"),
        ({(1, 2): 3}, "dict with unusual keys"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_what_is_not_plain_data_is_named(value, type_name):
    assert plain(value) == Foreign(type_name)


class Verdict(StrEnum):
    """A text with a name."""

    HEALTHY = "healthy"


class Sly(float):
    """A number that wants to run code."""

    def __float__(self):
        """Raise, so that a test fails that calls it."""
        raise AssertionError("nothing of the learner's runs here")


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (Fraction(1, 4), 0.25),
        (Decimal("0.1"), 0.1),
        (Verdict.HEALTHY, "healthy"),
        (IntEnum("Layer", {"FIRST": 3}).FIRST, 3),
        (Sly(2.5), 2.5),
        ([Fraction(3), {"a": Decimal(2)}], [3.0, {"a": 2.0}]),
        (Fraction(10**400), Foreign("Fraction")),
        (Decimal("sNaN"), Foreign("Decimal")),
    ],
    ids=repr,
)
def test_numbers_and_texts_of_other_classes_are_plain(value, want):
    found = plain(value)

    assert found == want
    assert type(found) is type(want)


def test_a_list_that_holds_itself_is_cut_off():
    endless = []
    endless.append(endless)

    assert isinstance(plain(endless), list)


def test_a_list_that_shares_its_parts_is_cut_off():
    shared = [1.0]
    for _ in range(40):
        shared = [shared, shared]

    assert isinstance(plain(shared), list)


def test_plain_data_is_a_copy():
    buffer = np.zeros(2)
    kept = plain([buffer])
    buffer[:] = 1

    assert_array_equal(kept[0], [0.0, 0.0])
