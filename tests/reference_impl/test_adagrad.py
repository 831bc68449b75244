"""Tests of reference_impl.adagrad by hand; test_optimizers has what every optimizer must do."""

import numpy as np
from numpy.testing import assert_allclose

from reference_impl.adagrad import adadelta_init, adadelta_step, adagrad_init, adagrad_step


def test_two_steps_of_adagrad():
    # Sums of squares 9 and 25: w = -0.1 * (3 / 3 + 4 / 5) = -0.18.
    param, state = np.array(0.0), adagrad_init(np.array(0.0))

    for grad in (3.0, 4.0):
        param, state = adagrad_step(param, np.array(grad), state, lr=0.1, eps=0.0)

    assert_allclose(param, -0.18, rtol=1e-15)


def test_adagrad_slows_down_with_the_root_of_the_step():
    # Under a constant gradient step 100 is lr / sqrt(100).
    before, state = np.array(0.0), adagrad_init(np.array(0.0))
    for _ in range(99):
        before, state = adagrad_step(before, np.array(5.0), state, lr=1.0, eps=0.0)

    after, _ = adagrad_step(before, np.array(5.0), state, lr=1.0, eps=0.0)

    assert_allclose(before - after, 0.1, rtol=1e-13)


def test_epsilon_of_adagrad_stands_outside_the_root():
    # 3 / (3 + 1) = 0.75; inside it would be 3 / sqrt(10).
    param, _ = adagrad_step(np.array(0.0), np.array(3.0), adagrad_init(0.0), lr=1.0, eps=1.0)

    assert_allclose(param, -0.75, rtol=1e-15)


def test_two_steps_of_adadelta():
    # Variance 2: change 2 * sqrt(1 / 3). Its mean square 2/3, variance 1 + 2 = 3 for a second
    # gradient 2: change 2 * sqrt((2/3 + 1) / (3 + 1)).
    param, state = np.array(0.0), adadelta_init(np.array(0.0))

    for _ in range(2):
        param, state = adadelta_step(param, np.array(2.0), state, decay=0.5, eps=1.0)

    assert_allclose(param, -2 * np.sqrt(1 / 3) - 2 * np.sqrt((5 / 3) / 4), rtol=1e-15)
