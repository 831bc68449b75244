"""Tests of reference_impl.margin_losses."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.margin_losses import (
    hinge,
    hinge_backward,
    multiclass_hinge,
    multiclass_hinge_backward,
    triplet_margin,
    triplet_margin_backward,
)
from tests.numerical import central_difference

HINGES = pytest.mark.parametrize("function", [hinge, hinge_backward])
MULTICLASS = pytest.mark.parametrize("function", [multiclass_hinge, multiclass_hinge_backward])
TRIPLETS = pytest.mark.parametrize("function", [triplet_margin, triplet_margin_backward])
REDUCTIONS = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
BATCH = {"n_examples": st.integers(1, 4), "n": st.integers(1, 4), "seed": st.integers(0, 99)}


def _upstream(rng, reduction, n_examples):
    return rng.normal(size=n_examples) if reduction == "none" else rng.normal()


def test_hinge_by_hand():
    scores, y = np.array([2.0, 0.5, 0.5, -3.0]), np.array([1, 1, -1, -1])

    # Margins 2, 0.5, -0.5 and 3.
    assert_array_equal(hinge(scores, y, reduction="none"), [0.0, 0.5, 1.5, 0.0])
    assert hinge(scores, y) == 0.5
    assert_array_equal(hinge_backward(scores, y), [0.0, -0.25, 0.25, 0.0])


def test_multiclass_hinge_by_hand():
    # The cat, car and frog of CS231n: losses 2.9, 0 and 12.9, a mean of 5.27.
    scores = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
    labels = np.array([0, 1, 2])

    losses = multiclass_hinge(scores, labels, divide_by_classes=False, reduction="none")
    assert_allclose(losses, [2.9, 0.0, 12.9], rtol=1e-14)
    assert_allclose(multiclass_hinge(scores, labels), 15.8 / 3 / 3, rtol=1e-14)


def test_triplet_margin_by_hand():
    anchor = np.zeros((2, 2))
    positive, negative = np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([[0.0, 2.0], [6.0, 8.0]])

    # 5 - 2 + 1, and 1 - 10 + 1 clamped: the easy triplet does not pay for the hard one.
    assert_array_equal(triplet_margin(anchor, positive, negative, reduction="none"), [4.0, 0.0])
    assert triplet_margin(anchor, positive, negative) == 2.0
    danchor, dpositive, dnegative = triplet_margin_backward(anchor, positive, negative)
    assert_allclose(dpositive, [[0.3, 0.4], [0, 0]], rtol=1e-15)
    assert_array_equal(dnegative, [[0.0, -0.5], [0, 0]])
    assert_allclose(danchor, [[-0.3, 0.1], [0, 0]], atol=1e-16)


@REDUCTIONS
@given(**BATCH)
def test_gradient_of_hinge_matches_central_difference(reduction, n_examples, n, seed):
    rng = np.random.default_rng(seed)
    scores, y = rng.normal(size=(n_examples, n)), rng.choice([-1, 1], size=(n_examples, n))
    upstream = rng.normal(size=scores.shape) if reduction == "none" else rng.normal()

    want = central_difference(lambda s: hinge(s, y, reduction=reduction), scores, upstream, 1e-7)
    assert_allclose(upstream * hinge_backward(scores, y, reduction=reduction), want, atol=1e-6)


@REDUCTIONS
@pytest.mark.parametrize("divide_by_classes", [True, False])
@given(**BATCH)
def test_gradient_of_multiclass_hinge_matches_central_difference(
    reduction, divide_by_classes, n_examples, n, seed
):
    rng = np.random.default_rng(seed)
    scores, labels = rng.normal(size=(n_examples, n)), rng.integers(n, size=n_examples)
    options = {"margin": 0.7, "divide_by_classes": divide_by_classes, "reduction": reduction}
    upstream = _upstream(rng, reduction, n_examples)

    want = central_difference(
        lambda s: multiclass_hinge(s, labels, **options), scores, upstream, 1e-7
    )
    rows = upstream[:, np.newaxis] if reduction == "none" else upstream
    got = rows * multiclass_hinge_backward(scores, labels, **options)
    assert_allclose(got, want, atol=1e-6)


@REDUCTIONS
@pytest.mark.parametrize("which", [0, 1, 2], ids=["anchor", "positive", "negative"])
@given(**BATCH)
def test_gradient_of_triplet_margin_matches_central_difference(
    reduction, which, n_examples, n, seed
):
    rng = np.random.default_rng(seed)
    triplet = list(rng.normal(size=(3, n_examples, n)))
    upstream = _upstream(rng, reduction, n_examples)

    def loss(value):
        changed = [*triplet[:which], value, *triplet[which + 1 :]]
        return triplet_margin(*changed, margin=0.7, reduction=reduction)

    want = central_difference(loss, triplet[which], upstream, 1e-7)
    rows = upstream[:, np.newaxis] if reduction == "none" else upstream
    got = rows * triplet_margin_backward(*triplet, margin=0.7, reduction=reduction)[which]
    assert_allclose(got, want, atol=1e-6)


@given(st.floats(-1e4, 1e4), st.sampled_from([-1, 1]))
def test_hinge_counts_the_margin_only(score, y):
    assert hinge(score, y) == hinge(-score, -y) == max(0, 1 - y * score)


def test_shift_of_all_scores_changes_nothing(rng):
    scores, labels = rng.normal(size=(5, 3)), np.array([0, 1, 2, 1, 0])

    got = multiclass_hinge(scores + 100, labels)
    assert_allclose(got, multiclass_hinge(scores, labels), rtol=1e-12)
    gradient = multiclass_hinge_backward(scores, labels)
    assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


def test_rotation_changes_no_triplet(rng):
    triplet = rng.normal(size=(3, 4, 2))
    turned = triplet @ np.array([[0.6, 0.8], [-0.8, 0.6]])

    assert_allclose(triplet_margin(*turned), triplet_margin(*triplet), rtol=1e-14)


def test_slope_at_exactly_the_margin_is_zero():
    assert_array_equal(hinge_backward(np.array([1.0, -1.0]), np.array([1, -1])), [0.0, 0.0])
    got = multiclass_hinge_backward(np.array([[3.0, 2.0]]), np.array([0]))
    assert_array_equal(got, [[0.0, 0.0]])
    triplet = np.zeros((1, 1)), np.ones((1, 1)), np.full((1, 1), 2.0)
    assert_array_equal(np.concatenate(triplet_margin_backward(*triplet)), np.zeros((3, 1)))


def test_coinciding_embeddings_have_no_direction():
    same = np.ones((1, 3))

    assert triplet_margin(same, same, same, margin=0.25) == 0.25
    assert_array_equal(np.concatenate(triplet_margin_backward(same, same, same)), np.zeros((3, 3)))


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_distance_neither_overflows_nor_vanishes(scale):
    anchor, positive = np.zeros((1, 2)), scale * np.array([[3.0, 4.0]])

    got = triplet_margin(anchor, positive, anchor, margin=0.0)
    assert_allclose(got, 5 * scale, rtol=1e-15)
    gradients = triplet_margin_backward(anchor, positive, anchor, margin=0.0)
    assert_allclose(gradients[1], [[0.6, 0.8]], rtol=1e-15)


def test_distance_is_exact_to_fifty_digits(rng):
    triplet = [rng.normal(size=(50, 4)) * 10.0 ** rng.integers(-8, 9, size=(50, 1)) for _ in "apn"]
    got = triplet_margin(triplet[0], triplet[1], triplet[0], reduction="none", margin=0.0)

    with mpmath.workdps(50):
        rows = [
            [mpmath.mpf(x) - mpmath.mpf(y) for x, y in zip(*pair, strict=True)]
            for pair in zip(triplet[0].tolist(), triplet[1].tolist(), strict=True)
        ]
        want = [float(mpmath.norm(row)) for row in rows]
    assert_allclose(got, want, rtol=1e-14)


def test_infinite_scores():
    scores, y = np.array([np.inf, -np.inf, np.inf]), np.array([1, -1, -1])

    assert_array_equal(hinge(scores, y, reduction="none"), [0.0, 0.0, np.inf])
    assert_array_equal(hinge_backward(scores, y, reduction="none"), [0.0, 0.0, 1.0])


def test_one_class_costs_nothing():
    scores, labels = np.array([[3.0]]), np.array([0])

    assert multiclass_hinge(scores, labels) == 0
    assert_array_equal(multiclass_hinge_backward(scores, labels), [[0.0]])


@pytest.mark.parametrize(
    "function, arguments",
    [
        (hinge, [np.zeros(0), np.zeros(0)]),
        (hinge_backward, [np.zeros(0), np.zeros(0)]),
        (multiclass_hinge, [np.zeros((0, 3)), np.zeros(0, int)]),
        (multiclass_hinge_backward, [np.zeros((0, 3)), np.zeros(0, int)]),
        (triplet_margin, [np.zeros((0, 3))] * 3),
        (triplet_margin_backward, [np.zeros((0, 3))] * 3),
    ],
)
def test_empty_batch_has_a_sum_but_no_mean(function, arguments):
    assert np.sum(function(*arguments, reduction="sum")) == 0
    with pytest.raises(ValueError, match="mean over an empty batch"):
        function(*arguments)


@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(given, kept):
    scores, y, labels = np.eye(2).astype(given), np.ones((2, 2), int), np.array([0, 1])
    triplet = scores, 2 * scores, 3 * scores

    assert hinge(scores, y).dtype == hinge_backward(scores, y).dtype == kept
    assert multiclass_hinge(scores, labels, margin=np.float64(1)).dtype == kept
    assert multiclass_hinge_backward(scores, labels).dtype == kept
    assert triplet_margin(*triplet).dtype == kept
    assert {grad.dtype.name for grad in triplet_margin_backward(*triplet)} == {kept}


def test_unsigned_integers_do_not_wrap_around():
    triplet = np.array([[0]], "uint8"), np.array([[20]], "uint8"), np.array([[0]], "uint8")

    assert triplet_margin(*triplet) == 21


def test_arguments_stay_unchanged(rng):
    triplet = rng.normal(size=(3, 4, 2))
    scores, y, labels = triplet[0], np.ones((4, 2)), np.array([0, 1, 1, 0])
    before = triplet.copy(), y.copy(), labels.copy()
    [f(scores, y) for f in (hinge, hinge_backward)]
    [f(scores, labels) for f in (multiclass_hinge, multiclass_hinge_backward)]
    [f(*triplet) for f in (triplet_margin, triplet_margin_backward)]

    assert all(np.array_equal(*pair) for pair in zip(before, (triplet, y, labels), strict=True))


@HINGES
@pytest.mark.parametrize(
    "y, options, message",
    [
        (np.ones((2, 1)), {}, r"got scores \(2,\), y \(2, 1\)"),
        (np.array([0, 1]), {}, r"labels must be -1 or \+1, got \[0. 1.\]"),
        (np.ones(2), {"reduction": "avg"}, "got 'avg'"),
    ],
    ids=["column", "zero", "reduction"],
)
def test_hinge_refuses_what_does_not_fit(function, y, options, message):
    with pytest.raises(ValueError, match=message):
        function(np.zeros(2), y, **options)


@MULTICLASS
@pytest.mark.parametrize(
    "labels, options, message",
    [
        ([0, 3], {}, r"labels must be in \[0, 3\), got 0..3"),
        ([[0], [1]], {}, r"labels must have shape \(2,\), got \(2, 1\)"),
        ([0, 1], {"margin": 0.0}, r"margin must be finite and in \(0, inf\), got 0.0"),
        ([0, 1], {"margin": np.inf}, "margin must be finite"),
        ([0, 1], {"reduction": "avg"}, "got 'avg'"),
    ],
    ids=["range", "column", "margin", "margin-inf", "reduction"],
)
def test_multiclass_hinge_refuses_what_does_not_fit(function, labels, options, message):
    with pytest.raises(ValueError, match=message):
        function(np.zeros((2, 3)), np.array(labels), **options)


@MULTICLASS
def test_one_dimensional_scores_are_refused(function):
    with pytest.raises(ValueError, match=r"scores must have shape \(N, C\), got \(2,\)"):
        function(np.zeros(2), np.array([0, 1]))


@TRIPLETS
@pytest.mark.parametrize(
    "shapes, options, message",
    [
        ([(2, 1), (2, 1), (1, 2)], {}, r"negative \(1, 2\)"),
        ([(2,)] * 3, {}, r"embeddings must have shape \(N, D\), got \(2,\)"),
        ([(2, 1)] * 3, {"margin": -1.0}, r"margin must be finite and in \[0, inf\), got -1.0"),
        ([(2, 1)] * 3, {"margin": np.nan}, "margin must be finite"),
        ([(2, 1)] * 3, {"reduction": "avg"}, "got 'avg'"),
    ],
    ids=["shapes", "one-dimensional", "margin", "margin-nan", "reduction"],
)
def test_triplet_margin_refuses_what_does_not_fit(function, shapes, options, message):
    with pytest.raises(ValueError, match=message):
        function(*[np.zeros(shape) for shape in shapes], **options)
