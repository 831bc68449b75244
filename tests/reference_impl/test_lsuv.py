"""Tests of reference_impl.lsuv."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.lsuv import lsuv
from reference_impl.mlp import mlp_forward, mlp_init


def test_one_weight_by_hand():
    # Outputs 4 and 12 have standard deviation 4: the weight becomes 4 / 4.
    [(W, _)] = lsuv([(np.array([[4.0]]), np.zeros(1))], np.array([[1.0], [3.0]]))

    assert_array_equal(W, [[1]])


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
def test_every_layer_gets_unit_variance(rng, hidden):
    X, params = 100 * rng.normal(size=(64, 20)), mlp_init([20, 30, 30, 5], rng)

    _, caches = mlp_forward(X, lsuv(params, X, hidden=hidden), hidden=hidden)

    assert_allclose([Z.std() for _, _, Z, _, _ in caches], 1, atol=0.01)


def test_unit_variance_is_reached_with_biases_too(rng):
    X = rng.normal(size=(64, 20))
    params = [(50 * W, 0.3 * rng.normal(size=b.shape)) for W, b in mlp_init([20, 30, 5], rng)]

    _, caches = mlp_forward(X, lsuv(params, X, max_tries=50))

    assert_allclose([Z.std() for _, _, Z, _, _ in caches], 1, atol=0.01)


def test_parameters_are_left_as_they_were(rng):
    X, params = rng.normal(size=(8, 3)), mlp_init([3, 4, 2], rng)
    before = [W.copy() for W, _ in params]

    lsuv(params, X)

    assert all(np.array_equal(a, W) for a, (W, _) in zip(before, params, strict=True))


@pytest.mark.parametrize("weight", [0.0, np.inf, np.nan])
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_layer_without_a_spread_is_refused(weight):
    with pytest.raises(ValueError, match="outputs of layer 0 have standard deviation"):
        lsuv([(np.full((1, 1), weight), np.zeros(1))], np.array([[1.0], [3.0]]))


@pytest.mark.parametrize("settings", [{"hidden": "step"}, {"tol": 0.0}, {"tol": np.nan}])
def test_unknown_activation_and_bad_tolerance_are_refused(settings):
    with pytest.raises(ValueError, match=r"need 0 < tol < inf and .*, got"):
        lsuv([(np.ones((1, 1)), np.zeros(1))], np.array([[1.0], [3.0]]), **settings)
