"""Tests of reference_impl._checks: what the modules take, and what they say to the rest."""

import numpy as np
import pytest

from reference_impl._checks import (
    as_floats,
    check_labels,
    check_number,
    check_range,
    same_shape,
)


@pytest.mark.parametrize(
    "dtypes, want",
    [
        (("f4", "f4"), "f4"),
        (("f4", "f8"), "f8"),
        (("i8", "f4"), "f4"),
        (("f2", "?"), "f2"),
        (("i4", "u1"), "f8"),
        (("f8",), "f8"),
    ],
)
def test_arrays_take_the_widest_floating_dtype_there_is(dtypes, want):
    arrays = as_floats(*(np.ones(2, dtype) for dtype in dtypes))

    assert [array.dtype for array in arrays] == [np.dtype(want)] * len(dtypes)


def test_an_array_that_fits_is_not_copied():
    X = np.ones(3)

    assert as_floats(X)[0] is X


def test_a_list_becomes_an_array():
    (X,) = as_floats([1, 2])

    assert X.dtype == float
    assert X.tolist() == [1.0, 2.0]


def test_equal_shapes_come_back_as_floats():
    pred, target = same_shape(pred=[1, 2], target=np.ones(2, "f4"))

    assert (pred.dtype, target.dtype) == (np.float32, np.float32)


def test_other_shapes_are_named_with_their_arrays():
    with pytest.raises(ValueError, match=r"shapes must be equal, got pred \(2,\), target \(2, 1\)"):
        same_shape(pred=np.ones(2), target=np.ones((2, 1)))


@pytest.mark.parametrize("value", [0, 0.5, 1, np.float32(0.5), np.int64(1), True])
def test_a_number_within_its_range_is_a_python_float(value):
    assert type(check_number("beta1", value, 0, 1)) is float


@pytest.mark.parametrize(
    "value, limits, said",
    [
        (-0.1, (0, 1), "beta1 must be finite and in [0, 1], got -0.1"),
        (1.5, (0, 1), "beta1 must be finite and in [0, 1], got 1.5"),
        (np.nan, (0, 1), "beta1 must be finite and in [0, 1], got nan"),
        (-1, (0,), "beta1 must be finite and in [0, inf), got -1"),
        (np.inf, (0,), "beta1 must be finite and in [0, inf), got inf"),
        (-np.inf, (), "beta1 must be finite and in (-inf, inf), got -inf"),
    ],
)
def test_a_number_out_of_range_is_answered_with_the_range(value, limits, said):
    with pytest.raises(ValueError, match="finite") as caught:
        check_number("beta1", value, *limits)

    assert str(caught.value) == said


def test_an_open_end_does_not_belong_to_the_range():
    assert check_number("eps", 1e-300, 0, open_low=True) == 1e-300
    with pytest.raises(ValueError, match=r"in \(0, inf\), got 0"):
        check_number("eps", 0, 0, open_low=True)


@pytest.mark.parametrize("entry", [-0.01, 1.01, np.nan, np.inf])
def test_one_entry_out_of_range_is_enough(entry):
    with pytest.raises(ValueError, match=r"probs must lie in \[0, 1\]"):
        check_range("probs", np.array([0.5, entry]), 0, 1)


def test_the_ends_of_a_range_belong_to_it():
    check_range("probs", np.array([0.0, 1.0]), 0, 1)
    check_range("probs", np.array([]), 0, 1)


@pytest.mark.parametrize(
    "labels, said",
    [
        ([[0, 1]], r"shape \(2,\), got \(1, 2\)"),
        ([0, 1, 2], r"shape \(2,\), got \(3,\)"),
        ([0.0, 1.0], "must be integers, got float64"),
        ([True, False], "must be integers, got bool"),
        ([0, 3], r"in \[0, 3\), got 0\.\.3"),
        ([-1, 2], r"in \[0, 3\), got -1\.\.2"),
    ],
)
def test_what_is_no_label_is_named(labels, said):
    with pytest.raises(ValueError, match=said):
        check_labels(labels, 2, 3)


@pytest.mark.parametrize("dtype", ["u1", "i4", "i8"])
def test_labels_keep_their_dtype(dtype):
    assert check_labels(np.array([0, 2], dtype), 2, 3).dtype == np.dtype(dtype)


def test_no_example_has_no_labels():
    assert check_labels([], 0, 3).dtype == int
