"""Tests of reference_impl.variance_scaling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.variance_scaling import (
    compute_fans,
    glorot_normal,
    glorot_uniform,
    he_normal,
    he_uniform,
    lecun_normal,
    lecun_uniform,
)

# For (1000, 500) weights: fan_in 1000, fan_out 500.
STDS = [
    (glorot_normal, np.sqrt(2 / 1500)),
    (glorot_uniform, np.sqrt(2 / 1500)),
    (he_normal, np.sqrt(2 / 1000)),
    (he_uniform, np.sqrt(2 / 1000)),
    (lecun_normal, np.sqrt(1 / 1000)),
    (lecun_uniform, np.sqrt(1 / 1000)),
]
ALL = pytest.mark.parametrize("draw, std", STDS, ids=[draw.__name__ for draw, _ in STDS])


@pytest.mark.parametrize(
    "shape, layout, fans",
    [
        ((784, 256), "in_out", (784, 256)),
        ((256, 784), "out_in", (784, 256)),
        ((64, 3, 3, 3), "oihw", (27, 576)),
        ((8, 4, 5), "oihw", (20, 40)),
    ],
    ids=["in_out", "out_in", "oihw", "one kernel axis"],
)
def test_fans_by_hand(shape, layout, fans):
    assert compute_fans(shape, layout) == fans


@given(st.integers(1, 99), st.integers(1, 99))
def test_pointwise_convolution_has_the_fans_of_a_linear_layer(n_out, n_in):
    assert compute_fans((n_out, n_in, 1, 1), "oihw") == compute_fans((n_out, n_in), "out_in")


@ALL
def test_spread_is_the_formula(rng, draw, std):
    W = draw((1000, 500), rng)

    assert_allclose(W.std(), std, rtol=0.02)
    assert abs(W.mean()) < std / 100


@ALL
def test_layout_changes_the_fans(rng, draw, std):
    assert_allclose(draw((500, 1000), rng, layout="out_in").std(), std, rtol=0.02)


@pytest.mark.parametrize(
    "draw, limit",
    [
        (glorot_uniform, np.sqrt(6 / 1500)),
        (he_uniform, np.sqrt(6 / 1000)),
        (lecun_uniform, np.sqrt(3 / 1000)),
    ],
    ids=["glorot", "he", "lecun"],
)
def test_uniform_weights_reach_the_limit_and_no_further(rng, draw, limit):
    W = draw((1000, 500), rng)

    assert np.abs(W).max() <= limit
    assert_allclose(np.abs(W).max(), limit, rtol=1e-3)


@pytest.mark.parametrize("draw", [glorot_normal, glorot_uniform])
def test_gain_multiplies(draw):
    plain = draw((30, 20), np.random.default_rng(1))

    assert_allclose(draw((30, 20), np.random.default_rng(1), gain=5 / 3), 5 / 3 * plain)


@pytest.mark.parametrize("draw", [he_normal, he_uniform])
def test_negative_slope_shrinks(draw):
    plain = draw((30, 20), np.random.default_rng(1))

    leaky = draw((30, 20), np.random.default_rng(1), negative_slope=0.5)

    assert_allclose(leaky, plain / np.sqrt(1.25))


def test_relu_network_keeps_its_signal_with_he_and_loses_it_with_glorot(rng):
    he = glorot = rng.normal(size=(64, 256))

    for _ in range(20):
        he = np.maximum(he @ he_normal((256, 256), rng), 0)
        glorot = np.maximum(glorot @ glorot_normal((256, 256), rng), 0)

    assert 0.3 < he.std() < 2
    # Half of the variance is lost in each layer: 2**-10 of the size after twenty.
    assert glorot.std() < 2e-3


@ALL
def test_generator_alone_decides(draw, std):
    rng = np.random.default_rng(3)

    first, second = draw((4, 3), rng), draw((4, 3), rng)

    assert_array_equal(first, draw((4, 3), np.random.default_rng(3)))
    assert not np.array_equal(first, second)
    assert first.dtype == np.float64


@pytest.mark.parametrize(
    "shape, layout",
    [((3,), "in_out"), ((4, 3, 3), "in_out"), ((4, 3), "oihw"), ((0, 3), "out_in")],
    ids=str,
)
def test_shape_that_does_not_fit_the_layout_is_refused(shape, layout):
    with pytest.raises(ValueError, match="do not have the layout"):
        compute_fans(shape, layout)


def test_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="layout must be 'in_out', 'out_in' or 'oihw', got 'hwio'"):
        compute_fans((3, 3, 4, 5), "hwio")


@ALL
def test_layout_is_checked_by_every_initializer(rng, draw, std):
    with pytest.raises(ValueError, match="do not have the layout"):
        draw((3,), rng)


@pytest.mark.parametrize("draw", [glorot_normal, glorot_uniform])
@pytest.mark.parametrize("gain", [0.0, -1.0, np.nan, np.inf])
def test_gain_must_be_positive_and_finite(rng, draw, gain):
    with pytest.raises(ValueError, match="gain must be positive and finite, got"):
        draw((3, 2), rng, gain=gain)


@pytest.mark.parametrize("draw", [he_normal, he_uniform])
def test_negative_slope_must_be_finite(rng, draw):
    with pytest.raises(ValueError, match="negative_slope must be finite, got nan"):
        draw((3, 2), rng, negative_slope=np.nan)
