"""Tests of reference_impl.cross_entropy."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.cross_entropy import (
    categorical_cross_entropy,
    categorical_cross_entropy_backward,
    softmax_cross_entropy,
    softmax_cross_entropy_backward,
    sparse_categorical_cross_entropy,
    sparse_categorical_cross_entropy_backward,
)
from reference_impl.softmax import softmax
from tests.numerical import central_difference, errors

FROM_LABELS = [
    softmax_cross_entropy,
    softmax_cross_entropy_backward,
    sparse_categorical_cross_entropy,
    sparse_categorical_cross_entropy_backward,
]
FROM_PROBS = [
    categorical_cross_entropy,
    categorical_cross_entropy_backward,
]
PAIRS = pytest.mark.parametrize(
    "forward, backward",
    [FROM_LABELS[:2], FROM_LABELS[2:], FROM_PROBS],
    ids=["softmax", "sparse", "categorical"],
)
REDUCTIONS = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
OPTIONS = {
    "class_weights": {"class_weights": np.array([0.2, 3.0, 1.0])},
    "label_smoothing": {"label_smoothing": 0.3},
    "ignore_index": {"ignore_index": 2},
    "all": {
        "class_weights": np.array([0.2, 3.0, 1.0]),
        "label_smoothing": 0.3,
        "ignore_index": 0,
    },
}
GAPS = np.array([-1e4, -800.0, -700.0, -40.0, -1.0, 0.0, 1e-9, 2.0, 40.0, 700.0, 800.0, 1e4])


def _arguments(forward, rng, n_examples=5, n_classes=3):
    """Return what a loss takes: scores or probabilities, and labels or distributions."""
    scores, labels = (
        rng.normal(size=(n_examples, n_classes)),
        rng.integers(n_classes, size=n_examples),
    )
    if forward is softmax_cross_entropy:
        return scores, labels
    if forward is sparse_categorical_cross_entropy:
        return softmax(scores), labels
    return softmax(scores), softmax(rng.normal(size=scores.shape))


def test_softmax_cross_entropy_by_hand():
    # Weights 1, 2 and 5 of a sum of 8.
    logits = np.log([[1.0, 2.0, 5.0], [1.0, 2.0, 5.0]])
    labels = np.array([2, 0])

    assert_allclose(softmax_cross_entropy(logits, labels), -(np.log(5 / 8) + np.log(1 / 8)) / 2)
    want = np.array([[1, 2, -3], [-7, 2, 5]]) / 8 / 2
    assert_allclose(softmax_cross_entropy_backward(logits, labels), want, rtol=1e-14)


def test_probabilities_by_hand():
    probs = np.array([[0.25, 0.75], [0.5, 0.5]])

    want = -(np.log(0.25) + np.log(0.5)) / 2
    assert_allclose(sparse_categorical_cross_entropy(probs, np.array([0, 1])), want)
    assert_allclose(categorical_cross_entropy(probs, np.array([[1, 0], [0, 1]])), want)


def test_options_by_hand():
    logits, labels = np.zeros((3, 2)), np.array([0, 1, -1])

    # Every log-probability is -log 2; weights 1 and 3, and the third example does not count.
    options = {"class_weights": np.array([1.0, 3.0]), "ignore_index": -1}
    losses = softmax_cross_entropy(logits, labels, **options, reduction="none")
    assert_allclose(losses, np.log(2) * np.array([1, 3, 0]))
    assert_allclose(softmax_cross_entropy(logits, labels, **options), np.log(2))


@PAIRS
@REDUCTIONS
@given(n_examples=st.integers(1, 4), n_classes=st.integers(1, 4), seed=st.integers(0, 99))
def test_gradient_matches_central_difference(
    forward, backward, reduction, n_examples, n_classes, seed
):
    rng = np.random.default_rng(seed)
    first, second = _arguments(forward, rng, n_examples, n_classes)
    first = first if forward is softmax_cross_entropy else np.clip(first, 0.05, 0.95)
    upstream = rng.normal(size=n_examples) if reduction == "none" else rng.normal()

    want = central_difference(lambda x: forward(x, second, reduction=reduction), first, upstream)
    rows = upstream[:, np.newaxis] if reduction == "none" else upstream
    assert_allclose(rows * backward(first, second, reduction=reduction), want, atol=1e-5)


@REDUCTIONS
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_gradient_knows_every_option(rng, options, reduction):
    logits, labels = rng.normal(size=(5, 3)), np.array([0, 1, 2, 1, 0])
    upstream = rng.normal(size=5) if reduction == "none" else rng.normal()
    options = options | {"reduction": reduction}

    want = central_difference(
        lambda z: softmax_cross_entropy(z, labels, **options), logits, upstream
    )
    rows = upstream[:, np.newaxis] if reduction == "none" else upstream
    got = rows * softmax_cross_entropy_backward(logits, labels, **options)
    assert_allclose(got, want, atol=1e-8)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_gradient_rows_sum_to_zero(n_examples, n_classes, seed):
    rng = np.random.default_rng(seed)
    logits, labels = _arguments(softmax_cross_entropy, rng, n_examples, n_classes)

    dlogits = softmax_cross_entropy_backward(1000 * logits, labels, reduction="sum")
    assert_allclose(dlogits.sum(axis=1), 0, atol=1e-15)


@pytest.mark.parametrize("shift", [1000.0, -1000.0])
def test_shift_changes_nothing(rng, shift):
    logits, labels = _arguments(softmax_cross_entropy, rng)

    got = softmax_cross_entropy(logits + shift, labels)
    assert_allclose(got, softmax_cross_entropy(logits, labels), rtol=1e-12)


@PAIRS
def test_duplicating_the_batch_changes_no_mean(rng, forward, backward):
    first, second = _arguments(forward, rng)
    twice = np.concatenate([first, first]), np.concatenate([second, second])

    assert_allclose(forward(*twice), forward(first, second), rtol=1e-14)
    assert_allclose(2 * backward(*twice)[:5], backward(first, second), rtol=1e-14)


def test_three_forms_agree(rng):
    logits, labels = _arguments(softmax_cross_entropy, rng)
    probs, Y = softmax(logits), np.eye(3)[labels]

    want = softmax_cross_entropy(logits, labels)
    assert_allclose(sparse_categorical_cross_entropy(probs, labels), want, rtol=1e-14)
    assert_allclose(categorical_cross_entropy(probs, Y), want, rtol=1e-14)


def test_equal_scores_cost_log_c():
    assert_allclose(softmax_cross_entropy(np.zeros((3, 4)), np.array([0, 1, 2])), np.log(4))


def test_options_that_change_nothing(rng):
    logits, labels = _arguments(softmax_cross_entropy, rng)
    options = {"class_weights": np.full(3, 7.0), "label_smoothing": 0.0, "ignore_index": -100}

    got = softmax_cross_entropy(logits, labels, **options)
    assert_allclose(got, softmax_cross_entropy(logits, labels), rtol=1e-15)


def test_ignored_examples_do_not_matter(rng):
    logits, labels = _arguments(softmax_cross_entropy, rng)
    labels[:2] = -100

    got = softmax_cross_entropy_backward(logits, labels, ignore_index=-100)
    assert_array_equal(got[:2], 0)
    assert_allclose(got[2:], softmax_cross_entropy_backward(logits[2:], labels[2:]), rtol=1e-15)


def test_full_smoothing_is_the_cross_entropy_to_even_targets(rng):
    logits, labels = _arguments(softmax_cross_entropy, rng)

    want = categorical_cross_entropy(softmax(logits), np.full((5, 3), 1 / 3))
    assert_allclose(softmax_cross_entropy(logits, labels, label_smoothing=1.0), want, rtol=1e-14)


def test_exact_to_fifty_digits():
    # The true class leads by the gap.
    logits, labels = np.stack([GAPS, 0 * GAPS], axis=1), np.zeros(len(GAPS), int)
    losses = softmax_cross_entropy(logits, labels, reduction="none")
    slopes = softmax_cross_entropy_backward(logits, labels, reduction="none")

    assert errors(losses, lambda gap: mpmath.log1p(mpmath.exp(-gap)), GAPS).max() <= 1e-12
    assert errors(slopes[:, 0], lambda gap: -1 / (1 + mpmath.exp(gap)), GAPS).max() <= 1e-12
    assert errors(slopes[:, 1], lambda gap: 1 / (1 + mpmath.exp(gap)), GAPS).max() <= 1e-12


def test_certain_probabilities():
    probs, Y = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([[1, 0], [0, 1]])
    labels = Y.argmax(axis=1)

    # The logarithm is clamped at -100, and the denominator of the slope at 1e-12.
    assert_array_equal(categorical_cross_entropy(probs, Y, reduction="none"), [0, 100])
    assert_array_equal(sparse_categorical_cross_entropy(probs, labels, reduction="none"), [0, 100])
    slopes = [[-1, 0], [0, -1e12]]
    assert_array_equal(categorical_cross_entropy_backward(probs, Y, reduction="sum"), slopes)
    got = sparse_categorical_cross_entropy_backward(probs, labels, reduction="sum")
    assert_array_equal(got, slopes)


def test_masked_and_infinite_logits():
    logits, labels = np.array([[-np.inf, 0.0, 0.0], [0.0, np.inf, 1.0]]), np.array([1, 1])

    losses = softmax_cross_entropy(logits, labels, reduction="none")
    assert_allclose(losses, [np.log(2), 0.0])
    slopes = softmax_cross_entropy_backward(logits, labels, reduction="none")
    assert_array_equal(slopes, [[0.0, -0.5, 0.5], [0.0, 0.0, 0.0]])


def test_true_class_that_is_masked_costs_infinity():
    assert softmax_cross_entropy(np.array([[-np.inf, 0.0]]), np.array([0])) == np.inf


def test_one_class_costs_nothing():
    logits, labels = np.array([[3.0], [-1e4]]), np.array([0, 0])

    assert softmax_cross_entropy(logits, labels) == 0
    assert_array_equal(softmax_cross_entropy_backward(logits, labels), [[0.0], [0.0]])


@PAIRS
def test_empty_batch_has_a_sum_but_no_mean(forward, backward):
    first = np.zeros((0, 3))
    second = first if forward is categorical_cross_entropy else np.array([], int)

    assert forward(first, second, reduction="sum") == 0
    assert backward(first, second, reduction="none").shape == (0, 3)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        forward(first, second)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        backward(first, second)


def test_batch_that_is_ignored_as_a_whole_has_no_mean():
    arguments = np.zeros((2, 3)), np.array([-1, -1])

    assert softmax_cross_entropy(*arguments, ignore_index=-1, reduction="sum") == 0
    with pytest.raises(ValueError, match="mean over an empty batch"):
        softmax_cross_entropy(*arguments, ignore_index=-1)


@PAIRS
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(forward, backward, given, kept):
    first = np.eye(3).astype(given)
    second = np.eye(3, dtype=int) if forward is categorical_cross_entropy else np.arange(3)

    assert forward(first, second).dtype == kept
    assert backward(first, second).dtype == kept


@pytest.mark.parametrize("function", FROM_LABELS[:2])
def test_options_keep_float32(function):
    logits = np.zeros((3, 3), "float32")

    assert function(logits, [0, 1, 2], **OPTIONS["all"]).dtype == "float32"


@PAIRS
def test_arguments_stay_unchanged(rng, forward, backward):
    first, second = _arguments(forward, rng)
    before = first.copy(), second.copy()
    forward(first, second)
    backward(first, second)

    assert_array_equal(first, before[0])
    assert_array_equal(second, before[1])


@pytest.mark.parametrize("function", FROM_LABELS)
@pytest.mark.parametrize("label", [-1, 2, 200])
def test_label_out_of_range_is_refused(function, label):
    with pytest.raises(ValueError, match=rf"labels must be in \[0, 2\), got .*{label}"):
        function(np.full((2, 2), 0.5), np.array([label, label]))


@pytest.mark.parametrize("function", FROM_LABELS)
@pytest.mark.parametrize("labels", [[[0], [1]], [0], 0], ids=str)
def test_labels_of_another_shape_are_refused(function, labels):
    with pytest.raises(ValueError, match=r"labels must have shape \(2,\), got"):
        function(np.full((2, 2), 0.5), np.array(labels))


@pytest.mark.parametrize("function", FROM_LABELS)
def test_labels_that_are_no_integers_are_refused(function):
    with pytest.raises(ValueError, match="labels must be integers, got float64"):
        function(np.full((2, 2), 0.5), np.array([0.0, 1.0]))


@pytest.mark.parametrize("function", FROM_LABELS)
def test_one_dimensional_scores_are_refused(function):
    with pytest.raises(ValueError, match=r"must have shape \(N, C\)"):
        function(np.full(2, 0.5), np.array([0, 1]))


@pytest.mark.parametrize("function", FROM_LABELS)
def test_unknown_reduction_is_refused(function):
    with pytest.raises(ValueError, match="got 'avg'"):
        function(np.full((2, 2), 0.5), np.array([0, 1]), reduction="avg")


@pytest.mark.parametrize("function", FROM_LABELS[2:])
@pytest.mark.parametrize("prob", [-0.1, 1.1, np.nan])
def test_probability_outside_the_unit_interval_is_refused(function, prob):
    with pytest.raises(ValueError, match=r"probs must lie in \[0, 1\]"):
        function(np.array([[prob, 0.5]]), np.array([0]))


@pytest.mark.parametrize("function", FROM_PROBS)
@pytest.mark.parametrize(
    "probs, Y, message",
    [
        (np.ones(3), np.ones((3, 1)), r"got probs \(3,\), Y \(3, 1\)"),
        (np.ones(3), np.ones(3), r"must have shape \(N, C\), got \(3,\)"),
        (np.full((1, 1), 1.5), np.ones((1, 1)), r"probs must lie in \[0, 1\], got 1.5..1.5"),
        (np.ones((1, 1)), np.full((1, 1), -1), r"Y must lie in \[0, 1\], got -1.0..-1.0"),
    ],
    ids=["column", "one-dimensional", "probs", "Y"],
)
def test_distributions_that_do_not_fit_are_refused(function, probs, Y, message):
    with pytest.raises(ValueError, match=message):
        function(probs, Y)


@pytest.mark.parametrize("function", FROM_LABELS[:2])
@pytest.mark.parametrize(
    "options, message",
    [
        ({"class_weights": [1.0, 2.0, 3.0]}, r"class_weights must have shape \(2,\), got \(3,\)"),
        ({"class_weights": [1.0, -1.0]}, "class_weights must lie in .* got -1.0..1.0"),
        ({"class_weights": [1.0, np.nan]}, "class_weights must lie in"),
        ({"label_smoothing": 1.5}, r"label_smoothing must be finite and in \[0, 1\], got 1.5"),
        ({"label_smoothing": np.nan}, "label_smoothing must be finite"),
        ({"class_weights": [0.0, 0.0]}, "mean over an empty batch"),
    ],
    ids=["shape", "negative", "nan", "smoothing", "smoothing-nan", "all-zero"],
)
def test_options_that_do_not_fit_are_refused(function, options, message):
    with pytest.raises(ValueError, match=message):
        function(np.zeros((2, 2)), np.array([0, 1]), **options)
