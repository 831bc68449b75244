"""Tests of reference_impl.early_stopping."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from reference_impl.early_stopping import early_stopping_init, early_stopping_step


def _run(losses, **settings):
    """Return the state, and the epoch at which it stopped (None if it did not)."""
    state = early_stopping_init()
    for epoch, loss in enumerate(losses):
        params = [(np.full((1, 1), float(epoch)), np.zeros(1))]
        state, stop = early_stopping_step(state, loss, params, **settings)
        if stop:
            return state, epoch
    return state, None


def test_best_parameters_are_kept_and_patience_ends():
    # Best at epoch 2; 0.8 and 0.75 are no better, so patience 2 ends at epoch 4.
    state, stopped = _run([1.0, 0.9, 0.7, 0.8, 0.75, 0.1], patience=2)

    assert (state["best_epoch"], state["best_loss"], stopped) == (2, 0.7, 4)
    assert_array_equal(state["best_params"][0][0], [[2]])


def test_bad_epochs_must_be_in_a_row():
    state, stopped = _run([1.0, 1.1, 0.9, 1.0, 0.8, 0.9], patience=2)

    assert stopped is None
    assert state["n_bad_epochs"] == 1


@given(st.lists(st.floats(0, 10), min_size=1), st.integers(1, 5))
def test_kept_loss_is_the_least_seen(losses, patience):
    state, stopped = _run(losses, patience=patience)

    seen = losses if stopped is None else losses[: stopped + 1]
    assert state["best_loss"] == min(seen)
    assert state["best_epoch"] == seen.index(min(seen))


def test_small_improvement_does_not_count():
    _, stopped = _run([1.0, 0.99, 0.98], patience=2, min_delta=0.1)

    assert stopped == 2


def test_nan_is_never_the_best():
    state, stopped = _run([np.nan, np.nan], patience=2)

    assert stopped == 1
    assert state["best_params"] is None


def test_kept_parameters_survive_an_update_in_place():
    params = [(np.ones((1, 1)), np.ones(1))]
    state, _ = early_stopping_step(early_stopping_init(), 1.0, params, patience=1)

    params[0][0][:] = 9

    assert_array_equal(state["best_params"][0][0], [[1]])


def test_state_is_left_as_it_was():
    state = early_stopping_init()

    early_stopping_step(state, 1.0, [], patience=1)

    assert state == early_stopping_init()


@pytest.mark.parametrize(
    "settings",
    [{"patience": 0}, {"patience": 1, "min_delta": -1.0}, {"patience": 1, "min_delta": np.nan}],
)
def test_setting_out_of_range_is_refused(settings):
    with pytest.raises(ValueError, match="need patience >= 1 and 0 <= min_delta < inf, got"):
        early_stopping_step(early_stopping_init(), 1.0, [], **settings)
