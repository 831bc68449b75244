"""Tests of reference_impl.mlp."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl.gradient_check import numerical_gradient
from reference_impl.initializers import glorot_normal
from reference_impl.mlp import ACTIVATIONS, mlp_backward, mlp_forward, mlp_init


def _net(rng, sizes):
    """Return parameters with biases away from 0."""
    return [(W, rng.normal(size=b.shape)) for W, b in mlp_init(sizes, rng)]


def test_two_layers_by_hand():
    # x = 4: hidden relu(4, -4) = (4, 0), output 4 * 2 + 0 * 3 + 1 = 9.
    # x = -5: hidden (0, 5), output 16.
    params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]

    out, _ = mlp_forward(np.array([[4.0], [-5.0]]), params)

    assert_array_equal(out, [[9], [16]])


def test_gradients_by_hand():
    # Unit 2 is off for x = 4, so its weights get no gradient; dW1 is x * 2 = 8, dW2 is (4, 0).
    params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
    _, caches = mlp_forward(np.array([[4.0]]), params)

    (dW1, db1), (dW2, db2) = mlp_backward(np.array([[1.0]]), caches)

    assert_array_equal(dW1, [[8, 0]])
    assert_array_equal(db1, [2, 0])
    assert_array_equal(dW2, [[4], [0]])
    assert_array_equal(db2, [1])


@pytest.mark.parametrize("hidden", sorted(ACTIVATIONS))
@pytest.mark.parametrize("sizes", [[3, 2], [3, 4, 2], [3, 5, 4, 2]], ids=str)
def test_gradients_match_numerical_gradients(rng, hidden, sizes):
    X, params, dOut = rng.normal(size=(6, 3)), _net(rng, sizes), rng.normal(size=(6, 2))
    _, caches = mlp_forward(X, params, hidden=hidden, output="tanh")

    grads = mlp_backward(dOut, caches)

    def out(layer, entry, value):
        changed = [list(pair) for pair in params]
        changed[layer][entry] = value
        return mlp_forward(X, changed, hidden=hidden, output="tanh")[0]

    want = [
        numerical_gradient(lambda value, at=(layer, entry): out(*at, value), pair[entry], dOut)
        for layer, pair in enumerate(params)
        for entry in (0, 1)
    ]
    got = [grad for pair in grads for grad in pair]
    for have, wanted in zip(got, want, strict=True):
        assert_allclose(have, wanted, rtol=1e-6, atol=1e-8)


@given(n_examples=st.integers(1, 6), seed=st.integers(0, 99))
def test_each_row_is_computed_alone(n_examples, seed):
    rng = np.random.default_rng(seed)
    X, params = rng.normal(size=(n_examples, 3)), _net(rng, [3, 4, 2])

    out, _ = mlp_forward(X, params)

    rows = [mlp_forward(row[None], params)[0][0] for row in X]
    assert_allclose(out, rows, rtol=1e-12, atol=1e-14)


@given(seed=st.integers(0, 99))
def test_gradient_is_linear_in_the_upstream_gradient(seed):
    rng = np.random.default_rng(seed)
    _, caches = mlp_forward(rng.normal(size=(5, 3)), _net(rng, [3, 4, 2]))
    dOut = rng.normal(size=(5, 2))

    once, twice = mlp_backward(dOut, caches), mlp_backward(2 * dOut, caches)

    assert_allclose(twice[0][0], 2 * once[0][0], rtol=1e-14)


def test_linear_layers_collapse_into_one(rng):
    X, params = rng.normal(size=(4, 3)), _net(rng, [3, 5, 2])
    (W1, b1), (W2, b2) = params

    out, _ = mlp_forward(X, params, hidden="identity")

    assert_allclose(out, X @ (W1 @ W2) + (b1 @ W2 + b2), rtol=1e-12)


def test_last_layer_is_not_activated(rng):
    out, _ = mlp_forward(rng.normal(size=(50, 3)), _net(rng, [3, 4, 2]))

    assert out.min() < 0


def test_empty_batch_has_gradients_zero(rng):
    out, caches = mlp_forward(np.empty((0, 3)), _net(rng, [3, 4, 2]))

    grads = mlp_backward(np.empty((0, 2)), caches)

    assert out.shape == (0, 2)
    assert_array_equal(grads[0][0], np.zeros((3, 4)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_keep_their_kind(rng, dtype):
    params = mlp_init([3, 4, 2], rng, dtype=dtype)

    out, caches = mlp_forward(rng.normal(size=(5, 3)).astype(dtype), params)
    grads = mlp_backward(np.ones((5, 2), dtype), caches)

    assert out.dtype == dtype
    assert {grad.dtype for pair in grads for grad in pair} == {np.dtype(dtype)}


def test_drawn_parameters_have_the_asked_form(rng):
    params = mlp_init([200, 300, 10], rng, initializer=glorot_normal)

    assert [W.shape for W, _ in params] == [(200, 300), (300, 10)]
    assert_allclose(params[0][0].std(), np.sqrt(2 / 500), rtol=0.02)
    assert not params[0][1].any()


def test_arguments_are_left_as_they_were(rng):
    X, params, dOut = rng.normal(size=(4, 3)), _net(rng, [3, 4, 2]), rng.normal(size=(4, 2))
    before = [X.copy(), dOut.copy(), *[array.copy() for pair in params for array in pair]]

    _, caches = mlp_forward(X, params)
    mlp_backward(dOut, caches)

    after = [X, dOut, *[array for pair in params for array in pair]]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("where", ["hidden", "output"])
def test_unknown_activation_is_refused(rng, where):
    with pytest.raises(ValueError, match=rf"activations of \['identity', .*{where}='step'"):
        mlp_forward(np.zeros((1, 3)), _net(rng, [3, 2]), **{where: "step"})


def test_network_without_layers_is_refused():
    with pytest.raises(ValueError, match="got 0 layers"):
        mlp_forward(np.zeros((1, 3)), [])


def test_input_of_another_width_is_refused(rng):
    with pytest.raises(ValueError, match=r"\(1, 4\)"):
        mlp_forward(np.zeros((1, 4)), _net(rng, [3, 2]))


def test_upstream_gradient_of_another_shape_is_refused(rng):
    _, caches = mlp_forward(np.zeros((5, 3)), _net(rng, [3, 1]))

    with pytest.raises(ValueError, match=r"dOut has shape \(5,\), the output had \[\(5, 1\)\]"):
        mlp_backward(np.zeros(5), caches)


def test_single_size_is_refused(rng):
    with pytest.raises(ValueError, match=r"an input and an output, got \[3\]"):
        mlp_init([3], rng)
