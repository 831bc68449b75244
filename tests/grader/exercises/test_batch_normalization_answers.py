"""The answers of lesson 07 are those of the library, on random input."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.examine import examine
from grader.exercises import registry
from grader.notebook_subject import NotebookSubject
from reference_impl import batchnorm, batchnorm2d, layernorm

RNG = np.random.default_rng(0)
X, DOUT = 3 * RNG.normal(size=(6, 3)) + 2, RNG.normal(size=(6, 3))
GAMMA, BETA, MEAN = RNG.uniform(0.5, 2, size=3), RNG.normal(size=3), RNG.normal(size=3)
VAR = RNG.uniform(0.5, 2, size=3)
TRAINED = batchnorm.batchnorm_forward(X, GAMMA, BETA, MEAN, VAR, training=True)


def answer(name):
    return registry()[name].reference


def test_training_agrees_with_the_library():
    assert_allclose(answer("batchnorm_train")(X, GAMMA, BETA, 1e-5)[0], TRAINED[0])


def test_running_statistics_agree_with_the_library():
    mean, var = answer("update_running")(MEAN, VAR, X, 0.1)

    assert_allclose(mean, TRAINED[2])
    assert_allclose(var, TRAINED[3])


def test_evaluation_agrees_with_the_library():
    expected = batchnorm.batchnorm_forward(X, GAMMA, BETA, MEAN, VAR, training=False)[0]

    assert_allclose(answer("batchnorm_eval")(X, GAMMA, BETA, MEAN, VAR, 1e-5), expected)
    out = answer("debug_batchnorm_modes")(X, GAMMA, BETA, MEAN, VAR, False)[0]
    assert_allclose(out, expected)


def test_gradients_agree_with_the_library():
    _, cache = answer("batchnorm_train")(X, GAMMA, BETA, 1e-5)
    expected = batchnorm.batchnorm_backward(DOUT, TRAINED[1])

    for got, want in zip(answer("batchnorm_backward")(DOUT, cache), expected, strict=True):
        assert_allclose(got, want, atol=1e-12)
    assert_allclose(answer("batchnorm_backward_fast")(DOUT, cache), expected[0], atol=1e-12)


def test_folding_agrees_with_the_library():
    W, b = RNG.normal(size=(4, 3)), RNG.normal(size=3)

    got = answer("fold_batchnorm")(W, b, GAMMA, BETA, MEAN, VAR, 1e-5)

    for one, other in zip(got, batchnorm.fold_batchnorm(W, b, GAMMA, BETA, MEAN, VAR), strict=True):
        assert_allclose(one, other)


def test_neighbours_agree_with_the_library():
    images = RNG.normal(size=(4, 3, 2, 5))
    expected = batchnorm2d.batchnorm2d_forward(images, GAMMA, BETA, MEAN, VAR, training=True)[0]

    assert_allclose(answer("batchnorm2d_train")(images, GAMMA, BETA, 1e-5), expected)
    layer = layernorm.layernorm_forward(X, GAMMA, BETA, eps=1e-5)[0]
    assert_allclose(answer("layernorm_forward")(X, GAMMA, BETA, 1e-5), layer)
    rms = layernorm.rmsnorm_forward(X, GAMMA, eps=1e-5)[0]
    assert_allclose(answer("rmsnorm_forward")(X, GAMMA, 1e-5), rms)


def test_class_agrees_with_the_library():
    layer = answer("BatchNorm")(3)
    layer.gamma, layer.beta = GAMMA, BETA
    layer.running_mean, layer.running_var = MEAN, VAR

    assert_allclose(layer.forward(X), TRAINED[0])
    assert_allclose(layer.backward(DOUT)[0], batchnorm.batchnorm_backward(DOUT, TRAINED[1])[0])
    assert_allclose((layer.running_mean, layer.running_var), TRAINED[2:])


def said(name, learners):
    """Return what the card says about the first case."""
    return examine(registry()[name], NotebookSubject({name: learners})).reports[0].problem


@pytest.mark.parametrize(
    "returned, words",
    [
        (None, "returned None; is there a `return`?"),
        (0.0, "batch 1: mean_new should be a NumPy array; it returned 0"),
        ("yes", "batch 1: mean_new should be a NumPy array; it returned 'yes'"),
        ((MEAN, VAR, X), "batch 1: mean_new should be a NumPy array; it returned a"),
    ],
)
def test_buffers_of_the_wrong_form_are_named(returned, words):
    assert said("update_running", lambda *_: returned).startswith(words)


@pytest.mark.parametrize("returned", [None, 0.0, (X, X)])
def test_gradients_of_the_wrong_form_are_named(returned):
    class Half(answer("BatchNorm")):
        def backward(self, dout):
            return returned

    assert said("BatchNorm", Half).startswith("dX should be a NumPy array; it ret")


def test_an_output_that_is_missing_is_named():
    class Silent(answer("BatchNorm")):
        def forward(self, X):
            super().forward(X)

    assert said("BatchNorm", Silent) == (
        "output of batch 1 should be a NumPy array; it returned None"
    )


def test_a_missing_attribute_is_named_without_a_line_that_is_not_the_learners():
    class Forgetful(answer("BatchNorm")):
        def __init__(self, n_features):
            super().__init__(n_features)
            del self.gamma

    problem = said("BatchNorm", Forgetful)

    assert problem == "raised AttributeError: 'Forgetful' object has no attribute 'gamma'"
