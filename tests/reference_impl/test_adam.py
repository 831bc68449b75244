"""Tests of reference_impl.adam by hand; test_optimizers has what every optimizer must do."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from reference_impl.adam import (
    adam_init,
    adam_step,
    adamw_init,
    adamw_step,
    amsgrad_init,
    amsgrad_step,
)


@pytest.mark.parametrize("grad", [1e-3, 1.0, -250.0])
def test_first_step_is_the_learning_rate_whatever_the_gradient(grad):
    param, _ = adam_step(np.array(0.0), np.array(grad), adam_init(0.0), lr=0.1)

    assert_allclose(param, -0.1 * np.sign(grad), rtol=2e-5)


def test_two_steps():
    # mean 2, 2.5; variance 4, 4; corrections 1/2 and 3/4, 1/4 and 7/16.
    # w = -4 / 4 - (2.5 / 0.75) / sqrt(4 / 0.4375).
    param, state = np.array(0.0), adam_init(np.array(0.0))

    for grad in (4.0, 3.0):
        grad = np.array(grad)
        param, state = adam_step(param, grad, state, lr=1.0, beta1=0.5, beta2=0.75, eps=0.0)

    variance = 0.75 * 4 + 0.25 * 9
    assert_allclose(state["mean"], 2.5, rtol=1e-15)
    assert_allclose(state["variance"], variance, rtol=1e-15)
    assert_allclose(param, -1 - (2.5 / 0.75) / np.sqrt(variance / 0.4375), rtol=1e-15)


def test_epsilon_stands_outside_the_root():
    # 1e-6 / (1e-6 + 1e-8) = 1 / 1.01; inside the root the step would be 100 times smaller.
    param, _ = adam_step(np.array(0.0), np.array(1e-6), adam_init(0.0), lr=0.1, eps=1e-8)

    assert_allclose(param, -0.1 / 1.01, rtol=1e-14)


def test_amsgrad_remembers_the_largest_variance():
    # Variances 2 and 1 with beta2 = 0.5; the second step still divides by the root of 2.
    param, state = np.array(0.0), amsgrad_init(np.array(0.0))
    settings = {"lr": 1.0, "beta1": 0.0, "beta2": 0.5, "eps": 0.0}

    first, state = amsgrad_step(param, np.array(2.0), state, **settings)
    second, state = amsgrad_step(first, np.array(0.5), state, **settings)

    assert_allclose(state["max_variance"], 2, rtol=1e-15)
    assert_allclose(second - first, -0.5 / np.sqrt(2 / 0.75), rtol=1e-14)


def test_decay_of_adamw_is_outside_the_adaptive_part():
    # 2 * (1 - 0.1 * 0.1) = 1.98, less one step of 0.1; decay in the gradient would give 1.90.
    param, _ = adamw_step(np.array(2.0), np.array(0.001), adamw_init(2.0), lr=0.1, weight_decay=0.1)

    assert_allclose(param, 1.88, atol=1e-5)


def test_adamw_without_decay_is_adam(rng):
    param, grads = rng.normal(size=3), rng.normal(size=(4, 3))
    plain, state = param, adam_init(param)
    decoupled, decoupled_state = param, adamw_init(param)

    for grad in grads:
        plain, state = adam_step(plain, grad, state)
        decoupled, decoupled_state = adamw_step(decoupled, grad, decoupled_state, weight_decay=0.0)

    assert_allclose(decoupled, plain, rtol=1e-15)
