"""Tests of reference_impl.adam_variants by hand; test_optimizers has what all must do."""

import numpy as np
from numpy.testing import assert_allclose

from reference_impl.adam_variants import adamax_init, adamax_step, nadam_init, nadam_step


def test_first_step_of_nadam():
    # momentum_decay 0: mu is beta1 / 2 = 0.25 at every step, mean 0.5 * 4 = 2, variance hat 16.
    # (1 - 0.25) / (1 - 0.25) * 4 + 0.25 / (1 - 0.0625) * 2, divided by 4.
    param, state = nadam_step(
        np.array(0.0),
        np.array(4.0),
        nadam_init(0.0),
        lr=1.0,
        beta1=0.5,
        eps=0.0,
        momentum_decay=0.0,
    )

    assert_allclose(param, -(4 + 0.5 / 0.9375) / 4, rtol=1e-14)
    assert_allclose(state["mu_product"], 0.25, rtol=1e-15)


def test_largest_gradient_of_adamax_decays():
    # 4, then max(0.5 * 4, 1) = 2.
    param, state = np.array(0.0), adamax_init(np.array(0.0))
    settings = {"lr": 1.0, "beta1": 0.0, "beta2": 0.5, "eps": 0.0}

    for grad in (4.0, 1.0):
        param, state = adamax_step(param, np.array(grad), state, **settings)

    assert_allclose(state["largest"], 2, rtol=1e-15)
    assert_allclose(param, -1 - 1 / 2, rtol=1e-15)
