"""Tests of reference_impl.preprocessing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.preprocessing import fit_standardiser, split, standardise

TABLES = hnp.arrays(
    np.float64, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=st.floats(-1e6, 1e6)
)


def test_columns_by_hand():
    # Column 1: mean 2, deviations -1 and 1. Column 2: constant.
    mu, sigma = fit_standardiser(np.array([[1.0, 5.0], [3.0, 5.0]]))

    assert_array_equal(mu, [2, 5])
    assert_array_equal(sigma, [1, 1])


@given(TABLES)
def test_training_set_gets_mean_zero_and_variance_one(X):
    Z = standardise(X, *fit_standardiser(X))

    varies = X.std(axis=0) > 1e-6 * np.abs(X).max(initial=1.0)
    assert_allclose(Z.mean(axis=0)[varies], 0, atol=1e-6)
    assert_allclose(Z.std(axis=0)[varies], 1, atol=1e-6)


def test_poisoned_test_rows_change_nothing_learned(rng):
    X, y = rng.normal(size=(50, 3)), np.arange(50)
    (X_train, _), _, (_, test_rows) = split(X, y, np.random.default_rng(1))
    poisoned = X.copy()
    poisoned[test_rows] = 1e9

    (X_again, _), *_ = split(poisoned, y, np.random.default_rng(1))

    assert_array_equal(fit_standardiser(X_again), fit_standardiser(X_train))


def test_constant_column_stays_finite_in_spite_of_rounding():
    X = np.full((7, 1), 0.1)

    assert np.abs(standardise(X, *fit_standardiser(X))).max() < 1e-15


def test_single_example_needs_no_batch():
    assert_array_equal(standardise(np.array([[6.0]]), np.array([2.0]), np.array([2.0])), [[2]])


@given(st.integers(5, 40), st.floats(0, 0.45), st.floats(0, 0.45))
def test_parts_hold_every_example_once(n_examples, val_fraction, test_fraction):
    X, y = np.arange(n_examples)[:, None] * 10, np.arange(n_examples)

    parts = split(
        X,
        y,
        np.random.default_rng(0),
        val_fraction=val_fraction,
        test_fraction=test_fraction,
    )

    assert sorted(number for _, labels in parts for number in labels) == list(range(n_examples))
    assert all(np.array_equal(rows[:, 0], 10 * labels) for rows, labels in parts)


@pytest.mark.parametrize("kind, want", [("f4", "f4"), ("f8", "f8"), ("u1", "f8"), ("i8", "f8")])
def test_floats_keep_their_kind_and_integers_become_float64(kind, want):
    X = np.array([[0, 20], [10, 0]], kind)

    Z = standardise(X, *fit_standardiser(X))

    assert Z.dtype == want
    assert_allclose(Z, [[-1, 1], [1, -1]], rtol=1e-6)


def test_arguments_are_left_as_they_were():
    X = np.array([[1.0], [3.0]])

    standardise(X, *fit_standardiser(X))
    split(X, X, np.random.default_rng(0))

    assert_array_equal(X, [[1], [3]])


def test_unequal_lengths_are_refused(rng):
    with pytest.raises(ValueError, match=r"\(3, 2\) and \(4,\)"):
        split(np.zeros((3, 2)), np.zeros(4), rng)


@pytest.mark.parametrize("shares", [(-0.1, 0.2), (0.5, 0.5), (np.nan, 0.2)])
def test_shares_must_leave_something_to_train_on(rng, shares):
    with pytest.raises(ValueError, match="shares must be at least 0 and together below 1, got"):
        split(np.zeros((9, 2)), np.zeros(9), rng, val_fraction=shares[0], test_fraction=shares[1])


@pytest.mark.parametrize("shape", [(0, 3), (3,)], ids=str)
def test_nothing_to_measure_is_refused(shape):
    with pytest.raises(ValueError, match="X_train must have rows and two axes, got shape"):
        fit_standardiser(np.zeros(shape))


def test_statistics_of_another_width_are_refused():
    with pytest.raises(ValueError, match=r"shapes \(2, 3\), \(1,\) and \(1,\)"):
        standardise(np.zeros((2, 3)), np.zeros(1), np.ones(1))


@pytest.mark.parametrize("sigma", [0.0, -1.0, np.nan])
def test_spread_that_is_not_positive_is_refused(sigma):
    with pytest.raises(ValueError, match="sigma must be positive, got"):
        standardise(np.zeros((2, 1)), np.zeros(1), np.array([sigma]))
