"""Tests of reference_impl.regression_losses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl import regression_losses
from reference_impl.regression_losses import huber, huber_backward, mae, mae_backward, mse
from tests.numerical import central_difference

EVERY = pytest.mark.parametrize("name", ["mse", "mae", "huber"])
REDUCTIONS = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])


def _pair(name):
    return getattr(regression_losses, name), getattr(regression_losses, f"{name}_backward")


def test_mse_by_hand():
    pred, target = np.array([[1.0, 5.0], [0.0, 0.0]]), np.array([[0.0, 2.0], [0.0, 1.0]])

    # (1 + 9 + 0 + 1) / 4, over all elements.
    assert mse(pred, target) == 2.75
    assert mse(pred, target, reduction="sum") == 11.0


@pytest.mark.parametrize(
    "delta, losses", [(1.0, [0.125, 0.5, 2.5, 2.5]), (2.0, [0.125, 0.5, 4.0, 4.0])]
)
def test_huber_by_hand(delta, losses):
    # Half a square up to delta, then delta * (r - delta / 2).
    pred = np.array([0.5, -1.0, 3.0, -3.0])

    assert_array_equal(huber(pred, np.zeros(4), delta=delta, reduction="none"), losses)


@EVERY
@REDUCTIONS
@given(shape=array_shapes(max_dims=3, max_side=3), seed=st.integers(0, 99))
def test_gradient_matches_central_difference(name, reduction, shape, seed):
    forward, backward = _pair(name)
    rng = np.random.default_rng(seed)
    pred, target = rng.normal(size=(2, *shape))
    upstream = rng.normal(size=shape) if reduction == "none" else rng.normal()

    def loss(value):
        return forward(value, target, reduction=reduction)

    got = upstream * backward(pred, target, reduction=reduction)
    assert_allclose(got, central_difference(loss, pred, upstream, step=1e-6), atol=1e-4)


@EVERY
def test_gradient_is_precise_away_from_kinks(rng, name):
    forward, backward = _pair(name)
    pred = rng.uniform(0.1, 0.9, size=(4, 3)) * rng.choice([-1, 1], size=(4, 3))
    pred[0] *= 5 / np.abs(pred[0])

    want = central_difference(lambda value: forward(value, np.zeros((4, 3))), pred)
    assert_allclose(backward(pred, np.zeros((4, 3))), want, atol=1e-9)


def test_slope_at_a_tie_is_zero():
    assert_array_equal(mae_backward(np.zeros(2), np.zeros(2)), [0.0, 0.0])


def test_slope_of_huber_is_at_most_delta():
    pred = np.array([-9.0, -0.5, 0.5, 9.0])

    got = huber_backward(pred, np.zeros(4), delta=0.5, reduction="none")
    assert_array_equal(got, [-0.5, -0.5, 0.5, 0.5])


@given(st.floats(1e-3, 1e3))
def test_branches_of_huber_meet(delta):
    below, above = huber(
        np.array([delta * (1 - 1e-12), delta * (1 + 1e-12)]),
        np.zeros(2),
        delta=delta,
        reduction="none",
    )

    assert_allclose(below, above, rtol=1e-11)


def test_huber_lies_between_the_others(rng):
    pred, target = 3 * rng.normal(size=(2, 100))

    small = huber(pred, target, delta=1e6)
    assert_allclose(small, mse(pred, target) / 2, rtol=1e-15)
    large = huber(pred, target, delta=1e-9)
    assert_allclose(large / 1e-9, mae(pred, target), rtol=1e-8)


@EVERY
@given(seed=st.integers(0, 99))
def test_duplicating_the_batch_changes_no_mean(name, seed):
    pred, target = np.random.default_rng(seed).normal(size=(2, 5))
    forward, _ = _pair(name)

    assert_allclose(
        forward(np.tile(pred, 3), np.tile(target, 3)), forward(pred, target), rtol=1e-14
    )


@EVERY
def test_reductions_agree(rng, name):
    forward, backward = _pair(name)
    pred, target = rng.normal(size=(2, 4, 3))
    losses = forward(pred, target, reduction="none")

    assert losses.shape == (4, 3)
    assert_allclose(forward(pred, target, reduction="sum"), losses.sum(), rtol=1e-15)
    assert_allclose(forward(pred, target), losses.mean(), rtol=1e-15)
    assert_allclose(backward(pred, target), backward(pred, target, reduction="sum") / 12)


@EVERY
def test_extremes_are_quiet(name):
    forward, backward = _pair(name)
    pred = np.array([-1e4, -5e-324, -0.0, 1e4, np.inf])
    losses = forward(pred, np.zeros(5), reduction="none")

    assert losses[2] == 0
    assert losses[4] == np.inf
    assert not np.isnan(backward(pred, np.zeros(5))).any()


@EVERY
def test_empty_batch_has_a_sum_but_no_mean(name):
    forward, backward = _pair(name)
    nothing = np.zeros((0, 2))

    assert forward(nothing, nothing, reduction="sum") == 0
    assert backward(nothing, nothing, reduction="none").shape == (0, 2)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        forward(nothing, nothing)
    with pytest.raises(ValueError, match="mean over an empty batch"):
        backward(nothing, nothing)


@EVERY
def test_unsigned_integers_do_not_wrap_around(name):
    forward, backward = _pair(name)
    pred, target = np.array([0], "uint8"), np.array([20], "uint8")

    assert forward(pred, target) == forward(np.array([0.0]), np.array([20.0]))
    assert backward(pred, target)[0] < 0


@EVERY
@pytest.mark.parametrize("given, kept", [("float32", "float32"), ("int64", "float64")])
def test_dtype(name, given, kept):
    forward, backward = _pair(name)
    pred = np.array([1, 2], given)

    # Integer targets take the dtype of the predictions.
    assert forward(pred, np.array([1, 4])).dtype == kept
    assert backward(pred, np.array([1, 4])).dtype == kept


@EVERY
def test_arguments_stay_unchanged(rng, name):
    forward, backward = _pair(name)
    pred, target = rng.normal(size=(2, 4))
    before = pred.copy(), target.copy()
    forward(pred, target)
    backward(pred, target)

    assert_array_equal((pred, target), before)


@EVERY
@pytest.mark.parametrize("which", [0, 1], ids=["forward", "backward"])
def test_column_against_row_is_refused(name, which):
    with pytest.raises(ValueError, match=r"equal, got pred \(3,\), target \(3, 1\)"):
        _pair(name)[which](np.zeros(3), np.zeros((3, 1)))


@EVERY
@pytest.mark.parametrize("which", [0, 1], ids=["forward", "backward"])
def test_unknown_reduction_is_refused(name, which):
    with pytest.raises(ValueError, match="must be 'mean', 'sum' or 'none', got 'average'"):
        _pair(name)[which](np.zeros(3), np.zeros(3), reduction="average")


@pytest.mark.parametrize("function", [huber, huber_backward])
@pytest.mark.parametrize("delta", [0.0, -1.0, np.nan, np.inf])
def test_delta_that_is_not_positive_is_refused(function, delta):
    with pytest.raises(ValueError, match=rf"delta must be finite and in \(0, inf\), got {delta}"):
        function(np.zeros(2), np.zeros(2), delta=delta)
