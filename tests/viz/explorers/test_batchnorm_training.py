"""Tests of viz.explorers.batchnorm_training."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from reference_impl.cross_entropy import softmax_cross_entropy, softmax_cross_entropy_backward
from reference_impl.gradient_check import numerical_gradient
from viz.explorers.batchnorm_training import (
    N_STEPS,
    _descend,
    _forward,
    batchnorm_explorer,
    training_losses,
)

BOTH = pytest.mark.parametrize("normalised", [True, False])


@BOTH
def test_equal_settings_give_equal_runs(normalised):
    first, second = (training_losses(0.3, 0.1, normalised=normalised) for _ in range(2))

    assert first.shape == (N_STEPS + 1,)
    assert np.array_equal(first, second)


@BOTH
def test_with_tiny_weights_the_first_loss_is_that_of_guessing(normalised):
    first = training_losses(0.01, 1e-6, normalised=normalised)[0]

    assert_allclose(first, np.log(10), rtol=1e-4)


@BOTH
@pytest.mark.parametrize("n_layer, n_param", [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)])
def test_a_step_goes_down_the_numerical_gradient(rng, normalised, n_layer, n_param):
    X, y = rng.normal(size=(6, 3)), np.array([0, 1, 1, 0, 1, 0])
    params = [
        [rng.normal(size=shape), rng.normal(size=shape[1]), rng.uniform(1, 2, size=shape[1])]
        for shape in ((3, 4), (4, 2))
    ]

    def loss(param):
        moved = [list(layer) for layer in params]
        moved[n_layer][n_param] = param
        return softmax_cross_entropy(_forward(X, moved, normalised)[0], y)

    before = params[n_layer][n_param]
    want = numerical_gradient(loss, before)
    logits, caches = _forward(X, params, normalised)
    _descend(params, caches, softmax_cross_entropy_backward(logits, y), 1.0, normalised)

    assert_allclose(before - params[n_layer][n_param], want, rtol=1e-5, atol=1e-8)


def test_without_normalization_a_large_rate_ends_the_run():
    losses = training_losses(10.0, 1.0, normalised=False)

    gone = np.isnan(losses)
    assert gone[-1]
    assert not gone[0]
    assert (np.diff(gone.astype(int)) >= 0).all(), "no number comes after the loss is lost"


@pytest.mark.parametrize(
    "log_lr, log_scale, said",
    [(-0.5, -0.75, "the loss is 0."), (1.0, 0.5, "the loss is no longer finite")],
)
def test_the_caption_says_how_the_runs_end(log_lr, log_scale, said):
    explorer = batchnorm_explorer()

    explorer.set(log_lr=log_lr, log_scale=log_scale)

    assert said in explorer.caption
    assert explorer.caption.endswith("without.")
