"""Tests of reference_impl.sgd by hand; test_optimizers has what every optimizer must do."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from reference_impl.sgd import (
    damped_momentum_init,
    damped_momentum_step,
    momentum_init,
    momentum_step,
    nesterov_init,
    nesterov_step,
    sgd_init,
    sgd_step,
)


def test_step_is_the_learning_rate_times_the_gradient():
    # 0.5 - 0.01 * 0.1 = 0.499 and 0.3 - 0.01 * 0.2 = 0.298.
    param, _ = sgd_step(np.array([0.5, 0.3]), np.array([0.1, 0.2]), {"step": 0}, lr=0.01)

    assert_allclose(param, [0.499, 0.298], rtol=1e-15)


@pytest.mark.parametrize("lr, shrinks", [(0.199, True), (0.201, False)])
def test_largest_stable_learning_rate_is_two_over_the_curvature(lr, shrinks):
    # f(w) = 5 w² has curvature 10: w is multiplied by 1 - 10 lr at each step.
    param, state = np.array([1.0]), sgd_init(np.array([1.0]))

    for _ in range(50):
        param, state = sgd_step(param, 10 * param, state, lr=lr)

    assert (abs(param[0]) < 1) == shrinks


def test_velocity_of_three_unit_gradients():
    # v = 1, 1.9, 2.71; w = -0.1 * (1 + 1.9 + 2.71) = -0.561.
    param, state = np.array(0.0), momentum_init(np.array(0.0))

    for _ in range(3):
        param, state = momentum_step(param, np.array(1.0), state, lr=0.1, momentum=0.9)

    assert_allclose(state["velocity"], 2.71, rtol=1e-15)
    assert_allclose(param, -0.561, rtol=1e-15)


def test_constant_gradient_reaches_one_over_one_minus_momentum():
    param, state = np.array(0.0), momentum_init(np.array(0.0))

    for _ in range(400):
        param, state = momentum_step(param, np.array(1.0), state, momentum=0.9)

    assert_allclose(state["velocity"], 10, rtol=1e-12)


def test_momentum_zero_is_plain_gradient_descent(rng):
    param, grad = rng.normal(size=3), rng.normal(size=3)

    plain, _ = sgd_step(param, grad, sgd_init(param), lr=0.3)
    momentum, _ = momentum_step(param, grad, momentum_init(param), lr=0.3, momentum=0.0)
    nesterov, _ = nesterov_step(param, grad, nesterov_init(param), lr=0.3, momentum=0.0)

    assert_allclose([momentum, nesterov], [plain, plain], rtol=1e-15)


def test_dampening_spares_the_first_gradient():
    # v = 2, then 0.5 * 2 + (1 - 0.75) * 4 = 2.
    param, state = np.array(0.0), damped_momentum_init(np.array(0.0))
    settings = {"lr": 0.1, "momentum": 0.5, "dampening": 0.75}

    param, state = damped_momentum_step(param, np.array(2.0), state, **settings)
    param, state = damped_momentum_step(param, np.array(4.0), state, **settings)

    assert_allclose(state["velocity"], 2, rtol=1e-15)
    assert_allclose(param, -0.4, rtol=1e-15)


def test_no_dampening_is_momentum(rng):
    param, grads = rng.normal(size=3), rng.normal(size=(4, 3))
    damped, state = param, damped_momentum_init(param)
    plain, plain_state = param, momentum_init(param)

    for grad in grads:
        damped, state = damped_momentum_step(damped, grad, state, dampening=0.0)
        plain, plain_state = momentum_step(plain, grad, plain_state)

    assert_allclose(damped, plain, rtol=1e-15)


def test_nesterov_adds_the_velocity_of_the_next_step():
    # v = 1: w = -0.1 * (1 + 0.9 * 1) = -0.19; v = 1.9: w = -0.19 - 0.1 * (1 + 0.9 * 1.9) = -0.461.
    param, state = np.array(0.0), nesterov_init(np.array(0.0))

    for _ in range(2):
        param, state = nesterov_step(param, np.array(1.0), state, lr=0.1, momentum=0.9)

    assert_allclose(param, -0.461, rtol=1e-15)


def test_nesterov_walks_the_look_ahead_points_of_the_original():
    def slope(w):
        return w**3 + 2 * w

    lr, momentum = 0.05, 0.8
    w, velocity = np.array(1.5), np.array(0.0)
    param, state = w, nesterov_init(w)

    for _ in range(5):
        velocity = momentum * velocity + slope(w - lr * momentum * velocity)
        w = w - lr * velocity
        param, state = nesterov_step(param, slope(param), state, lr=lr, momentum=momentum)

    assert_allclose(param, w - lr * momentum * velocity, rtol=1e-14)
