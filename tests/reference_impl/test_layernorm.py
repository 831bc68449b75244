"""Tests of reference_impl.layernorm."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.layernorm import (
    layernorm_backward,
    layernorm_forward,
    rmsnorm_backward,
    rmsnorm_forward,
)
from tests.numerical import central_difference

PAIRS = pytest.mark.parametrize(
    "forward, backward",
    [(layernorm_forward, layernorm_backward), (rmsnorm_forward, rmsnorm_backward)],
    ids=["layernorm", "rmsnorm"],
)
SHAPES = pytest.mark.parametrize("shape", [(4, 3), (1, 3), (2, 4, 3), (3,)], ids=str)


def _arguments(forward, rng, shape):
    vectors = rng.normal(size=(2, shape[-1]))
    n_vectors = 2 if forward is layernorm_forward else 1
    return [rng.normal(loc=1, size=shape), *vectors[:n_vectors]]


def test_layernorm_by_hand():
    X, gamma, beta = (
        np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]]),
        np.array([2.0, 3.0, 4.0]),
        np.ones(3),
    )

    # Mean 2, biased variance 2/3. The second row does not vary, so its output is beta.
    out, _ = layernorm_forward(X, gamma, beta, eps=1e-30)
    assert_allclose(out[0], 1 + np.sqrt(1.5) * np.array([-2, 0, 4]), rtol=1e-15)
    assert_array_equal(out[1], beta)


def test_rmsnorm_by_hand():
    # The mean square of 1 and 7 is 25.
    out, _ = rmsnorm_forward(np.array([[1.0, 7.0]]), np.array([5.0, 10.0]), eps=0.0)

    assert_array_equal(out, [[1.0, 14.0]])


@PAIRS
@SHAPES
@pytest.mark.parametrize("eps", [1e-5, 0.3])
def test_gradients_match_central_difference(rng, forward, backward, shape, eps):
    args = _arguments(forward, rng, shape)
    out, cache = forward(*args, eps=eps)
    dout = rng.normal(size=out.shape)

    for which, got in enumerate(backward(dout, cache)):
        want = central_difference(
            lambda value, w=which: forward(*args[:w], value, *args[w + 1 :], eps=eps)[0],
            args[which],
            dout,
        )
        assert_allclose(got, want, atol=1e-7)


@given(st.integers(1, 5), st.integers(2, 5), st.integers(0, 99))
def test_rows_have_mean_zero_and_variance_one(n_examples, n_features, seed):
    X = np.random.default_rng(seed).normal(size=(n_examples, n_features))
    out, _ = layernorm_forward(X, np.ones(n_features), np.zeros(n_features), eps=0.0)

    assert_allclose(out.mean(axis=1), 0, atol=1e-11)
    assert_allclose(out.var(axis=1), 1, rtol=1e-9)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_rows_have_root_mean_square_one(n_examples, n_features, seed):
    X = np.random.default_rng(seed).normal(size=(n_examples, n_features))
    out, _ = rmsnorm_forward(X, np.ones(n_features), eps=0.0)

    assert_allclose((out**2).mean(axis=1), 1, rtol=1e-14)


@PAIRS
def test_scale_of_an_example_changes_nothing(rng, forward, backward):
    X, *vectors = _arguments(forward, rng, (4, 3))
    scale = np.array([[0.01], [1.0], [7.0], [1e4]])

    got, want = forward(scale * X, *vectors, eps=0.0)[0], forward(X, *vectors, eps=0.0)[0]
    assert_allclose(got, want, rtol=1e-12)


def test_shift_of_an_example_changes_layernorm_not(rng):
    X, *vectors = _arguments(layernorm_forward, rng, (4, 3))

    got = layernorm_forward(X + 100, *vectors)[0]
    assert_allclose(got, layernorm_forward(X, *vectors)[0], atol=1e-11)


@PAIRS
def test_other_examples_do_not_matter(rng, forward, backward):
    X, *vectors = _arguments(forward, rng, (4, 3))

    alone = [forward(X[[n]], *vectors)[0] for n in range(4)]
    assert_array_equal(forward(X, *vectors)[0], np.concatenate(alone))


def test_gradient_rows_of_layernorm_sum_to_zero(rng):
    args = _arguments(layernorm_forward, rng, (4, 3))
    out, cache = layernorm_forward(*args)

    dX, _, _ = layernorm_backward(rng.normal(size=out.shape), cache)
    assert_allclose(dX.sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize("offset, scale", [(0.0, 1.0), (1e4, 1.0), (0.0, 1e-3), (0.0, 1e4)])
def test_exact_to_fifty_digits(rng, offset, scale):
    row = offset + scale * rng.normal(size=8)
    layer, _ = layernorm_forward(row, np.ones(8), np.zeros(8))
    rms, _ = rmsnorm_forward(row, np.ones(8))

    with mpmath.workdps(50):
        x = [mpmath.mpf(float(value)) for value in row]
        mu, square = mpmath.fsum(x) / 8, mpmath.fsum(value**2 for value in x) / 8
        var = mpmath.fsum((value - mu) ** 2 for value in x) / 8
        want_layer = [float((value - mu) / mpmath.sqrt(var + mpmath.mpf(1e-5))) for value in x]
        want_rms = [float(value / mpmath.sqrt(square + mpmath.mpf(1e-6))) for value in x]
    # Rounding the mean alone costs eps * |offset| / std in every entry.
    assert_allclose(layer, want_layer, rtol=1e-13, atol=4 * 2**-52 * offset)
    assert_allclose(rms, want_rms, rtol=1e-14)


@PAIRS
def test_zeros_are_quiet(forward, backward):
    X, *vectors = np.zeros((2, 3)), np.ones(3), np.zeros(3)
    with np.errstate(all="raise"):
        out, cache = forward(X, *(vectors if forward is layernorm_forward else vectors[:1]))
        dX, *_ = backward(np.ones((2, 3)), cache)

    assert_array_equal(out, X)
    assert np.isfinite(dX).all()


@PAIRS
def test_empty_batch(forward, backward):
    args = _arguments(forward, np.random.default_rng(0), (0, 3))
    out, cache = forward(*args)

    assert out.shape == (0, 3)
    dX, dgamma, *_ = backward(out, cache)
    assert dX.shape == (0, 3)
    assert_array_equal(dgamma, np.zeros(3))


@PAIRS
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(forward, backward, given, kept):
    args = [
        np.ones(arg.shape, given) for arg in _arguments(forward, np.random.default_rng(0), (4, 3))
    ]
    out, cache = forward(*args, eps=np.float64(1e-5))

    assert {value.dtype.name for value in [out, *backward(args[0], cache)]} == {kept}


@PAIRS
def test_arguments_stay_unchanged(rng, forward, backward):
    args = _arguments(forward, rng, (4, 3))
    before = [value.copy() for value in args]
    out, cache = forward(*args)
    dout = out.copy()
    backward(dout, cache)

    assert_array_equal(dout, out)
    assert all(np.array_equal(*pair) for pair in zip(before, args, strict=True))


@PAIRS
def test_shapes_that_do_not_fit_are_refused(rng, forward, backward):
    X, *vectors = _arguments(forward, rng, (3, 3))

    with pytest.raises(ValueError, match=r"got \(3, 3\), .*\(3, 1\)"):
        forward(X, *vectors[:-1], vectors[-1][:, np.newaxis])


@PAIRS
@pytest.mark.parametrize("eps", [-1e-5, np.nan, np.inf])
def test_eps_that_is_negative_is_refused(rng, forward, backward, eps):
    with pytest.raises(ValueError, match=rf"eps must be finite and in \[0, inf\), got {eps}"):
        forward(*_arguments(forward, rng, (4, 3)), eps=eps)


@PAIRS
def test_upstream_gradient_of_another_shape_is_refused(rng, forward, backward):
    _, cache = forward(*_arguments(forward, rng, (4, 3)))

    with pytest.raises(ValueError, match=r"dout has shape \(3,\), the output had \(4, 3\)"):
        backward(np.zeros(3), cache)
