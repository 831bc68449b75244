"""Tests of reference_impl.schedules."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from reference_impl import schedules

TORCH = json.loads(
    (Path(__file__).parents[1] / "data" / "torch_schedules.json").read_text(encoding="utf-8")
)
RUNS = [run for run in TORCH["runs"] if run["name"] in schedules.__all__]
SETTINGS = {
    "step_decay": {"step_size": 3, "gamma": 0.5},
    "multi_step_decay": {"milestones": [2, 5], "gamma": 0.5},
    "exponential_decay": {"gamma": 0.9},
    "inverse_time_decay": {"decay": 0.5},
    "polynomial_decay": {"n_steps": 10, "power": 2.0, "min_lr": 0.01},
    "cosine_annealing": {"n_steps": 10, "min_lr": 0.01},
}
ALL = pytest.mark.parametrize("name", schedules.__all__)
BAD = {
    "lr": (-0.1, np.nan, np.inf),
    "step": (-1, np.nan, np.inf),
    "step_size": (0, -1, np.nan),
    "gamma": (0.0, -0.5, np.nan, np.inf),
    "decay": (-0.1, np.nan, np.inf),
    "n_steps": (0, np.nan, np.inf),
    "power": (0.0, np.nan, np.inf),
    "min_lr": (-0.1, np.nan, np.inf),
}
REFUSED = [
    (name, setting, value)
    for name, settings in SETTINGS.items()
    for setting in ("lr", "step", *settings)
    for value in BAD.get(setting, ())
]


@pytest.mark.parametrize(
    "name, settings, step, want",
    [
        ("step_decay", {"step_size": 3, "gamma": 0.5}, 7, 0.25),  # 7 // 3 = 2 reductions.
        ("multi_step_decay", {"milestones": [5, 2], "gamma": 0.5}, 5, 0.25),
        ("exponential_decay", {"gamma": 0.5}, 3, 0.125),
        ("inverse_time_decay", {"decay": 0.5}, 2, 0.5),
        ("polynomial_decay", {"n_steps": 4, "power": 2.0, "min_lr": 0.2}, 2, 0.4),  # 0.2 + 0.8 / 4
        ("cosine_annealing", {"n_steps": 4, "min_lr": 0.2}, 2, 0.6),  # Half-way: (1 + 0.2) / 2.
    ],
)
def test_rate_by_hand(name, settings, step, want):
    assert_allclose(getattr(schedules, name)(step, lr=1.0, **settings), want, rtol=1e-15)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run["name"])
def test_rates_are_those_of_pytorch(run):
    schedule = getattr(schedules, run["name"])

    rates = [schedule(step, **run["settings"]) for step in range(12)]

    assert_allclose(rates, run["rates"], rtol=1e-12)


@ALL
@given(lr=st.floats(0.02, 10))
def test_schedule_starts_at_the_learning_rate(name, lr):
    assert getattr(schedules, name)(0, lr=lr, **SETTINGS[name]) == lr


@ALL
@given(step=st.integers(0, 30), lr=st.floats(0.02, 10))
def test_rate_never_rises(name, step, lr):
    schedule = getattr(schedules, name)

    before, after = (schedule(at, lr=lr, **SETTINGS[name]) for at in (step, step + 1))

    assert 0 <= after <= before


@pytest.mark.parametrize("name", ["polynomial_decay", "cosine_annealing"])
@given(after=st.integers(0, 1000), lr=st.floats(0.02, 10))
def test_rate_ends_at_its_minimum_and_stays(name, after, lr):
    assert getattr(schedules, name)(10 + after, lr=lr, **SETTINGS[name]) == 0.01


@pytest.mark.parametrize("step, n_reduced", [(2, 0), (3, 1), (5, 1), (6, 2)])
def test_reduction_comes_with_its_step(step, n_reduced):
    assert schedules.step_decay(step, lr=1.0, step_size=3, gamma=0.5) == 0.5**n_reduced
    assert schedules.multi_step_decay(step, lr=1.0, milestones=[3, 6], gamma=0.5) == 0.5**n_reduced


@ALL
def test_rate_is_a_python_float(name):
    # A NumPy float64 would turn float32 parameters into float64.
    rate = getattr(schedules, name)(np.int64(3), lr=np.float64(0.1), **SETTINGS[name])

    assert type(rate) is float


def test_milestones_are_left_as_they_were():
    milestones = [5, 2]

    schedules.multi_step_decay(3, lr=1.0, milestones=milestones)

    assert milestones == [5, 2]


@pytest.mark.parametrize("name, setting, value", REFUSED)
def test_argument_out_of_range_is_refused(name, setting, value):
    arguments = {"step": 1, "lr": 0.1, **SETTINGS[name], setting: value}

    with pytest.raises(ValueError, match=rf"need .*{setting}.*, got .*{setting}={value}"):
        getattr(schedules, name)(**arguments)
