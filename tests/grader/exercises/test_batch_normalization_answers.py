"""The answers of lesson 07 are those of the library, on random input."""

import numpy as np
from numpy.testing import assert_allclose

from grader.exercises import registry
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
