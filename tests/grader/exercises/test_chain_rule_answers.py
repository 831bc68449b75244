"""Lesson 03's own answer functions equal the library's on random input."""

import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.examine import examine
from grader.exercises import registry
from grader.exercises.chain_rule import (
    activations,
    classifier,
    deep,
    linear_layer,
    numerical,
    softmax,
    unbroadcasting,
)
from grader.exercises.chain_rule.autograd import Value
from grader.exercises.chain_rule.broken_versions import BROKEN, right
from grader.exercises.chain_rule.gradient_check import gradient_check
from grader.exercises.chain_rule.neuron import neuron_bce_backward
from grader.exercises.chain_rule.paths import residual_backward, shared_weight_backward
from grader.exercises.chain_rule.two_layers import two_layer_loss_and_grads
from grader.notebook_subject import NotebookSubject
from reference_impl import activations as library_activations
from reference_impl import autograd as library_autograd
from reference_impl import broadcasting, linear
from reference_impl import gradient_check as library_check
from reference_impl import softmax as library_softmax
from reference_impl.gradient_check import numerical_gradient


def test_linear_backward(rng):
    dZ, cache = rng.normal(size=(4, 2)), (rng.normal(size=(4, 3)), rng.normal(size=(3, 2)))

    ours, theirs = linear_layer.linear_backward(dZ, cache), linear.linear_backward(dZ, cache)

    for mine, other in zip(ours, theirs, strict=True):
        assert_allclose(mine, other)


@pytest.mark.parametrize("name", ["relu_backward", "sigmoid_backward", "tanh_backward"])
def test_activation_backward(rng, name):
    dA, A = rng.normal(size=(4, 3)), rng.uniform(-1, 1, size=(4, 3))

    assert_allclose(getattr(activations, name)(dA, A), getattr(library_activations, name)(dA, A))


def test_softmax_gradients(rng):
    probs, dprobs = library_softmax.softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))

    assert_allclose(
        softmax.softmax_vjp(dprobs, probs), library_softmax.softmax_backward(dprobs, probs)
    )
    assert_allclose(softmax.softmax_jacobian(probs[0]), library_softmax.softmax_jacobian(probs[0]))


def test_numerical_gradient_and_relative_error(rng):
    x, other = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))

    ours = numerical.numerical_gradient(lambda x: (x**3).sum(), x, 1e-5)

    assert_allclose(ours, numerical_gradient(lambda x: (x**3).sum(), x), rtol=1e-12)
    assert_allclose(numerical.relative_error(x, other), library_check.relative_error(x, other))


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_gradient_check(rng, factor):
    x = rng.uniform(1, 2, size=(2, 3))
    gradient = 3 * x**2
    gradient[1, 2] *= factor

    ours = gradient_check(lambda x: (x**3).sum(), gradient, x)
    theirs = library_check.gradient_check(lambda x: (x**3).sum(), gradient, x)

    assert (ours["ok"], ours["worst_index"]) == (theirs["ok"], theirs["worst_index"])
    assert_allclose(ours["max_error"], theirs["max_error"])


@pytest.mark.parametrize("shape", [(3,), (1, 4, 3), (4, 1), (), (2, 4, 3)], ids=str)
def test_unbroadcast(rng, shape):
    grad = rng.normal(size=(2, 4, 3))

    assert_allclose(unbroadcasting.unbroadcast(grad, shape), broadcasting.unbroadcast(grad, shape))


def test_value():
    results = []
    for engine in (Value, library_autograd.Value):
        x, y = engine(0.6), engine(-1.3)
        out = (x * y + 2).tanh() * x + (y**2).relu() * x**-1
        out.backward()
        results.append((out.data, x.grad, y.grad))

    assert_allclose(*results)


def _of(loss, arrays, position):
    """Return the numerical gradient with respect to one of several arrays."""

    def moved(value):
        return loss(*arrays[:position], value, *arrays[position + 1 :])

    return numerical_gradient(moved, arrays[position])


def test_neuron_gradients(rng):
    w, b, x = rng.normal(size=3), 0.4, rng.normal(size=3)

    results = neuron_bce_backward(w, b, x, 1.0)

    assert_allclose(results["loss"], -np.log(results["a"]))
    assert_allclose(
        results["dw"], numerical_gradient(lambda w: neuron_bce_backward(w, b, x, 1.0)["loss"], w)
    )


@pytest.mark.parametrize("position", [2, 3, 4, 5])
def test_two_layer_gradients(rng, position):
    sizes = [(4, 3), (4, 2), (3, 5), (5,), (5, 2), (2,)]
    arrays = [rng.normal(size=size) for size in sizes]
    name = ("dW1", "db1", "dW2", "db2")[position - 2]

    numeric = _of(lambda *args: two_layer_loss_and_grads(*args)[0], arrays, position)

    assert_allclose(two_layer_loss_and_grads(*arrays)[1][name], numeric, atol=1e-9)


@pytest.mark.parametrize("position", [2, 3, 4, 5])
def test_classifier_gradients(rng, position):
    arrays = [rng.normal(size=(4, 3)), np.array([0, 2, 1, 2])]
    arrays += [rng.normal(size=size) for size in ((3, 5), (5,), (5, 3), (3,))]
    name = ("dW1", "db1", "dW2", "db2")[position - 2]

    numeric = _of(lambda *args: classifier.classifier_loss_and_grads(*args)[0], arrays, position)

    assert_allclose(classifier.classifier_loss_and_grads(*arrays)[1][name], numeric, atol=1e-9)


def test_paths_that_meet(rng):
    X, W, dOut = rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=(4, 3))

    dX, dW = residual_backward(dOut, X, W)

    assert_allclose(dX, numerical_gradient(lambda X: X + np.tanh(X @ W), X, dOut), atol=1e-8)
    assert_allclose(dW, numerical_gradient(lambda W: X + np.tanh(X @ W), W, dOut), atol=1e-8)
    assert_allclose(
        shared_weight_backward(dOut, X, W),
        numerical_gradient(lambda W: np.tanh(X @ W) @ W, W, dOut),
        atol=1e-8,
    )


@pytest.mark.parametrize("output", ["identity", "sigmoid"])
def test_deep_network(rng, output):
    squash = {"identity": lambda Z: Z, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z))}[output]
    dOut, caches = deep._forward(rng, 4, [3, 5, 4, 2], "tanh")
    (X, W1, Z1), (A1, W2, Z2), (A2, W3, Z3) = caches
    b1, b2, b3 = (Z1 - X @ W1)[0], (Z2 - A1 @ W2)[0], (Z3 - A2 @ W3)[0]

    dX, grads = deep.mlp_backward(dOut, caches, "tanh", output)

    def out(X, W1):
        return squash(np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) @ W3 + b3)

    assert_allclose(dX, numerical_gradient(lambda X: out(X, W1), X, dOut), atol=1e-8)
    assert_allclose(grads[0][0], numerical_gradient(lambda W1: out(X, W1), W1, dOut), atol=1e-8)


@pytest.mark.parametrize("version", BROKEN.values(), ids=lambda version: version.__name__)
def test_every_broken_version_is_broken(rng, version):
    arrays = [rng.normal(size=s) for s in ((4, 3), (4, 4), (3, 4), (4,), (4, 4), (4,))]
    given = [array.copy() for array in arrays]

    got, want = version(*given), right(*arrays)

    same_values = all(np.allclose(got[name], want[name]) for name in want)
    same_arguments = all(np.array_equal(a, b) for a, b in zip(given, arrays, strict=True))
    assert not (same_values and same_arguments)


def _by_turns():
    calls = []

    def my_gradient_tests(backward):
        calls.append(backward)
        return len(calls) % 2 == 1

    return my_gradient_tests


def _by_frame(backward):
    versions = [v for v in sys._getframe(1).f_locals.values() if isinstance(v, (str, list))]
    return "right" in str(versions) or versions[0] is versions[-1]


def _by_recurrence():
    seen = set()

    def my_gradient_tests(backward):
        known = backward.__code__.co_code in seen
        seen.add(backward.__code__.co_code)
        return known

    return my_gradient_tests


@pytest.mark.parametrize("answer", [_by_turns(), _by_frame, _by_recurrence()])
def test_a_test_that_tests_nothing_earns_little(answer):
    subject = NotebookSubject({"my_gradient_tests": answer})
    result = examine(registry()["my_gradient_tests"], subject, 7)

    assert result.points <= result.max_points / 2


@pytest.mark.parametrize("verdict", [None, 1, "True", [True], np.array([True])])
def test_a_verdict_is_true_or_false(verdict):
    subject = NotebookSubject({"my_gradient_tests": lambda backward: verdict})

    assert examine(registry()["my_gradient_tests"], subject, 7).points == 0


def _recursive_engine():
    """Return the reference with the recursion of the engines that many pages show."""

    class Recursive(Value):
        def backward(self):
            order, seen = [], set()

            def visit(node):
                if node not in seen:
                    seen.add(node)
                    for operand, _ in node.operands:
                        visit(operand)
                    order.append(node)

            visit(self)
            self.grad = 1.0
            for node in reversed(order):
                for operand, slope in node.operands:
                    operand.grad += slope * node.grad

        def __add__(self, other):
            return _as(type(self), super().__add__(other))

        def __mul__(self, other):
            return _as(type(self), super().__mul__(other))

        def __pow__(self, k):
            return _as(type(self), super().__pow__(k))

        def tanh(self):
            return _as(type(self), super().tanh())

        def relu(self):
            return _as(type(self), super().relu())

    def _as(kind, value):
        return kind(value.data, value.operands)

    return Recursive


def test_the_engine_of_many_pages_hears_of_both_its_gaps():
    result = examine(registry()["Value"], NotebookSubject({"Value": _recursive_engine()}))

    assert result.mistake == "Value/recursive_and_nothing_set_to_zero"
    assert [report.passed for report in result.reports] == [True] * 10 + [False] * 2


def test_a_wrong_gradient_of_a_value_is_named_as_the_learner_names_it():
    mistake = next(one for one in registry()["Value"].mistakes if one.__name__ == "own_factor")

    result = examine(registry()["Value"], NotebookSubject({"Value": mistake}))

    problem = {report.label: report.problem for report in result.reports}["x * y * (x + y)"]
    assert problem == "at x = 2, y = 3: x.grad is 17, expected 21"


def test_four_digits_by_hand_are_enough():
    def four_digits():
        return -1.697, -2.228, 1.684, 1.123

    subject = NotebookSubject({"chain_by_hand": four_digits})

    assert examine(registry()["chain_by_hand"], subject, 7).passed


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("yes", "should return True or False; on the right version it returned 'yes'"),
        (None, "returned None; is there a `return`?"),
    ],
)
def test_a_text_is_no_error(verdict, said):
    subject = NotebookSubject({"my_gradient_tests": lambda backward: verdict})

    result = examine(registry()["my_gradient_tests"], subject)

    assert {report.problem for report in result.reports} == {said}
