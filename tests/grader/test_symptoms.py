"""Tests of grader.symptoms."""

import numpy as np
import pytest

from grader.symptoms import symptom

X = np.ones((4, 3))
DB = np.array([1.0, -2.0, 3.5])
SQUARE = np.arange(9.0).reshape(3, 3)


@pytest.mark.parametrize(
    ("got", "want", "sentence"),
    [
        (-DB, DB, "Every entry of `db` has the wrong sign and the right size."),
        (
            DB / 4,
            DB,
            "Every entry of `db` is 0.25 times the expected one, "
            "one over the size 4 of axis 0 of an argument of shape (4, 3).",
        ),
        (DB * 7, DB, "Every entry of `db` is 7 times the expected one."),
        (DB + 0.5, DB, "Every entry of `db` is off by the same amount, 0.5."),
        (SQUARE.T, SQUARE, "`db` is the transpose of what is expected."),
        (
            DB[None],
            DB,
            "The numbers of `db` are right; the shape is (1, 3) and not (3,).",
        ),
        (np.array([1.0, 5.0, 3.0]), DB, ""),
        (np.array([1.0, np.nan, 3.5]), DB, ""),
        (3.0, 1.0, ""),
        (None, DB, ""),
        ("text", DB, ""),
    ],
)
def test_symptom(got, want, sentence):
    assert symptom((X,), got, want, ("db",)) == sentence


def test_the_wrong_one_of_two_is_named():
    assert symptom((), (DB, -DB), (DB, DB), ("dW", "db")).startswith("Every entry of `db`")
