"""The answers of lesson 08 say the same as the reference."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from grader.exercises import registry
from reference_impl import metrics, preprocessing
from reference_impl.mlp import mlp_init
from reference_impl.optimizers import sgd_init, sgd_step
from reference_impl.training import optimizer_init, train_step


def answer(name):
    return registry()[name].reference


@pytest.fixture
def rng():
    return np.random.default_rng(8)


@pytest.fixture
def pair(rng):
    """Predicted and true labels, 0 or 1."""
    return rng.integers(0, 2, 50), rng.integers(0, 2, 50)


def test_confusion_matrix(rng):
    pred, target = rng.integers(0, 5, 60), rng.integers(0, 5, 60)

    got = answer("confusion_matrix")(pred, target, 5)

    assert_array_equal(got, metrics.confusion_matrix(pred, target, 5))


def test_precision_recall_f1(pair):
    want = metrics.precision(*pair), metrics.recall(*pair), metrics.f1_score(*pair)

    assert_allclose(answer("precision_recall_f1")(*pair), want)


def test_worst_class_has_the_lowest_recall(rng):
    pred, target = rng.integers(0, 3, 80), rng.integers(0, 3, 80)

    _, lowest, _ = answer("worst_class")(metrics.confusion_matrix(pred, target, 3))

    assert_allclose(lowest, min(metrics.recall(pred, target, positive=k) for k in range(3)))


def test_average_precision(rng, pair):
    scores = rng.normal(size=50)

    got = answer("average_precision")(scores, pair[1])

    assert_allclose(got, metrics.average_precision(scores, pair[1]))


def test_standardise_splits(rng):
    X_train, X_val = rng.normal(3, 2, (20, 4)), rng.normal(3, 2, (7, 4))
    fitted = preprocessing.fit_standardiser(X_train)

    got = answer("standardise_splits")(X_train, X_val)

    assert_allclose(got[0], preprocessing.standardise(X_train, *fitted))
    assert_allclose(got[1], preprocessing.standardise(X_val, *fitted))


def test_overfit_losses(rng):
    X, y, params = rng.normal(size=(20, 6)), rng.integers(0, 4, 20), mlp_init([6, 8, 4], rng)
    (W1, b1), (W2, b2) = params
    got = answer("overfit_losses")(X, y, W1, b1, W2, b2, 0.3, 5)

    states, want = optimizer_init(params, sgd_init), []
    for _ in range(5):
        params, states, loss = train_step(params, states, X, y, lr=0.3, step=sgd_step)
        want.append(loss)

    assert_allclose(got, want)


def test_r_squared_of_the_linear_baseline_is_at_least_that_of_the_mean(rng):
    X, y = rng.normal(size=(30, 3)), rng.normal(size=30)

    pred = answer("linear_baseline")(X, y, X)

    assert answer("r_squared")(pred, y) > 0
    assert_allclose(answer("r_squared")(np.full(30, y.mean()), y), 0, atol=1e-12)


def test_the_mended_script_learns_and_the_broken_one_does_not():
    exercise = registry()["debug_training_script"]
    rng = np.random.default_rng(0)
    centres, y = 2 * rng.normal(size=(4, 5)), np.arange(200) % 4
    X = centres[y] + rng.normal(size=(200, 5)) + 3
    orders = [rng.permutation(200) for _ in range(10)]
    rest = (X, np.zeros((5, 4)), np.zeros(4), orders, 0.1)

    shares = [
        (run(X, y, *rest)[1].argmax(axis=1) == y).mean()
        for run in (exercise.reference, exercise.starts_from)
    ]

    assert shares[0] > 0.85
    assert shares[1] < 0.6
