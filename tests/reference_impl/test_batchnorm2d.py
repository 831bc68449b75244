"""Tests of reference_impl.batchnorm2d."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.batchnorm import batchnorm_backward, batchnorm_forward
from reference_impl.batchnorm2d import batchnorm2d_backward, batchnorm2d_forward
from tests.numerical import central_difference

# The third shape has as many channels as columns, where a missing reshape goes unnoticed.
SHAPES = pytest.mark.parametrize("shape", [(2, 3, 4, 5), (5, 3, 1, 1), (2, 3, 2, 3)], ids=str)


def _arguments(rng, shape):
    gamma, beta, running_mean = rng.normal(size=(3, shape[1]))
    return rng.normal(size=shape), gamma, beta, running_mean, rng.uniform(0.5, 2, size=shape[1])


def test_by_hand():
    X = np.array([[[[1.0, 3.0]], [[0.0, 4.0]]]])

    # Channel 0 has mean 2 and deviation 1, channel 1 mean 2 and deviation 2.
    out, *_ = batchnorm2d_forward(X, [10, 100], [0, 5], [0, 0], [1, 1], training=True, eps=0.0)
    assert_array_equal(out, [[[[-10.0, 10.0]], [[-95.0, 105.0]]]])


@SHAPES
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("which", [0, 1, 2], ids=["dX", "dgamma", "dbeta"])
def test_gradient_matches_central_difference(rng, shape, training, which):
    args = _arguments(rng, shape)
    _, cache, *_ = batchnorm2d_forward(*args, training=training)
    dout = rng.normal(size=shape)

    def forward(value):
        changed = [*args[:which], value, *args[which + 1 :]]
        return batchnorm2d_forward(*changed, training=training)[0]

    want = central_difference(forward, args[which], dout)
    assert_allclose(batchnorm2d_backward(dout, cache)[which], want, atol=1e-7)


@SHAPES
@pytest.mark.parametrize("training", [True, False])
def test_channels_do_not_mix(rng, shape, training):
    X, *rest = _arguments(rng, shape)
    out, _, *running = batchnorm2d_forward(X, *rest, training=training)

    for c in range(3):
        column, vectors = X[:, c].reshape(-1, 1), [vector[[c]] for vector in rest]
        want, _, *want_running = batchnorm_forward(column, *vectors, training=training)
        assert_allclose(out[:, c].reshape(-1, 1), want, atol=1e-14)
        assert_allclose([value[[c]] for value in running], want_running, rtol=1e-14)


def test_single_pixels_are_plain_batchnorm(rng):
    X, *rest = _arguments(rng, (5, 3, 1, 1))
    out, cache, *_ = batchnorm2d_forward(X, *rest, training=True)
    want, want_cache, *_ = batchnorm_forward(X[:, :, 0, 0], *rest, training=True)

    assert_array_equal(out[:, :, 0, 0], want)
    got_dX, want_dX = (
        batchnorm2d_backward(X, cache)[0],
        batchnorm_backward(X[:, :, 0, 0], want_cache)[0],
    )
    assert_array_equal(got_dX[:, :, 0, 0], want_dX)


@given(
    st.integers(1, 3), st.integers(1, 3), st.integers(2, 3), st.integers(1, 3), st.integers(0, 99)
)
def test_output_has_mean_beta_and_deviation_gamma(n_images, n_channels, height, width, seed):
    rng = np.random.default_rng(seed)
    X, gamma, beta, *running = _arguments(rng, (n_images, n_channels, height, width))
    out, *_ = batchnorm2d_forward(X, gamma, beta, *running, training=True, eps=0.0)

    assert_allclose(out.mean(axis=(0, 2, 3)), beta, atol=1e-12)
    assert_allclose(out.std(axis=(0, 2, 3)), np.abs(gamma), rtol=1e-9)


def test_one_image_is_enough_to_train(rng):
    out, *_ = batchnorm2d_forward(*_arguments(rng, (1, 3, 2, 2)), training=True)

    assert np.isfinite(out).all()


@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(given, kept):
    X = np.arange(8).reshape(1, 2, 2, 2).astype(given)
    out, cache, *running = batchnorm2d_forward(X, *np.ones((4, 2), given), training=True)

    got = {value.dtype.name for value in [out, *running, *batchnorm2d_backward(out, cache)]}
    assert got == {kept}


def test_arguments_stay_unchanged(rng):
    args = _arguments(rng, (2, 3, 2, 2))
    before = [value.copy() for value in args]
    out, cache, *_ = batchnorm2d_forward(*args, training=True)
    dout = out.copy()
    batchnorm2d_backward(dout, cache)

    assert_array_equal(dout, out)
    assert all(np.array_equal(*pair) for pair in zip(before, args, strict=True))


@pytest.mark.parametrize(
    "shape, options, message",
    [
        ((2, 3), {}, r"X must have shape \(N, C, H, W\), got \(2, 3\)"),
        ((2, 4, 2, 3), {}, r"got \(12, 4\), \(3,\)"),
        ((1, 3, 1, 1), {}, "two examples or more"),
        ((2, 3, 2, 2), {"momentum": 2}, "momentum must be"),
        ((2, 3, 2, 2), {"eps": np.nan}, "eps must be"),
    ],
    ids=["flat", "channels", "one-pixel", "momentum", "eps"],
)
def test_what_does_not_fit_is_refused(shape, options, message):
    with pytest.raises(ValueError, match=message):
        batchnorm2d_forward(np.zeros(shape), *np.ones((4, 3)), training=True, **options)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 2, 3)], ids=str)
def test_upstream_gradient_of_another_shape_is_refused(rng, shape):
    _, cache, *_ = batchnorm2d_forward(*_arguments(rng, (2, 3, 2, 2)), training=True)

    with pytest.raises(ValueError, match="dout"):
        batchnorm2d_backward(np.zeros(shape), cache)
