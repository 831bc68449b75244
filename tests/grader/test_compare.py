"""Tests of grader.compare: the sentence that says where two results differ."""

import numpy as np
import pytest

from grader.calling import Foreign
from grader.compare import DOUBLE, SINGLE, Tolerance, difference, show

Z, DB = np.arange(6.0).reshape(2, 3), np.array([1.0, 2.0])


def say(got, want, names=("Z",), tolerance=DOUBLE):
    return difference(got, want, names, tolerance)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (Z.copy(), Z),
        (Z.astype(np.float32), Z),
        (Z.astype(int), Z),
        (np.float32(0.5), 0.5),
        (np.array(0.5), 0.5),
        (17.0, 17),
        (np.int64(17), 17),
        (np.True_, True),
        ([1.0, 2.0], (1.0, 2.0)),
        ([(2, 3)], [(2, 3)]),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        (np.array("relu"), "relu"),
        ({"a": 1.0}, {"a": 1}),
        ({"a": 1.0, "kept for myself": "b"}, {"a": 1}),
        (np.nan, np.nan),
        (np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf])),
        (Z + 1e-9, Z),
        (np.array([1e-17, 0.0]), np.zeros(2)),
        (None, None),
    ],
    ids=repr,
)
def test_equal(got, want):
    assert say(got, want) == ""


@pytest.mark.parametrize(
    ("got", "want", "sentence"),
    [
        (Z.T, Z, "Z has shape (3, 2), expected (2, 3)"),
        (Z[:, :0], Z, "Z has shape (2, 0), expected (2, 3)"),
        (np.array([0.5]), 0.5, "Z has shape (1,), expected ()"),
        (DB / 4, DB, "Z[1] is 0.5, expected 2 (2 of 2 entries differ)"),
        (np.array([1.0, np.nan]), DB, "Z[1] is nan, expected 2"),
        (np.array([1.0, np.inf]), DB, "Z[1] is inf, expected 2"),
        (DB, np.array([1.0, np.inf]), "Z[1] is 2, expected inf"),
        (np.nan, 1.37885, "Z is nan, expected 1.37885"),
        (None, Z, "Z should be a NumPy array; it returned None"),
        (Z.tolist(), Z, "Z should be a NumPy array; it returned a list of 2"),
        ("0.5", 0.5, "Z should be a number; it returned '0.5'"),
        (Foreign("generator"), Z, "Z should be a NumPy array, not a generator"),
        (True, 1.0, "Z is True, expected a number"),
        (np.array([True, False]), np.ones(2), "Z has dtype bool, expected float64"),
        (1, True, "Z should be True or False; it returned 1"),
        (True, "relu", "Z is True, expected 'relu'"),
        ((1.0,), (1.0, 2.0), "Z has 1 item, expected 2"),
        ({"a": 1}, {"a": 1, "b": 2}, "Z lacks the key 'b'"),
        ({"a": 2.0}, {"a": 1.0}, "Z['a'] is 2, expected 1"),
        ("relu", "tanh", "Z is 'relu', expected 'tanh'"),
        (10**400, 17, "Z is inf, expected 17"),
        (-(10**20), 17, "Z is -1e+20, expected 17"),
        (1j, 1.0, "Z has dtype complex128, expected float64"),
        (np.array(["a"]), np.array([1.0]), "Z has dtype <U1, expected float64"),
    ],
)
def test_different(got, want, sentence):
    assert say(got, want) == sentence


def test_an_entry_of_a_nameless_dict_has_its_own_name():
    assert say({"dX": 2.0}, {"dX": 1.0}, ()) == "dX is 2, expected 1"


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("dX", "dX[1] is 0.5, expected 2"),
        ("step 3: w_new", "step 3: w_new[1] is 0.5, expected 2"),
        ("step 3: m afterwards", "step 3: m[1] afterwards is 0.5, expected 2"),
        ("output at evaluation", "output[1] at evaluation is 0.5, expected 2"),
    ],
)
def test_the_place_stands_behind_what_it_is_a_place_of(key, sentence):
    wrong = DB * [1, 0.25]

    assert say({key: wrong}, {key: DB}, ()) == sentence
    assert say({key: list(wrong)}, {key: list(DB)}, ()) == sentence


def test_the_name_of_the_wrong_one_of_two_is_told():
    assert say((Z, DB * 2), (Z, DB), ("dW", "db")).startswith("db[1] is 4, expected 2")


def test_one_value_in_place_of_two():
    sentence = say(Z, (Z, DB), ("Z", "cache"))

    assert sentence == ("should return 2 values: Z, cache; it returned an array of shape (2, 3)")


def test_what_is_not_finite_is_named_before_a_larger_error():
    assert say(np.array([1e9, np.nan]), DB).startswith("Z[1] is nan")


def test_dtype_is_judged_only_where_the_case_says_so():
    strict = Tolerance(1e-4, 1e-5, keeps_dtype=True)

    assert say(Z, Z.astype(np.float32), tolerance=SINGLE) == ""
    assert say(Z, Z.astype(np.float32), tolerance=strict) == (
        "Z has dtype float64, expected float32"
    )


def test_tiny_values_are_not_lost_in_an_absolute_tolerance():
    assert say(0.0, -4.2e-8) == "Z is 0, expected -4.2e-08"


def test_numbers_that_look_alike_are_told_by_their_distance():
    assert say(2.000004, 2.0) == "Z is 2, off by 4e-06"
    assert say(Z * (1 + 4e-6), Z) == "Z[1, 2] is 5.00002, expected 5 (5 of 6 entries differ)"


def test_shown_numbers_have_six_digits():
    assert show(np.float64(1 / 3)) == "0.333333"


@pytest.mark.parametrize("got", [5_000_001, 5_000_001.0, np.int64(4_999_999)])
def test_one_more_than_millions_is_another_whole_number(got):
    assert difference(got, 5_000_000, (), DOUBLE) != ""
    assert difference(5_000_000.2, 5_000_000, (), DOUBLE) == ""
