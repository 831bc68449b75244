"""Tests of reference_impl.optimizers: what holds for every optimizer."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from reference_impl import optimizers

TORCH = json.loads(
    (Path(__file__).parents[1] / "data" / "torch_optimizers.json").read_text(encoding="utf-8")
)
NAMES = sorted({run["name"] for run in TORCH["runs"]})
ALL = pytest.mark.parametrize("name", NAMES)
BAD = {
    "lr": (-0.1, np.nan, np.inf),
    "momentum": (-0.1, 1.0, np.nan),
    "dampening": (-0.1, 1.1, np.nan),
    "decay": (-0.1, 1.0, np.nan),
    "beta1": (-0.1, 1.0, np.nan),
    "beta2": (-0.1, 1.0, np.nan),
    "eps": (-1e-8, np.nan, np.inf),
    "weight_decay": (-0.1, np.nan, np.inf),
    "momentum_decay": (-0.1, np.nan, np.inf),
}
REFUSED = [
    (name, setting, value)
    for name in NAMES
    for setting in getattr(optimizers, f"{name}_step").__kwdefaults__
    for value in BAD[setting]
]
NUMBERS = st.floats(-100, 100).map(lambda number: round(number, 3))
GRADS = hnp.arrays(np.float64, (4, 3), elements=NUMBERS)
NONZERO_GRADS = hnp.arrays(np.float64, (4, 3), elements=NUMBERS.map(lambda number: number or 1.0))
FREE_OF_SCALE = ["adagrad", "rmsprop", "rmsprop_momentum", "adam", "amsgrad", "nadam", "adamax"]


def _walk(name, param, grads, **settings):
    """Return the parameter after each step."""
    state = getattr(optimizers, f"{name}_init")(param)
    path = []
    for grad in grads:
        param, state = getattr(optimizers, f"{name}_step")(param, grad, state, **settings)
        path.append(param)
    return path


@pytest.mark.parametrize(
    "run", TORCH["runs"], ids=lambda run: run["name"] + ("" if run["settings"] else "-defaults")
)
def test_path_is_the_path_of_pytorch(run):
    start, grads = np.array(TORCH["start"]), np.array(TORCH["grads"])

    path = _walk(run["name"], start, grads, **run["settings"])

    assert_allclose(path, run["path"], rtol=1e-12, atol=1e-13)


@ALL
@given(grads=GRADS)
def test_entries_do_not_mix(name, grads):
    start, order = np.array([0.5, -2.0, 3.0]), [2, 0, 1]

    path = _walk(name, start, grads)

    assert_array_equal(np.array(path)[:, order], _walk(name, start[order], grads[:, order]))


@ALL
@given(grads=GRADS)
def test_mirror_image_takes_mirrored_steps(name, grads):
    start = np.array([0.5, -2.0, 3.0])

    assert_array_equal(_walk(name, -start, -grads), np.negative(_walk(name, start, grads)))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adamw"])
@given(grads=GRADS, shift=st.floats(-10, 10))
def test_steps_do_not_depend_on_where_the_parameter_is(name, grads, shift):
    start = np.zeros(3)

    path, shifted = _walk(name, start, grads), _walk(name, start + shift, grads)

    assert_allclose(np.array(shifted) - shift, path, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", FREE_OF_SCALE)
@given(grads=NONZERO_GRADS, exponent=st.integers(-20, 20))
def test_scale_of_the_gradient_changes_nothing_without_eps(name, grads, exponent):
    start = np.zeros(3)

    path = _walk(name, start, grads, eps=0.0)

    assert_allclose(_walk(name, start, grads * 2.0**exponent, eps=0.0), path, rtol=1e-12)


@ALL
@given(grads=GRADS)
def test_learning_rate_zero_leaves_the_parameter(name, grads):
    start = np.array([0.5, -2.0, 3.0])

    assert_array_equal(_walk(name, start, grads, lr=0.0)[-1], start)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adamw"])
def test_zero_gradient_leaves_the_parameter(name):
    start = np.array([0.5, -2.0, 0.0])

    assert_array_equal(_walk(name, start, np.zeros((3, 3)))[-1], start)


@ALL
def test_every_optimizer_goes_downhill(name):
    param = np.array([3.0, -2.0])
    state = getattr(optimizers, f"{name}_init")(param)

    for _ in range(20):
        # The gradient of 0.5 * (w1² + 4 * w2²).
        grad = param * [1, 4]
        param, state = getattr(optimizers, f"{name}_step")(param, grad, state)

    assert param[0] ** 2 + 4 * param[1] ** 2 < 9 + 16


@ALL
@pytest.mark.parametrize("kind, want", [("f4", "f4"), ("f8", "f8"), ("i8", "f8"), ("u1", "f8")])
def test_floats_keep_their_kind_and_integers_become_float64(name, kind, want):
    start, grads = np.array([1, 2], kind), np.array([[16, 1], [200, 3]], kind)

    path = _walk(name, start, grads)

    assert path[-1].dtype == want
    assert_allclose(path, _walk(name, start * 1.0, grads * 1.0), rtol=1e-6)


@ALL
def test_number_is_a_parameter_too(name):
    assert np.shape(_walk(name, 1.5, [0.5, -0.5])[-1]) == ()


@ALL
def test_step_counts_from_one(name):
    param = np.ones(2)
    state = getattr(optimizers, f"{name}_init")(param)
    assert state["step"] == 0

    _, state = getattr(optimizers, f"{name}_step")(param, param, state)

    assert state["step"] == 1


@ALL
def test_state_holds_an_array_of_its_own_for_each_entry(name):
    state = getattr(optimizers, f"{name}_init")(np.ones(2))

    arrays = [id(value) for value in state.values() if isinstance(value, np.ndarray)]

    assert len(arrays) == len(set(arrays))


@ALL
def test_arguments_are_left_as_they_were(name):
    param, grad = np.array([1.0, 2.0]), np.array([0.5, -0.5])
    step = getattr(optimizers, f"{name}_step")
    _, state = step(param, grad, getattr(optimizers, f"{name}_init")(param))
    before = {key: np.array(value) for key, value in state.items()}

    step(param, grad, state)

    assert_array_equal(param, [1, 2])
    assert_array_equal(grad, [0.5, -0.5])
    assert all(np.array_equal(state[key], value) for key, value in before.items())


@ALL
def test_gradient_of_another_shape_is_refused(name):
    param = np.zeros(3)
    state = getattr(optimizers, f"{name}_init")(param)

    with pytest.raises(ValueError, match=r"\(3,\).*\(3, 1\)"):
        getattr(optimizers, f"{name}_step")(param, np.zeros((3, 1)), state)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sgd"])
def test_state_of_another_parameter_is_refused(name):
    state = getattr(optimizers, f"{name}_init")(np.zeros((3, 1)))

    with pytest.raises(ValueError, match=r"one shape, got \(3,\), \(3,\) and \(3, 1\)"):
        getattr(optimizers, f"{name}_step")(np.zeros(3), np.zeros(3), state)


@pytest.mark.parametrize("name, setting, value", REFUSED)
def test_hyperparameter_out_of_range_is_refused(name, setting, value):
    state = getattr(optimizers, f"{name}_init")(np.zeros(2))

    with pytest.raises(ValueError, match=rf"need .*{setting}.*, got .*{setting}={value}"):
        getattr(optimizers, f"{name}_step")(np.zeros(2), np.ones(2), state, **{setting: value})
