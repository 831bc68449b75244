"""Tests of viz.style."""

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import viz
from viz import style


def test_same_drawing_same_bytes():
    pictures = []
    for _ in range(2):
        with mpl.rc_context(style.rc()):
            figure = Figure()
            viz.draw_shapes(figure.subplots(), [viz.Box("X", 2, 2)])
            pictures.append(style.png(figure))

    assert pictures[0] == pictures[1]
    assert b"Software" not in pictures[0]


def test_use_style_sets_the_colours():
    with mpl.rc_context():
        viz.use_style()

        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"][0] == "#0072B2"


def test_titles_stand_at_the_left():
    assert style.rc()["axes.titlelocation"] == "left"


def test_tint_of_nothing_is_white():
    assert style.tint(viz.FORWARD, 0) == (1, 1, 1)


@pytest.mark.parametrize("colour", style.COLOURS.values(), ids=style.COLOURS)
def test_colours_can_be_read_on_white(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert 1.05 / (luminance + 0.05) >= 3, "WCAG asks for 3 to 1 of what is drawn"
