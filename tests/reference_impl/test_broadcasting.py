"""Tests of reference_impl.broadcasting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.broadcasting import unbroadcast
from reference_impl.gradient_check import numerical_gradient

PAIRS = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=4)


def test_bias_gradient_is_the_sum_of_the_rows():
    # Column sums of [[1, 2], [3, 4]] are 4 and 6.
    assert_array_equal(unbroadcast([[1.0, 2.0], [3.0, 4.0]], (2,)), [4, 6])


def test_number_collects_the_whole_gradient():
    assert_array_equal(unbroadcast([[1.0, 2.0], [3.0, 4.0]], ()), 10)


@pytest.mark.parametrize("shape", [(1, 4, 3), (2, 1, 3), (2, 4, 1), (4, 1), (3,), (1, 1, 1), ()])
def test_gradient_matches_numerical_gradient(rng, shape):
    x, upstream = rng.normal(size=shape), rng.normal(size=(2, 4, 3))

    want = numerical_gradient(lambda x: x + np.zeros((2, 4, 3)), x, upstream)

    assert_allclose(unbroadcast(upstream, shape), want, atol=1e-8)


@given(PAIRS)
def test_any_broadcast_counts_its_copies(shapes):
    copies = np.broadcast_to(1.0, shapes.result_shape)

    for shape in shapes.input_shapes:
        summed = unbroadcast(copies, shape)
        assert summed.shape == shape
        assert_array_equal(summed * np.prod(shape), np.full(shape, float(copies.size)))


@given(PAIRS)
def test_total_of_the_gradient_is_kept(shapes):
    grad = np.arange(np.prod(shapes.result_shape), dtype=float).reshape(shapes.result_shape)

    assert unbroadcast(grad, shapes.input_shapes[0]).sum() == grad.sum()


def test_equal_shapes_give_an_equal_copy():
    grad = np.ones((2, 3))

    summed = unbroadcast(grad, (2, 3))

    assert_array_equal(summed, grad)
    assert not np.shares_memory(summed, grad)


@pytest.mark.parametrize("kind, want", [("f4", "f4"), ("f8", "f8"), ("i8", "f8"), ("u1", "f8")])
def test_floats_keep_their_kind_and_integers_become_float64(kind, want):
    assert unbroadcast(np.ones((2, 3), kind), (3,)).dtype == want


def test_gradient_is_left_as_it_was():
    grad = np.ones((2, 3))

    unbroadcast(grad, (3,))

    assert_array_equal(grad, np.ones((2, 3)))


@pytest.mark.parametrize("shape", [(2,), (3, 1), (2, 3, 1), (4, 2, 3)], ids=str)
def test_shape_that_does_not_broadcast_is_refused(shape):
    with pytest.raises(ValueError, match=r"does not broadcast to \(2, 3\)"):
        unbroadcast(np.ones((2, 3)), shape)
