"""Tests of reference_impl.kl_divergence."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import rel_entr

from reference_impl.cross_entropy import categorical_cross_entropy
from reference_impl.kl_divergence import kl_divergence, kl_divergence_backward
from reference_impl.softmax import softmax
from tests.numerical import central_difference, errors

BOTH = pytest.mark.parametrize("function", [kl_divergence, kl_divergence_backward])


def _distributions(rng, *shape):
    return softmax(rng.normal(size=(2, *shape)))


def test_by_hand():
    # 0.5 log(0.5 / 0.9) + 0.5 log(0.5 / 0.1), and the other way round.
    p, q = np.array([0.5, 0.5]), np.array([0.9, 0.1])

    assert_allclose(kl_divergence(p, q), np.log(5 / 3), rtol=1e-14)
    assert_allclose(kl_divergence(q, p), 0.9 * np.log(1.8) + 0.1 * np.log(0.2), rtol=1e-14)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@given(n_examples=st.integers(1, 4), n_classes=st.integers(1, 4), seed=st.integers(0, 99))
def test_gradient_matches_central_difference(reduction, n_examples, n_classes, seed):
    rng = np.random.default_rng(seed)
    p, q = _distributions(rng, n_examples, n_classes)
    q = np.clip(q, 0.05, 0.95)
    upstream = rng.normal(size=n_examples) if reduction == "none" else rng.normal()

    want = central_difference(lambda x: kl_divergence(p, x, reduction=reduction), q, upstream)
    rows = upstream[:, np.newaxis] if reduction == "none" else upstream
    got = rows * kl_divergence_backward(p, q, reduction=reduction)
    assert_allclose(got, want, atol=1e-5)


@given(st.integers(2, 5), st.integers(0, 99))
def test_never_negative_and_zero_for_equals(n_classes, seed):
    p, q = _distributions(np.random.default_rng(seed), n_classes)

    assert kl_divergence(p, q) > 0
    assert kl_divergence(p, p) == 0


def test_cross_entropy_is_entropy_plus_divergence(rng):
    p, q = _distributions(rng, 4, 3)

    entropy = categorical_cross_entropy(p, p)
    assert_allclose(categorical_cross_entropy(q, p), entropy + kl_divergence(p, q), rtol=1e-14)


def test_matches_scipy(rng):
    p, q = _distributions(rng, 4, 3)

    want = rel_entr(p, q).sum(axis=1)
    assert_allclose(kl_divergence(p, q, reduction="none"), want, rtol=1e-13)


def test_exact_to_fifty_digits():
    # Against an even distribution: log 2 minus the entropy of p.
    points = np.concatenate([np.linspace(0.01, 0.45, 50), np.linspace(0.55, 0.99, 50), [1e-300]])
    p = np.stack([points, 1 - points], axis=1)

    def truth(x):
        return mpmath.log(2) + x * mpmath.log(x) + (1 - x) * mpmath.log1p(-x)

    got = kl_divergence(p, np.full_like(p, 0.5), reduction="none")
    assert errors(got, truth, points).max() <= 1e-12


def test_zeros():
    p = np.array([[0.0, 1.0], [0.0, 1.0], [0.5, 0.5]])
    q = np.array([[0.0, 1.0], [0.5, 0.5], [0.0, 1.0]])

    # 0 * log(0 / q) is 0 for every q; an event that q rules out costs inf.
    losses = kl_divergence(p, q, reduction="none")
    assert_allclose(losses, [0, np.log(2), np.inf])
    want = [[0.0, -1.0], [0.0, -2.0], [-np.inf, -0.5]]
    assert_array_equal(kl_divergence_backward(p, q, reduction="none"), want)


def test_tiny_probabilities():
    p, q = np.array([0.5, 0.5]), np.array([5e-324, 1.0])

    assert_allclose(kl_divergence(p, q), 0.5 * np.log(0.5) * 2 - 0.5 * np.log(5e-324))


@BOTH
def test_empty_batch_has_a_sum_but_no_mean(function):
    nothing = np.zeros((0, 2))

    assert np.sum(function(nothing, nothing, reduction="sum")) == 0
    with pytest.raises(ValueError, match="mean over an empty batch"):
        function(nothing, nothing)


@BOTH
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(function, given, kept):
    assert function(np.eye(2).astype(given), np.eye(2).astype(given)).dtype == kept


@BOTH
def test_arguments_stay_unchanged(rng, function):
    p, q = _distributions(rng, 4, 3)
    before = p.copy(), q.copy()
    function(p, q)

    assert_array_equal((p, q), before)


@BOTH
@pytest.mark.parametrize(
    "p, q, options, message",
    [
        (np.ones(2), np.ones((2, 1)), {}, r"got p \(2,\), q \(2, 1\)"),
        (np.ones((2, 0)), np.ones((2, 0)), {}, r"with C > 0, got \(2, 0\)"),
        (np.array([-0.1]), np.ones(1), {}, r"p must lie in \[0, 1\], got -0.1..-0.1"),
        (np.ones(1), np.array([np.nan]), {}, r"q must lie in \[0, 1\], got nan..nan"),
        (np.ones(1), np.ones(1), {"reduction": "batchmean"}, "got 'batchmean'"),
    ],
    ids=["column", "no-classes", "p", "q", "reduction"],
)
def test_what_does_not_fit_is_refused(function, p, q, options, message):
    with pytest.raises(ValueError, match=message):
        function(p, q, **options)
