"""Tests of reference_impl.initializers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.initializers import (
    constant,
    gain,
    normal,
    orthogonal,
    output_bias_prior,
    uniform,
    zeros,
)

SIDES = st.integers(1, 8)


def test_zeros_are_zero():
    assert_array_equal(zeros((2, 3)), [[0, 0, 0], [0, 0, 0]])


def test_constant_is_constant():
    assert_array_equal(constant((2,), 0.5), [0.5, 0.5])
    assert constant((2,), 1).dtype == np.float64


def test_normal_has_the_asked_mean_and_spread(rng):
    W = normal((400, 300), rng, std=0.01, mean=3.0)

    assert_allclose(W.std(), 0.01, rtol=0.02)
    assert_allclose(W.mean(), 3, atol=1e-4)


def test_uniform_fills_its_interval(rng):
    W = uniform((400, 300), rng, low=-1.0, high=3.0)

    assert_allclose([W.min(), W.max()], [-1, 3], atol=1e-3)
    assert_allclose(W.std(), 4 / np.sqrt(12), rtol=0.02)


@given(SIDES, SIDES, st.floats(0.1, 10))
def test_shorter_side_is_orthonormal(n_rows, n_columns, factor):
    W = orthogonal((n_rows, n_columns), np.random.default_rng(0), gain=factor)

    gram = W.T @ W if n_rows >= n_columns else W @ W.T
    assert_allclose(gram, factor**2 * np.eye(min(n_rows, n_columns)), atol=1e-12 * factor**2)


def test_orthogonal_convolution_counts_further_axes_as_the_second(rng):
    W = orthogonal((4, 2, 3, 3), rng).reshape(4, 18)

    assert_allclose(W @ W.T, np.eye(4), atol=1e-14)


def test_every_rotation_is_equally_likely(rng):
    # Without the signs of R one orientation of the first column would be preferred.
    corners = [orthogonal((3, 3), rng)[0, 0] for _ in range(400)]

    assert abs(np.mean(corners)) < 4 * np.sqrt(1 / 3 / 400)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: normal((3,), rng, std=1.0),
        lambda rng: orthogonal((3, 2), rng),
        lambda rng: uniform((3,), rng, low=0, high=1),
    ],
    ids=["normal", "orthogonal", "uniform"],
)
def test_generator_alone_decides(draw):
    rng = np.random.default_rng(3)

    first, second = draw(rng), draw(rng)

    assert_array_equal(first, draw(np.random.default_rng(3)))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize(
    "activation, want",
    [("identity", 1), ("sigmoid", 1), ("tanh", 5 / 3), ("relu", np.sqrt(2)), ("selu", 0.75)],
)
def test_gains_of_pytorch(activation, want):
    assert_allclose(gain(activation), want, rtol=1e-15)


def test_gain_of_leaky_relu_follows_its_slope():
    assert_allclose(gain("leaky_relu"), np.sqrt(2 / 1.0001), rtol=1e-15)
    assert_allclose(gain("leaky_relu", 1.0), 1, rtol=1e-15)


def test_rare_positives_start_at_their_rate():
    # log(0.01 / 0.99) = -4.59512; the loss then is the entropy, 0.056.
    bias = output_bias_prior(0.01)

    assert_allclose(bias, np.log(0.01 / 0.99), rtol=1e-14)
    assert_allclose(1 / (1 + np.exp(-bias)), 0.01, rtol=1e-13)


@given(st.floats(1e-12, 0.5))
def test_swapping_the_classes_changes_the_sign(rate):
    assert_allclose(output_bias_prior(rate), -output_bias_prior(1 - rate), rtol=1e-3, atol=1e-15)


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 1.1, np.nan])
def test_rate_must_be_strictly_between_zero_and_one(rate):
    with pytest.raises(ValueError, match="strictly between 0 and 1, got"):
        output_bias_prior(rate)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_constant_must_be_finite(value):
    with pytest.raises(ValueError, match="value must be finite, got"):
        constant((2,), value)


@pytest.mark.parametrize("settings", [{"std": -1.0}, {"std": np.nan}, {"std": 1.0, "mean": np.inf}])
def test_normal_refuses_what_is_no_spread(rng, settings):
    with pytest.raises(ValueError, match="need 0 <= std < inf and a finite mean, got"):
        normal((2,), rng, **settings)


@pytest.mark.parametrize("low, high", [(1.0, 0.0), (np.nan, 1.0), (0.0, np.inf)])
def test_uniform_refuses_what_is_no_interval(rng, low, high):
    with pytest.raises(ValueError, match="need -inf < low <= high < inf, got"):
        uniform((2,), rng, low=low, high=high)


@pytest.mark.parametrize(
    "shape, factor", [((3,), 1.0), ((0, 2), 1.0), ((2, 2), 0.0), ((2, 2), np.nan)]
)
def test_orthogonal_refuses_what_is_no_matrix_or_no_gain(rng, shape, factor):
    with pytest.raises(ValueError, match="need two axes or more and 0 < gain < inf, got"):
        orthogonal(shape, rng, gain=factor)


def test_unknown_activation_is_refused():
    with pytest.raises(ValueError, match=r"activation must be 'leaky_relu' or in .*, got step"):
        gain("step")


def test_slope_of_the_gain_must_be_finite():
    with pytest.raises(ValueError, match="negative_slope must be finite, got nan"):
        gain("leaky_relu", np.nan)
