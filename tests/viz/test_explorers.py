"""Tests that run over every explorer."""

import inspect

import numpy as np
import pytest

from viz import explorers

ALL = pytest.mark.parametrize("name", explorers.__all__)


@ALL
def test_it_draws_and_its_caption_holds_numbers(name):
    explorer = getattr(explorers, name)()

    assert explorer._picture.startswith(b"\x89PNG")
    assert any(letter.isdigit() for letter in explorer.caption)


@ALL
def test_two_of_a_kind_are_equal_to_the_byte(name):
    first, second = (getattr(explorers, name)() for _ in range(2))

    assert first._picture == second._picture
    assert repr(first) == repr(second)


@ALL
def test_it_claims_something(name):
    explorer = getattr(explorers, name)()
    titles = []
    draw = explorer._draw
    explorer._draw = lambda axes, **values: (
        draw(axes, **values),
        titles.extend(ax.get_title(loc="left") for ax in np.ravel(axes)),
    )[0]

    explorer.reset()

    assert any(len(title.split()) >= 4 for title in titles)


@ALL
def test_every_control_can_be_moved_to_its_ends(name):
    explorer = getattr(explorers, name)()

    for control in explorer._controls.values():
        if hasattr(control, "options"):
            values = control.options
        elif hasattr(control, "max"):
            values = (control.min, control.max)
        else:
            values = (True, False)
        for value in values:
            control.value = value
            assert "nan" not in explorer.caption


@ALL
def test_its_function_is_documented(name):
    assert inspect.getdoc(getattr(explorers, name))
