"""Tests of reference_impl.metrics, against scikit-learn where it defines the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import metrics as sk

from reference_impl.metrics import (
    accuracy,
    average_precision,
    confusion_matrix,
    f1_score,
    precision,
    precision_recall_curve,
    recall,
)

LABEL_PAIRS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1)
SCORED = st.lists(st.tuples(st.integers(-3, 3).map(float), st.integers(0, 1)), min_size=1).filter(
    lambda pairs: any(label for _, label in pairs)
)
RATES = pytest.mark.parametrize("rate", [precision, recall, f1_score])


def test_rates_by_hand():
    # 2 true positives of 3 predicted and of 4 actual: F1 is 4 / 7.
    pred, target = [1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 1, 0]

    assert accuracy(pred, target) == 3 / 6
    assert precision(pred, target) == 2 / 3
    assert recall(pred, target) == 2 / 4
    assert_allclose(f1_score(pred, target), 4 / 7, rtol=1e-15)


def test_rows_of_the_confusion_matrix_are_the_truth():
    # One 2 was taken for a 0.
    assert_array_equal(confusion_matrix([0, 1, 0], [0, 1, 2], 3), [[1, 0, 0], [0, 1, 0], [1, 0, 0]])


def test_curve_by_hand():
    # From the top: 1 of 1, 1 of 2, 2 of 3; the area is 0.5 * 1 + 0.5 * 2/3.
    precisions, recalls, thresholds = precision_recall_curve([0.1, 0.9, 0.8], [1, 1, 0])

    assert_allclose(precisions, [1, 1 / 2, 2 / 3], rtol=1e-15)
    assert_array_equal(recalls, [0.5, 0.5, 1])
    assert_array_equal(thresholds, [0.9, 0.8, 0.1])
    assert_allclose(average_precision([0.1, 0.9, 0.8], [1, 1, 0]), 0.5 + 1 / 3, rtol=1e-15)


@given(LABEL_PAIRS)
def test_counts_and_rates_agree_with_scikit_learn(pairs):
    pred, target = np.array(pairs).T

    assert accuracy(pred, target) == sk.accuracy_score(target, pred)
    labels = [0, 1, 2]
    counts = sk.confusion_matrix(target, pred, labels=labels)
    assert_array_equal(confusion_matrix(pred, target, 3), counts)
    settings = {"labels": [2], "average": "macro", "zero_division": 0}
    assert precision(pred, target, positive=2) == sk.precision_score(target, pred, **settings)
    assert recall(pred, target, positive=2) == sk.recall_score(target, pred, **settings)
    assert_allclose(f1_score(pred, target, positive=2), sk.f1_score(target, pred, **settings))


@given(SCORED)
def test_average_precision_agrees_with_scikit_learn(pairs):
    scores, target = np.array(pairs).T

    assert_allclose(
        average_precision(scores, target), sk.average_precision_score(target, scores), rtol=1e-12
    )


@given(SCORED, st.randoms())
def test_order_of_the_examples_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))

    assert average_precision(*np.array(shuffled).T) == average_precision(*np.array(pairs).T)


def test_perfect_ranking_has_area_one():
    assert average_precision([3.0, 2.0, 1.0], [1, 1, 0]) == 1


def test_scores_without_order_reach_the_share_of_positives():
    assert average_precision(np.zeros(8), [1, 0, 0, 0, 1, 0, 0, 0]) == 0.25


def test_infinite_scores_have_an_order():
    assert average_precision([np.inf, 0.0, -np.inf], [1, 0, 0]) == 1


@RATES
def test_nothing_to_find_and_nothing_found_is_zero(rate):
    assert rate([0, 0], [0, 0]) == 0


def test_majority_class_has_accuracy_and_no_recall():
    pred, target = np.zeros(100, int), np.repeat([1, 0], [5, 95])

    assert accuracy(pred, target) == 0.95
    assert recall(pred, target) == 0


def test_small_integers_do_not_overflow():
    labels = np.arange(200, dtype=np.uint8)

    assert_array_equal(confusion_matrix(labels, labels, 200), np.eye(200))


@RATES
def test_rates_are_python_floats(rate):
    assert type(rate([1, 0], [1, 1])) is float


def test_arguments_are_left_as_they_were():
    scores, target = np.array([0.1, 0.9]), np.array([0, 1])

    average_precision(scores, target)

    assert_array_equal(scores, [0.1, 0.9])
    assert_array_equal(target, [0, 1])


@pytest.mark.parametrize("metric", [accuracy, precision, recall, f1_score, average_precision])
def test_column_of_predictions_is_refused(metric):
    with pytest.raises(ValueError, match=r"got \(3, 1\) and \(3,\)"):
        metric(np.ones((3, 1)), np.ones(3))


def test_accuracy_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no examples to take a mean of"):
        accuracy([], [])


@pytest.mark.parametrize("pred", [[3], [-1], [0.5]])
def test_label_out_of_range_is_refused(pred):
    with pytest.raises(ValueError, match=r"labels must be integers in \[0, 3\), got"):
        confusion_matrix(pred, [0], 3)


@pytest.mark.parametrize("scores, target", [([np.nan, 1.0], [1, 0]), ([0.0, 1.0], [0, 0])])
def test_curve_needs_an_order_and_a_positive(scores, target):
    with pytest.raises(ValueError, match="need scores without nan and a positive, got"):
        precision_recall_curve(scores, target)
