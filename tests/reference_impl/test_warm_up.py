"""Tests of reference_impl.warm_up."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from reference_impl import warm_up
from reference_impl.schedules import cosine_annealing
from reference_impl.warm_up import linear_warm_up, one_cycle, warm_up_cosine

TORCH = json.loads(
    (Path(__file__).parents[1] / "data" / "torch_schedules.json").read_text(encoding="utf-8")
)
RUNS = [run for run in TORCH["runs"] if run["name"] in warm_up.__all__]
SETTINGS = {
    "linear_warm_up": {"lr": 0.1, "n_warm_up": 4, "start_lr": 0.0},
    "warm_up_cosine": {"lr": 0.1, "n_warm_up": 4, "n_steps": 9, "start_lr": 0.0, "min_lr": 0.0},
    "one_cycle": {
        "max_lr": 0.1,
        "n_steps": 9,
        "rise": 0.3,
        "start_divisor": 25.0,
        "end_divisor": 1e4,
    },
}
BAD = {
    "step": (-1, np.nan, np.inf),
    "n_warm_up": (0, np.nan, np.inf),
    "n_steps": (0, np.nan, np.inf),
    "rise": (0.0, 1.0, np.nan),
    "start_divisor": (0.0, np.nan, np.inf),
    "end_divisor": (0.0, np.nan, np.inf),
}
REFUSED = [
    (name, setting, value)
    for name, settings in SETTINGS.items()
    for setting in ("step", *settings)
    for value in BAD.get(setting, (-0.1, np.nan, np.inf))
]


def test_half_of_the_warm_up_is_half_of_the_rise():
    # Half-way from 0.2 to 1.
    assert_allclose(linear_warm_up(2, lr=1.0, n_warm_up=4, start_lr=0.2), 0.6, rtol=1e-15)


def test_half_of_the_fall_is_half_of_the_rate():
    # Warm-up to 2, fall from 2 to 6, half-way at 4: (1 + 0.2) / 2.
    rate = warm_up_cosine(4, lr=1.0, n_warm_up=2, n_steps=6, min_lr=0.2)

    assert_allclose(rate, 0.6, rtol=1e-15)


@pytest.mark.parametrize("step, want", [(0, 0.25), (1, 0.625), (2, 1.0), (6, 0.025)])
def test_one_cycle_by_hand(step, want):
    # Peak at 3/7 * 7 - 1 = 2; half-way up (0.25 + 1) / 2; the end is 0.25 / 10.
    settings = {"n_steps": 7, "rise": 3 / 7, "start_divisor": 4.0, "end_divisor": 10.0}

    assert_allclose(one_cycle(step, max_lr=1.0, **settings), want, rtol=1e-14)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run["name"])
def test_rates_are_those_of_pytorch(run):
    schedule = getattr(warm_up, run["name"])

    rates = [schedule(step, **run["settings"]) for step in range(12)]

    assert_allclose(rates, run["rates"], rtol=1e-12)


@given(st.floats(0, 10), st.floats(0, 10), st.integers(1, 100), st.integers(0, 100))
def test_warm_up_has_its_two_ends(lr, start_lr, n_warm_up, after):
    settings = {"lr": lr, "n_warm_up": n_warm_up, "start_lr": start_lr}

    assert linear_warm_up(0, **settings) == start_lr
    assert linear_warm_up(n_warm_up + after, **settings) == lr


@given(st.integers(0, 30))
def test_warm_up_cosine_is_its_two_parts(step):
    rate = warm_up_cosine(step, lr=2.0, n_warm_up=7, n_steps=20, start_lr=0.5, min_lr=0.1)

    rising = linear_warm_up(step, lr=2.0, n_warm_up=7, start_lr=0.5)
    falling = cosine_annealing(max(step - 7, 0), lr=2.0, n_steps=13, min_lr=0.1)
    assert_allclose(rate, rising if step < 7 else falling, rtol=1e-14)


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.data())
def test_one_cycle_stays_between_its_end_and_its_peak(n_steps, rise, data):
    step = data.draw(st.integers(0, n_steps - 1))

    rate = one_cycle(step, max_lr=1.0, n_steps=n_steps, rise=rise)

    assert 4e-6 * (1 - 1e-12) <= rate <= 1


def test_one_cycle_of_a_single_step_is_its_end():
    assert_allclose(one_cycle(0, max_lr=1.0, n_steps=1), 1 / 25 / 1e4, rtol=1e-12)


@pytest.mark.parametrize("name", warm_up.__all__)
def test_rate_is_a_python_float(name):
    settings = {key: np.float64(value) for key, value in SETTINGS[name].items()}

    assert type(getattr(warm_up, name)(np.int64(3), **settings)) is float


@pytest.mark.parametrize("name, setting, value", REFUSED)
def test_argument_out_of_range_is_refused(name, setting, value):
    arguments = {"step": 1, **SETTINGS[name], setting: value}

    with pytest.raises(ValueError, match=rf"need .*{setting}.*, got .*{setting}={value}"):
        getattr(warm_up, name)(**arguments)


def test_one_cycle_ends_with_its_steps():
    with pytest.raises(ValueError, match="need 0 <= step < n_steps"):
        one_cycle(9, max_lr=0.1, n_steps=9)
