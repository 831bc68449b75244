"""Tests of viz.controls."""

import pytest
from traitlets import TraitError

import viz


def test_whole_numbers_make_a_whole_slider():
    assert type(viz.slider("units", 2, 1, 8, 1)).__name__ == "IntSlider"
    assert type(viz.slider("weight", 2.0, 1, 8)).__name__ == "FloatSlider"


def test_a_choice_starts_at_its_first_option():
    assert viz.choice("activation", ("relu", "tanh")).value == "relu"


@pytest.mark.parametrize("value", [-0.1, 2.1])
def test_a_slider_keeps_to_its_ends(value):
    control = viz.slider("height", 1.0, 0.0, 2.0)

    control.value = value

    assert control.value == (0.0 if value < 0 else 2.0)


def test_a_choice_may_start_elsewhere_and_refuses_what_is_no_option():
    control = viz.choice("activation", ("relu", "tanh"), "tanh")

    assert control.value == "tanh"
    with pytest.raises(TraitError):
        control.value = "softsign"


def test_a_slider_has_a_name_that_a_screen_reader_says():
    assert viz.slider("learning rate", 1, 0, 2).description == "learning rate"
