"""Tests of reference_impl.batchnorm."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.batchnorm import (
    batchnorm_backward,
    batchnorm_backward_stepwise,
    batchnorm_forward,
    fold_batchnorm,
)
from reference_impl.linear import linear_forward
from tests.numerical import central_difference

BACKWARDS = pytest.mark.parametrize("backward", [batchnorm_backward, batchnorm_backward_stepwise])
SIZES = {
    "n_examples": st.integers(2, 6),
    "n_features": st.integers(1, 4),
    "seed": st.integers(0, 99),
}


def _arguments(rng, n_examples=5, n_features=3):
    X = rng.normal(loc=3, scale=2, size=(n_examples, n_features))
    gamma, beta, running_mean = rng.normal(size=(3, n_features))
    return X, gamma, beta, running_mean, rng.uniform(0.5, 2, size=n_features)


def test_training_by_hand():
    X, gamma, beta = np.array([[1.0], [2.0], [3.0]]), np.array([2.0]), np.array([5.0])

    # Mean 2, biased variance 2/3: (X - 2) / sqrt(2/3) is -1.2247, 0, 1.2247.
    out, *_ = batchnorm_forward(X, gamma, beta, [0.0], [1.0], training=True, eps=0.0)
    assert_allclose(out, 5 + 2 * np.sqrt(1.5) * np.array([[-1.0], [0.0], [1.0]]), rtol=1e-15)


def test_running_statistics_by_hand():
    X, one = np.array([[1.0], [2.0], [3.0]]), np.ones(1)

    # Mean 2 and unbiased variance 1; momentum weighs the new batch.
    _, _, mean, var = batchnorm_forward(
        X, one, one, 10 * one, 5 * one, training=True, momentum=0.25
    )
    assert_allclose([mean, var], [[0.75 * 10 + 0.25 * 2], [0.75 * 5 + 0.25 * 1]], rtol=1e-15)


def test_evaluation_by_hand():
    X, one = np.array([[7.0]]), np.ones(1)

    # (7 - 1) / sqrt(4) * 3 + 0.5.
    out, *_ = batchnorm_forward(X, 3 * one, one / 2, one, 4 * one, training=False, eps=0.0)
    assert_array_equal(out, [[9.5]])


@BACKWARDS
@pytest.mark.parametrize("which", [0, 1, 2], ids=["dX", "dgamma", "dbeta"])
@given(**SIZES)
def test_training_gradient_matches_central_difference(
    backward, which, n_examples, n_features, seed
):
    rng = np.random.default_rng(seed)
    args = _arguments(rng, n_examples, n_features)
    out, cache, *_ = batchnorm_forward(*args, training=True, eps=0.1)
    dout = rng.normal(size=out.shape)

    def forward(value):
        changed = [*args[:which], value, *args[which + 1 :]]
        return batchnorm_forward(*changed, training=True, eps=0.1)[0]

    want = central_difference(forward, args[which], dout)
    assert_allclose(backward(dout, cache)[which], want, atol=1e-6)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["dX", "dgamma", "dbeta"])
def test_evaluation_gradient_matches_central_difference(rng, which):
    args = _arguments(rng)
    out, cache, *_ = batchnorm_forward(*args, training=False)
    dout = rng.normal(size=out.shape)

    def forward(value):
        return batchnorm_forward(*args[:which], value, *args[which + 1 :], training=False)[0]

    want = central_difference(forward, args[which], dout)
    assert_allclose(batchnorm_backward(dout, cache)[which], want, atol=1e-8)


@given(**SIZES)
def test_both_backward_passes_agree(n_examples, n_features, seed):
    rng = np.random.default_rng(seed)
    out, cache, *_ = batchnorm_forward(*_arguments(rng, n_examples, n_features), training=True)
    dout = rng.normal(size=out.shape)

    pairs = zip(
        batchnorm_backward(dout, cache), batchnorm_backward_stepwise(dout, cache), strict=True
    )
    [assert_allclose(*pair, atol=1e-10) for pair in pairs]


@given(**SIZES)
def test_output_has_mean_beta_and_deviation_gamma(n_examples, n_features, seed):
    rng = np.random.default_rng(seed)
    X, gamma, beta, *running = _arguments(rng, n_examples, n_features)
    out, *_ = batchnorm_forward(X, gamma, beta, *running, training=True, eps=0.0)

    assert_allclose(out.mean(axis=0), beta, atol=1e-12)
    assert_allclose(out.std(axis=0), np.abs(gamma), rtol=1e-9)


@BACKWARDS
def test_gradient_columns_sum_to_zero(rng, backward):
    out, cache, *_ = batchnorm_forward(*_arguments(rng), training=True)

    # So a bias before batch norm has gradient 0.
    dX, _, _ = backward(rng.normal(size=out.shape), cache)
    assert_allclose(dX.sum(axis=0), 0, atol=1e-14)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 1e3))
def test_shift_and_scale_of_a_feature_change_nothing(shift, scale):
    X, *rest = _arguments(np.random.default_rng(0))
    moved, *_ = batchnorm_forward(shift + scale * X, *rest, training=True, eps=0.0)

    want, *_ = batchnorm_forward(X, *rest, training=True, eps=0.0)
    assert_allclose(moved, want, atol=1e-9)


def test_gamma_and_beta_can_undo_it(rng):
    X, _, _, *running = _arguments(rng)
    gamma, beta = np.sqrt(X.var(axis=0) + 1e-5), X.mean(axis=0)

    out, *_ = batchnorm_forward(X, gamma, beta, *running, training=True)
    assert_allclose(out, X, rtol=1e-13)


def test_other_examples_do_not_matter_in_evaluation(rng):
    X, *rest = _arguments(rng)
    together, *_ = batchnorm_forward(X, *rest, training=False)

    alone = [batchnorm_forward(X[[n]], *rest, training=False)[0] for n in range(5)]
    assert_array_equal(together, np.concatenate(alone))


def test_evaluation_keeps_the_running_statistics(rng):
    args = _arguments(rng)
    _, _, running_mean, running_var = batchnorm_forward(*args, training=False)

    assert_array_equal((running_mean, running_var), args[3:])


def test_running_statistics_approach_those_of_the_data(rng):
    mean, var = np.zeros(1), np.ones(1)
    for _ in range(300):
        X = rng.normal(loc=3, scale=2, size=(64, 1))
        _, _, mean, var = batchnorm_forward(X, [1.0], [0.0], mean, var, training=True)

    assert_allclose([mean, var], [[3], [4]], rtol=0.1)


def test_folded_layer_by_hand():
    one = np.ones(1)

    # W = 2, b = 1, gamma = 3, beta = 1/2, mean 1, variance 4: scale 3/2.
    W, b = fold_batchnorm(2 * np.eye(1), one, 3 * one, one / 2, one, 4 * one, eps=0.0)
    assert_array_equal((W[0], b), [[3.0], [0.5]])


@given(**SIZES)
def test_folded_layer_equals_both(n_examples, n_features, seed):
    rng = np.random.default_rng(seed)
    _, *norm = _arguments(rng, n_features=n_features)
    X, W, b = rng.normal(size=(n_examples, 2)), rng.normal(size=(2, n_features)), norm[0]

    Z, _ = linear_forward(X, W, b)
    want, *_ = batchnorm_forward(Z, *norm, training=False)
    got, _ = linear_forward(X, *fold_batchnorm(W, b, *norm))
    assert_allclose(got, want, atol=1e-12)


@pytest.mark.parametrize("offset, scale", [(0.0, 1.0), (1e4, 1.0), (0.0, 1e-3), (0.0, 1e4)])
def test_exact_to_fifty_digits(rng, offset, scale):
    column = offset + scale * rng.normal(size=8)
    out, *_ = batchnorm_forward(column[:, np.newaxis], [1.0], [0.0], [0.0], [1.0], training=True)

    with mpmath.workdps(50):
        x = [mpmath.mpf(float(value)) for value in column]
        mu = mpmath.fsum(x) / 8
        var = mpmath.fsum((value - mu) ** 2 for value in x) / 8
        want = [float((value - mu) / mpmath.sqrt(var + mpmath.mpf(1e-5))) for value in x]
    # Rounding the mean alone costs eps * |offset| / std in every entry.
    assert_allclose(out[:, 0], want, rtol=1e-13, atol=4 * 2**-52 * offset)


def test_constant_feature_becomes_beta():
    X = np.full((3, 1), 0.1)
    with np.errstate(all="raise"):
        out, cache, *_ = batchnorm_forward(X, [2.0], [5.0], [0.0], [1.0], training=True)

    assert_allclose(out, 5.0, rtol=1e-12)
    assert np.isfinite(batchnorm_backward(np.ones((3, 1)), cache)[0]).all()


def test_two_examples_become_minus_one_and_one(rng):
    X = np.array([[3.0, 100.0], [7.0, -2.0]])
    out, *_ = batchnorm_forward(X, [1, 1], [0, 0], [0, 0], [1, 1], training=True, eps=0.0)

    assert_array_equal(out, [[-1, 1], [1, -1]])


def test_empty_batch_in_evaluation():
    out, cache, *_ = batchnorm_forward(np.zeros((0, 1)), [1], [0], [0], [1], training=False)

    assert out.shape == (0, 1)
    assert batchnorm_backward(out, cache)[0].shape == (0, 1)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(training, given, kept):
    args = [np.array([[1], [4]], given), *np.ones((4, 1), given)]
    out, cache, *running = batchnorm_forward(
        *args, training=training, momentum=np.float64(0.1), eps=np.float64(1e-5)
    )

    got = {value.dtype.name for value in [out, *running, *batchnorm_backward(out, cache)]}
    assert got == {kept}


@pytest.mark.parametrize("training", [True, False])
def test_arguments_stay_unchanged(rng, training):
    args = _arguments(rng)
    before = [value.copy() for value in args]
    out, cache, *_ = batchnorm_forward(*args, training=training)
    dout = out.copy()
    batchnorm_backward(dout, cache)

    assert_array_equal(dout, out)
    assert all(np.array_equal(*pair) for pair in zip(before, args, strict=True))


@pytest.mark.parametrize("n_examples", [0, 1])
def test_training_on_one_example_is_refused(n_examples):
    with pytest.raises(ValueError, match=f"needs two examples or more .* got {n_examples}"):
        batchnorm_forward(np.ones((n_examples, 1)), [1], [0], [0], [1], training=True)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"momentum": 1.5}, r"momentum must be finite and in \[0, 1\], got 1.5"),
        ({"momentum": np.nan}, "momentum must be finite"),
        ({"eps": -1e-5}, r"eps must be finite and in \[0, inf\), got -1e-05"),
        ({"eps": np.inf}, "eps must be finite"),
    ],
    ids=["momentum", "momentum-nan", "eps", "eps-inf"],
)
def test_hyperparameters_that_do_not_fit_are_refused(rng, options, message):
    with pytest.raises(ValueError, match=message):
        batchnorm_forward(*_arguments(rng), training=True, **options)


@pytest.mark.parametrize("which", range(1, 5), ids=["gamma", "beta", "mean", "var"])
def test_shapes_that_do_not_fit_are_refused(rng, which):
    args = list(_arguments(rng, n_examples=3, n_features=3))
    args[which] = args[which][:, np.newaxis]

    with pytest.raises(ValueError, match=r"got \(3, 3\), .*\(3, 1\)"):
        batchnorm_forward(*args, training=True)


def test_images_are_refused():
    with pytest.raises(ValueError, match=r"got \(2, 3, 4, 3\)"):
        batchnorm_forward(np.zeros((2, 3, 4, 3)), *np.ones((4, 3)), training=True)


def test_folding_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match=r"got \(2, 3\), \(2,\)"):
        fold_batchnorm(np.ones((2, 3)), np.ones(2), *np.ones((4, 3)))
    with pytest.raises(ValueError, match="eps must be finite"):
        fold_batchnorm(np.ones((2, 3)), *np.ones((5, 3)), eps=np.nan)


@BACKWARDS
def test_upstream_gradient_of_another_shape_is_refused(rng, backward):
    _, cache, *_ = batchnorm_forward(*_arguments(rng), training=True)

    with pytest.raises(ValueError, match=r"dout has shape \(5,\), the output had \(5, 3\)"):
        backward(np.zeros(5), cache)


def test_steps_refuse_the_cache_of_evaluation(rng):
    out, cache, *_ = batchnorm_forward(*_arguments(rng), training=False)

    with pytest.raises(ValueError, match="must come from training=True"):
        batchnorm_backward_stepwise(out, cache)
