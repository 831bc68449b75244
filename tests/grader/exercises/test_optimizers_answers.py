"""The answers of lesson 06 that are smaller than their functions in `reference_impl`."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from grader.examine import examine
from grader.exercises import registry
from grader.exercises.optimizers import (
    adam,
    adamw,
    adaptive,
    batches,
    clipping,
    curves,
    debug_adam,
    descent,
    first_steps,
    optimizer_class,
    schedules,
)
from grader.exercises.optimizers.momentum import lookahead_step, momentum_step
from grader.notebook_subject import NotebookSubject
from reference_impl import clipping as reference_clipping
from reference_impl import early_stopping, minibatches, optimizers, warm_up
from reference_impl import schedules as reference_schedules

N_STEPS = 7
ADAM = {"beta1": 0.8, "beta2": 0.95, "eps": 1e-6}


def walk(name, w, grads, **settings):
    """Return the parameter and the state behind the last step of the reference."""
    state = getattr(optimizers, f"{name}_init")(w)
    for grad in grads:
        w, state = getattr(optimizers, f"{name}_step")(w, grad, state, **settings)
    return w, state


@pytest.fixture
def run(rng):
    """Return a parameter of shape (3, 2) and its gradients over some steps."""
    return rng.normal(size=(3, 2)), rng.normal(size=(N_STEPS, 3, 2))


def test_sgd_step_is_the_reference(run):
    w, grads = run

    expected, _ = walk("sgd", w, grads[:1], lr=0.3)
    assert_allclose(descent.sgd_step(w, grads[0], 0.3), expected)


@pytest.mark.parametrize(
    ("answer", "name", "memory", "settings"),
    [
        (momentum_step, "momentum", "velocity", {"lr": 0.1, "momentum": 0.8}),
        (adaptive.adagrad_step, "adagrad", "sum_squares", {"lr": 0.1, "eps": 1e-3}),
        (adaptive.rmsprop_step, "rmsprop", "variance", {"lr": 0.1, "decay": 0.7, "eps": 1e-3}),
    ],
)
def test_a_step_with_one_memory_is_the_reference(run, answer, name, memory, settings):
    w, grads = run
    end, state = walk(name, w, grads, **settings)

    kept = np.zeros_like(w)
    for grad in grads:
        w, kept = answer(w, grad, kept, *settings.values())

    assert_allclose(w, end)
    assert_allclose(kept, state[memory])


def test_lookahead_walks_the_path_of_nesterov(rng):
    w, curvature, lr, momentum = rng.normal(size=4), rng.uniform(0.5, 3, size=4), 0.1, 0.8
    ahead, state, velocity = w, optimizers.nesterov_init(w), np.zeros(4)
    for _ in range(N_STEPS):
        grad = curvature * ahead
        ahead, state = optimizers.nesterov_step(ahead, grad, state, lr=lr, momentum=momentum)
        w, velocity = lookahead_step(w, lambda point: curvature * point, velocity, lr, momentum)

        assert_allclose(w + momentum * velocity, ahead)


@pytest.mark.parametrize(("share", "grows"), [(0.99, False), (1.01, True)])
def test_the_largest_stable_rate_is_a_border(rng, share, grows):
    curvatures = rng.uniform(0.1, 30, size=4)
    lr = share * descent.largest_stable_lr(curvatures)
    w = np.ones(4)
    for _ in range(500):
        w, _ = optimizers.sgd_step(w, curvatures * w, {"step": 0}, lr=lr)

    assert (np.abs(w).max() > 1) == grows


@pytest.mark.parametrize(
    ("answer", "name", "settings"),
    [
        (adam.adam_step, "adam", {"lr": 0.1, **ADAM}),
        (adamw.adamw_step, "adamw", {"lr": 0.1, **ADAM, "weight_decay": 0.2}),
    ],
)
def test_adam_is_the_reference(run, answer, name, settings):
    w, grads = run
    end, expected = walk(name, w, grads, **settings)

    state = {"step": 0, "mean": np.zeros_like(w), "variance": np.zeros_like(w)}
    for grad in grads:
        w, state = answer(w, grad, state, *settings.values())

    assert_allclose(w, end)
    assert state["step"] == expected["step"] == N_STEPS
    assert_allclose(state["mean"], expected["mean"])
    assert_allclose(state["variance"], expected["variance"])


def test_the_mended_adam_is_the_reference(rng):
    w, grads = rng.normal(size=5), rng.normal(size=(N_STEPS, 5))

    expected, _ = walk("adam", w, grads, lr=0.05)
    assert_allclose(debug_adam.debug_adam(w, grads, 0.05), expected)


def test_first_adam_steps_follow_the_formula():
    w, _ = walk("adam", np.zeros(1), np.full((1, 1), 0.3), lr=1.0, eps=0.0)
    without = [(1 - 0.9**t) / np.sqrt(1 - 0.999**t) for t in (1, 10)]

    assert_allclose(first_steps.first_adam_steps(), (abs(w[0]), *without), rtol=1e-6)


@pytest.mark.parametrize("kind", ["sgd", "momentum", "adam"])
def test_the_class_walks_like_the_reference(run, rng, kind):
    W, W_grads = run
    b, b_grads = rng.normal(size=2), rng.normal(size=(N_STEPS, 2))
    optimizer, params = optimizer_class.Optimizer(kind, 0.1), {"W": W, "b": b}
    for dW, db in zip(W_grads, b_grads, strict=True):
        params = optimizer.step(params, {"W": dW, "b": db})

    assert_allclose(params["W"], walk(kind, W, W_grads, lr=0.1)[0])
    assert_allclose(params["b"], walk(kind, b, b_grads, lr=0.1)[0])


@pytest.mark.parametrize("step", [0, 9, 10, 19, 20, 99, 100, 150, 199, 200])
def test_schedules_are_the_reference(step):
    n_steps, lr = 200, 0.3
    drops = {"milestones": (n_steps // 2, 3 * n_steps // 4)}
    expected = {
        "step": reference_schedules.multi_step_decay(step, lr=lr, **drops),
        "exponential": reference_schedules.exponential_decay(step, lr=lr, gamma=0.01**0.005),
        "cosine": reference_schedules.cosine_annealing(step, lr=lr, n_steps=n_steps),
        "warmup_cosine": warm_up.warm_up_cosine(step, lr=lr, n_warm_up=20, n_steps=n_steps),
    }

    for kind, rate in expected.items():
        assert_allclose(schedules.lr_at(step, kind, lr, n_steps), rate, atol=1e-15)


@pytest.mark.parametrize("max_norm", [0.1, 100.0])
def test_clipping_is_the_reference(rng, max_norm):
    grads = [rng.normal(size=(3, 2)), rng.normal(size=2)]

    clipped, norm = clipping.clip_by_global_norm(grads, max_norm)

    expected, expected_norm = reference_clipping.clip_by_global_norm(grads, max_norm)
    assert norm == pytest.approx(expected_norm)
    for got, wanted in zip(clipped, expected, strict=True):
        assert_allclose(got, wanted)


def test_minibatches_are_the_reference(rng):
    X, y = rng.normal(size=(23, 3)), np.arange(23)

    got = batches.minibatches(X, y, 5, np.random.default_rng(4))

    expected = minibatches.minibatches(X, y, 5, np.random.default_rng(4))
    for one, other in zip(got, expected, strict=True):
        assert_array_equal(one[0], other[0])
        assert_array_equal(one[1], other[1])


@pytest.mark.parametrize("patience", [1, 2, 3, 50])
def test_early_stopping_is_the_reference(rng, patience):
    losses = [float(loss) for loss in rng.uniform(size=20)]
    weights = [rng.normal(size=(2, 3)) for _ in losses]
    state = early_stopping.early_stopping_init()
    for loss, W in zip(losses, weights, strict=True):
        state, stop = early_stopping.early_stopping_step(
            state, loss, [(W, np.zeros(3))], patience=patience
        )
        if stop:
            break

    best, got_epochs = curves.early_stopping(losses, weights, patience)

    assert got_epochs == state["epoch"]
    assert_array_equal(best, state["best_params"][0][0])


def test_batches_from_another_generator_are_not_reproducible():
    draw = np.random.default_rng()

    def minibatches(X, y, batch_size, rng):
        return batches.minibatches(X, y, batch_size, draw)

    subject = NotebookSubject({"minibatches": minibatches})

    assert examine(registry()["minibatches"], subject, 7).points == 0


STEPS = ("momentum_step", "lookahead_step", "adagrad_step", "rmsprop_step", "adam_step")


@pytest.mark.parametrize(
    ("names", "answer", "told"),
    [
        (STEPS, lambda *args: None, "returned None; is there a `return`?"),
        (STEPS, lambda *args: 0.0, "step 1: should return 2 values: w_new,"),
        (STEPS, lambda *args: (None, None), "step 1: w_new should be a NumPy array"),
        (STEPS, lambda w, *args: (w, {}), "_new"),
        (("minibatches",), lambda *args: None, "returned None; is there a `return`?"),
        (("minibatches",), lambda *args: 0.0, "should return a list of pairs"),
        (("minibatches",), lambda *args: "text", "should return a list of pairs"),
        (("minibatches",), lambda X, y, *args: [X], "batch 1 should be a pair"),
        (("minibatches",), lambda X, y, *args: [(X, 0)], "of batch 1 should be NumPy arrays"),
        (("minibatches",), lambda X, y, *args: [(X, y[1:])], "examples and"),
    ],
)
def test_a_result_of_another_form_is_told_in_the_learners_terms(names, answer, told):
    for name in names:
        result = examine(registry()[name], NotebookSubject({name: answer}))

        assert result.points == 0
        assert not result.mistake
        assert told in result.reports[0].problem
        assert "answer(" not in result.reports[0].problem


def test_a_step_that_returns_nothing_later_is_told_by_its_number():
    def adam_step(w, grad, state, lr, beta1, beta2, eps):
        if state["step"] == 0:
            return adam.adam_step(w, grad, state, lr, beta1, beta2, eps)
        return None

    result = examine(registry()["adam_step"], NotebookSubject({"adam_step": adam_step}))

    assert "step 2: should return 2 values" in result.reports[0].problem
    assert "it returned None" in result.reports[0].problem


def test_an_optimizer_without_a_result_is_told_by_its_step():
    class Optimizer(optimizer_class.Optimizer):
        def step(self, params, grads):
            super().step(params, grads)

    result = examine(registry()["Optimizer"], NotebookSubject({"Optimizer": Optimizer}))

    assert result.reports[0].problem == "step 1: params_new should be a dict; it returned None"


def test_early_stopping_names_the_epochs_and_the_losses():
    def early_stopping(val_losses, weights, patience):
        return weights[-1], len(val_losses)

    subject = NotebookSubject({"early_stopping": early_stopping})

    assert examine(registry()["early_stopping"], subject).reports[0].problem == (
        "losses 5, 3, 2, 2.5, 2.4, 2.3, 1 and patience 3: "
        "best_weights are of epoch 6, expected epoch 2 (the first is 0)"
    )
