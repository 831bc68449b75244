"""The answers of lesson 05 that are smaller than their functions in `reference_impl`."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.examine import examine
from grader.exercises import registry
from grader.exercises.initialization import by_hand, debug_he, experiments, fans, schemes
from grader.notebook_subject import NotebookSubject
from reference_impl import initializers

SHAPE = (13, 29)


@pytest.mark.parametrize("name", ["he_normal", "glorot_normal", "glorot_uniform"])
def test_a_scheme_is_the_reference(name):
    answer = getattr(schemes, name)(SHAPE, np.random.default_rng(5))

    assert_allclose(answer, getattr(initializers, name)(SHAPE, np.random.default_rng(5)))


@pytest.mark.parametrize(
    ("shape", "layout"), [(SHAPE, "in_out"), (SHAPE, "out_in"), ((8, 3, 5, 2), "oihw")]
)
def test_fans_are_the_reference(shape, layout):
    assert fans.compute_fans(shape, layout) == initializers.compute_fans(shape, layout)


def test_outputs_first_is_the_reference():
    answer = debug_he.debug_he_initialization(SHAPE, np.random.default_rng(5))

    expected = initializers.he_normal(SHAPE, np.random.default_rng(5), layout="out_in")
    assert_allclose(answer, expected)


def test_output_bias_is_the_reference():
    assert_allclose(by_hand.init_output_bias(0.03), initializers.output_bias_prior(0.03))


def test_three_scales_follow_the_formulas():
    expected = np.sqrt([2 / 784, 2 / 1040, 6 / 1040])

    assert_allclose(by_hand.three_scales(), expected, rtol=2e-6)


def test_scaled_layers_have_deviation_one(rng):
    X, weights = rng.normal(size=(40, 9)), [rng.normal(size=(9, 12)), 5 * rng.normal(size=(12, 7))]

    first, second = experiments.scale_layers(X, weights)

    assert_allclose((X @ first).std(), 1)
    assert_allclose((np.maximum(X @ first, 0) @ second).std(), 1)


@pytest.mark.parametrize("name", ["he_normal", "glorot_normal", "glorot_uniform"])
@pytest.mark.parametrize("value", [np.inf, np.nan, 1j])
def test_weights_without_statistics_are_no_weights(name, value):
    def answer(shape, rng):
        return rng.normal(size=shape) * value

    exercise = registry()[name]

    assert examine(exercise, NotebookSubject({name: answer}), 7).points == 0


def test_an_object_with_the_right_statistics_is_no_array():
    class Weights:
        def __init__(self, shape):
            self.shape = shape

        std = mean = max = __abs__ = __array__ = lambda self, *args, **kwargs: np.float64(0.1)

    def answer(shape, rng):
        return Weights(shape)

    assert examine(registry()["he_normal"], NotebookSubject({"he_normal": answer}), 7).points == 0
