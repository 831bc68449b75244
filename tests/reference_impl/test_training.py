"""Tests of reference_impl.training."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.mlp import mlp_forward, mlp_init
from reference_impl.optimizers import momentum_init, momentum_step, sgd_init, sgd_step
from reference_impl.regression_losses import mse, mse_backward
from reference_impl.schedules import exponential_decay
from reference_impl.training import (
    optimizer_init,
    optimizer_update,
    train,
    train_step,
    with_gradient,
)

SGD = (sgd_init, sgd_step)
MSE = with_gradient(mse, mse_backward)


@pytest.fixture
def blobs(rng):
    """Two classes apart from each other."""
    y = np.repeat([0, 1], 40)
    return rng.normal(size=(80, 2)) + 4 * y[:, None], y


def test_one_step_of_a_line_by_hand():
    # x = 2, w = 1, target 5: loss 9, dw = 2 * (2 - 5) * 2 = -12, db = -6.
    params = [(np.array([[1.0]]), np.array([0.0]))]
    states = optimizer_init(params, sgd_init)

    (pair,), _, loss = train_step(
        params, states, np.array([[2.0]]), np.array([[5.0]]), lr=0.1, step=sgd_step, loss=MSE
    )

    assert loss == 9
    assert_allclose(pair[0], [[2.2]], rtol=1e-15)
    assert_allclose(pair[1], [0.6], rtol=1e-15)


def test_clipping_shortens_the_step():
    # The gradient (-12, -6) has length sqrt(180); clipped to 1 and times 0.5.
    params = [(np.array([[1.0]]), np.array([0.0]))]
    states = optimizer_init(params, sgd_init)

    (pair,), *_ = train_step(
        params,
        states,
        np.array([[2.0]]),
        np.array([[5.0]]),
        lr=0.5,
        step=sgd_step,
        loss=MSE,
        max_norm=1.0,
    )

    assert_allclose(pair[0], [[1 + 6 / np.sqrt(180)]], rtol=1e-14)


def test_every_parameter_has_a_state_of_its_own(rng):
    states = optimizer_init(mlp_init([2, 3, 2], rng), momentum_init)

    velocities = [id(state["velocity"]) for pair in states for state in pair]

    assert len(set(velocities)) == 4


def test_update_takes_the_step_of_each_parameter(rng):
    params, grads = mlp_init([2, 3, 2], rng), mlp_init([2, 3, 2], rng)
    states = optimizer_init(params, momentum_init)

    moved, _ = optimizer_update(params, grads, states, momentum_step, lr=0.5, momentum=0.0)

    assert_allclose(moved[1][0], params[1][0] - 0.5 * grads[1][0], rtol=1e-15)


def test_separable_classes_are_learned(blobs, rng):
    X, y = blobs

    params, history = train(
        mlp_init([2, 8, 2], rng), blobs, rng=rng, n_epochs=40, batch_size=16, lr=0.01
    )

    assert (mlp_forward(X, params)[0].argmax(axis=1) == y).mean() > 0.97
    assert history["train_loss"][-1] < 0.2 * history["train_loss"][0]


def test_train_loss_is_the_mean_over_examples_not_batches(blobs, rng):
    params = mlp_init([2, 8, 2], rng)

    _, whole = train(params, blobs, rng=rng, n_epochs=1, batch_size=80, lr=0.0)
    _, ragged = train(params, blobs, rng=rng, n_epochs=1, batch_size=33, lr=0.0)

    assert_allclose(ragged["train_loss"], whole["train_loss"], rtol=1e-13)


def test_learning_rate_zero_leaves_the_parameters(blobs, rng):
    params = mlp_init([2, 8, 2], rng)

    after, _ = train(params, blobs, rng=rng, n_epochs=2, lr=0.0)

    assert_array_equal(after[0][0], params[0][0])


def test_schedule_is_asked_at_every_update(blobs, rng):
    asked = []

    def schedule(step):
        asked.append(step)
        return exponential_decay(step, lr=0.1, gamma=0.5)

    train(mlp_init([2, 2], rng), blobs, rng=rng, n_epochs=2, batch_size=40, lr=schedule)

    assert asked == [0, 1, 2, 3]


def test_one_seed_gives_one_training(blobs):
    first, second = (
        train(
            mlp_init([2, 4, 2], np.random.default_rng(1)),
            blobs,
            rng=np.random.default_rng(2),
            n_epochs=3,
            batch_size=16,
        )
        for _ in range(2)
    )

    assert first[1] == second[1]


def test_patience_brings_back_the_best_epoch(rng):
    # Six examples of pure noise: the training loss falls and the validation loss soon rises.
    X, y = rng.normal(size=(26, 10)), rng.integers(0, 2, 26)
    train_set, val_set = (X[:6], y[:6]), (X[6:], y[6:])
    settings = {"n_epochs": 200, "lr": 0.02}

    params, history = train(
        mlp_init([10, 32, 2], rng), train_set, val_set, rng=rng, patience=5, **settings
    )

    losses = history["val_loss"]
    assert len(losses) < 200
    assert len(losses) == np.argmin(losses) + 6
    _, again = train(params, train_set, val_set, rng=rng, n_epochs=1, lr=0.0)
    assert_allclose(again["val_loss"], [min(losses)], rtol=1e-14)


def test_regression_with_another_optimizer_and_loss(rng):
    X = rng.normal(size=(64, 2))
    y = X @ np.array([[2.0], [-1.0]]) + 3

    params, _ = train(
        mlp_init([2, 1], rng), (X, y), rng=rng, n_epochs=200, lr=0.1, optimizer=SGD, loss=MSE
    )

    assert_allclose(params[0][0], [[2], [-1]], atol=1e-6)
    assert_allclose(params[0][1], [3], atol=1e-6)


def test_float32_stays_float32(blobs, rng):
    X, y = blobs

    params, _ = train(
        mlp_init([2, 4, 2], rng, dtype=np.float32), (X.astype("f4"), y), rng=rng, n_epochs=1
    )

    assert {array.dtype for pair in params for array in pair} == {np.dtype("f4")}


def test_arguments_are_left_as_they_were(blobs, rng):
    params = mlp_init([2, 4, 2], rng)
    before = [array.copy() for pair in params for array in pair] + [blobs[0].copy()]

    train(params, blobs, rng=rng, n_epochs=2, lr=0.1)

    after = [array for pair in params for array in pair] + [blobs[0]]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize(
    "settings", [{"n_epochs": -1}, {"n_epochs": 1, "patience": 3}], ids=["epochs", "patience"]
)
def test_impossible_request_is_refused(blobs, rng, settings):
    with pytest.raises(ValueError, match="need n_epochs >= 0, examples, and a validation set"):
        train(mlp_init([2, 2], rng), blobs, rng=rng, **settings)


def test_empty_training_set_is_refused(rng):
    with pytest.raises(ValueError, match="0 examples"):
        train(mlp_init([2, 2], rng), (np.empty((0, 2)), np.empty(0, int)), rng=rng, n_epochs=1)
