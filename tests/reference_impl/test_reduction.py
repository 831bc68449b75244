"""Tests of reference_impl._reduction."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from reference_impl._reduction import divisor, reduce_losses, weigh


@pytest.mark.parametrize("reduction, want", [("mean", 3.0), ("sum", 12.0)])
def test_one_number_by_hand(reduction, want):
    # (1 + 2 + 4 + 5) / 4 = 3
    assert reduce_losses(np.array([1.0, 2.0, 4.0, 5.0]), reduction) == want


def test_no_reduction_keeps_a_loss_an_example():
    losses = np.array([1.0, 2.0])

    assert reduce_losses(losses, "none") is losses


def test_the_mean_may_divide_by_a_count_of_its_own():
    assert reduce_losses(np.array([[1.0, 2.0], [3.0, 4.0]]), "mean", count=2) == 5.0


@pytest.mark.parametrize("reduction, want", [("mean", 7), ("sum", 1), ("none", 1)])
def test_the_way_back_divides_by_the_same(reduction, want):
    assert divisor(reduction, 7) == want


@pytest.mark.parametrize("reduction", ["average", None, ""])
def test_an_unknown_reduction_is_answered_with_those_there_are(reduction):
    with pytest.raises(ValueError, match="'mean', 'sum' or 'none', got"):
        divisor(reduction, 7)


def test_the_mean_of_nothing_is_refused_and_its_sum_is_nothing():
    with pytest.raises(ValueError, match="the mean over an empty batch is undefined"):
        reduce_losses(np.array([]), "mean")
    assert reduce_losses(np.array([]), "sum") == 0.0


def test_a_weight_of_zero_wins_over_infinity():
    with np.errstate(all="raise"):
        weighted = weigh(np.array([0.0, 2.0]), np.array([np.inf, 3.0]))

    assert_array_equal(weighted, [0.0, 6.0])


def test_weighing_keeps_float32_and_its_arguments():
    weights, values = np.array([0.0, 2.0], "f4"), np.array([1.0, 3.0], "f4")

    weighted = weigh(weights, values)

    assert weighted.dtype == np.float32
    assert_array_equal(values, [1.0, 3.0])
