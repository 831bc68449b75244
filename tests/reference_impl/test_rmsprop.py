"""Tests of reference_impl.rmsprop by hand; test_optimizers has what every optimizer must do."""

import numpy as np
from numpy.testing import assert_allclose

from reference_impl.rmsprop import (
    centred_rmsprop_init,
    centred_rmsprop_step,
    rmsprop_init,
    rmsprop_momentum_init,
    rmsprop_momentum_step,
    rmsprop_step,
)


def test_two_steps_of_rmsprop():
    # Variance 0.5 * 16 = 8, then 0.5 * 8 + 0.5 * 4 = 6: w = -4 / sqrt(8) - 2 / sqrt(6).
    param, state = np.array(0.0), rmsprop_init(np.array(0.0))

    for grad in (4.0, 2.0):
        param, state = rmsprop_step(param, np.array(grad), state, lr=1.0, decay=0.5, eps=0.0)

    assert_allclose(param, -4 / np.sqrt(8) - 2 / np.sqrt(6), rtol=1e-15)


def test_epsilon_stands_outside_the_root():
    # Variance 9: 3 / (3 + 1); inside it would be 3 / sqrt(10).
    param, _ = rmsprop_step(
        np.array(0.0), np.array(3.0), rmsprop_init(0.0), lr=1.0, decay=0.0, eps=1.0
    )

    assert_allclose(param, -0.75, rtol=1e-15)


def test_constant_gradient_keeps_its_step():
    # What AdaGrad loses: the average settles at the square, the step at lr.
    param, state = np.array(0.0), rmsprop_init(np.array(0.0))
    for _ in range(500):
        param, state = rmsprop_step(param, np.array(5.0), state, lr=1.0, decay=0.9)

    after, _ = rmsprop_step(param, np.array(5.0), state, lr=1.0, decay=0.9)

    assert_allclose(param - after, 1, rtol=1e-8)


def test_centred_step_divides_by_the_spread():
    # Mean 0.5 * 4 = 2, mean square 0.5 * 16 = 8: spread sqrt(8 - 4) = 2.
    param, _ = centred_rmsprop_step(
        np.array(0.0), np.array(4.0), centred_rmsprop_init(0.0), lr=1.0, decay=0.5, eps=0.0
    )

    assert_allclose(param, -2, rtol=1e-15)


def test_rounding_of_a_constant_gradient_gives_no_nan():
    param, state = np.array(0.0, "f4"), centred_rmsprop_init(np.array(0.0, "f4"))

    for _ in range(300):
        param, state = centred_rmsprop_step(param, np.float32(0.1), state, decay=0.5)

    assert np.isfinite(param)


def test_velocity_sums_the_divided_gradients():
    # With decay 0 each divided gradient is 1: v = 1, then 0.5 + 1 = 1.5.
    param, state = np.array(0.0), rmsprop_momentum_init(np.array(0.0))
    settings = {"lr": 0.1, "decay": 0.0, "momentum": 0.5, "eps": 0.0}

    for grad in (3.0, 7.0):
        param, state = rmsprop_momentum_step(param, np.array(grad), state, **settings)

    assert_allclose(state["velocity"], 1.5, rtol=1e-15)
    assert_allclose(param, -0.25, rtol=1e-15)
