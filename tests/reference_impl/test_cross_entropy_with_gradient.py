"""Tests of reference_impl.cross_entropy_with_gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.cross_entropy import softmax_cross_entropy, softmax_cross_entropy_backward
from reference_impl.cross_entropy_with_gradient import softmax_cross_entropy_with_gradient
from reference_impl.gradient_check import numerical_gradient


def test_equal_scores_cost_log_c():
    # Softmax of equal scores is 1/4 each; the gradient (1/4 - onehot) / 2.
    loss, dlogits = softmax_cross_entropy_with_gradient(np.zeros((2, 4)), np.array([0, 3]))

    assert_allclose(loss, np.log(4), rtol=1e-15)
    assert_allclose(dlogits * 8, [[-3, 1, 1, 1], [1, 1, 1, -3]], rtol=1e-15)


def test_gradient_matches_numerical_gradient(rng):
    logits, labels = rng.normal(size=(3, 4)), np.array([0, 3, 3])

    _, dlogits = softmax_cross_entropy_with_gradient(logits, labels)

    want = numerical_gradient(lambda z: softmax_cross_entropy_with_gradient(z, labels)[0], logits)
    assert_allclose(dlogits, want, atol=1e-9)


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 99))
def test_pair_is_the_loss_and_its_backward(n_examples, n_classes, seed):
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=10, size=(n_examples, n_classes))
    labels = rng.integers(0, n_classes, n_examples)

    loss, dlogits = softmax_cross_entropy_with_gradient(logits, labels)

    assert_allclose(loss, softmax_cross_entropy(logits, labels), rtol=1e-12, atol=1e-15)
    assert_allclose(dlogits, softmax_cross_entropy_backward(logits, labels), rtol=1e-12, atol=1e-16)


@given(st.floats(-1e4, 1e4))
def test_shift_changes_next_to_nothing(shift):
    logits, labels = np.array([[1.0, -2.0, 0.5]]), np.array([2])

    shifted, _ = softmax_cross_entropy_with_gradient(logits + shift, labels)

    assert_allclose(shifted, softmax_cross_entropy_with_gradient(logits, labels)[0], rtol=1e-11)


def test_hopeless_example_costs_its_margin():
    loss, dlogits = softmax_cross_entropy_with_gradient(np.array([[0.0, 1e4]]), np.array([0]))

    assert loss == 1e4
    assert_array_equal(dlogits, [[-1, 1]])


@pytest.mark.parametrize("kind, want", [("f4", "f4"), ("f8", "f8"), ("i8", "f8"), ("u1", "f8")])
def test_floats_keep_their_kind_and_integers_become_float64(kind, want):
    _, dlogits = softmax_cross_entropy_with_gradient(np.array([[3, 200]], kind), np.array([0]))

    assert dlogits.dtype == want
    assert_allclose(dlogits, [[-1, 1]], rtol=1e-6)


def test_arguments_are_left_as_they_were():
    logits, labels = np.array([[1.0, 2.0]]), np.array([0])

    softmax_cross_entropy_with_gradient(logits, labels)

    assert_array_equal(logits, [[1, 2]])
    assert_array_equal(labels, [0])


@pytest.mark.parametrize("labels", [[2], [-1], [0.0]])
def test_label_out_of_range_is_refused(labels):
    with pytest.raises(ValueError, match=r"labels must be integers in \[0, 2\), got"):
        softmax_cross_entropy_with_gradient(np.zeros((1, 2)), np.array(labels))


@pytest.mark.parametrize("shape", [(2,), (0, 2), (2, 0), (2, 3, 1)], ids=str)
def test_logits_of_another_form_are_refused(shape):
    with pytest.raises(ValueError, match=r"need \(N, C\) and \(N,\), not empty, got"):
        softmax_cross_entropy_with_gradient(np.zeros(shape), np.zeros(shape[:1], int))


def test_column_of_labels_is_refused():
    with pytest.raises(ValueError, match=r"got \(3, 2\) and \(3, 1\)"):
        softmax_cross_entropy_with_gradient(np.zeros((3, 2)), np.zeros((3, 1), int))
