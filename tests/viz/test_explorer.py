"""Tests of viz.explorer."""

import base64

import pytest

import viz
from viz.a11y import BOX, STATUS, Keyboard


def _draw(ax, height):
    ax.bar([0], [height])
    ax.set_title("The bar is as high as you say")
    return f"The bar reaches {height:.1f}."


@pytest.fixture
def explorer():
    return viz.Explorer(_draw, {"height": viz.slider("height", 1.0, 0.0, 2.0)}, alt="One bar")


def _bundle(explorer):
    bundle = explorer._repr_mimebundle_()
    return bundle[0] if isinstance(bundle, tuple) else bundle


def test_caption_states_the_numbers(explorer):
    assert explorer.caption == "The bar reaches 1.0."


def test_moving_a_control_draws_anew(explorer):
    before = explorer._picture

    explorer._controls["height"].value = 2.0

    assert explorer.caption == "The bar reaches 2.0."
    assert explorer._picture != before


def test_equal_settings_give_equal_bytes(explorer):
    before = explorer._picture

    explorer.set(height=2.0)
    explorer.set(height=1.0)

    assert explorer._picture == before


def test_setting_many_controls_draws_once():
    drawn = []
    controls = {name: viz.slider(name, 0.0, -1.0, 1.0) for name in "ab"}
    explorer = viz.Explorer(lambda ax, a, b: drawn.append((a, b)) or "", controls, alt="")

    explorer.set(a=1.0, b=-1.0)

    assert drawn == [(0.0, 0.0), (1.0, -1.0)]


def test_start_again_puts_everything_back(explorer):
    explorer.set(height=0.5)

    explorer.reset()

    assert explorer.values == {"height": 1.0}


def test_stored_output_is_words_and_a_picture(explorer):
    bundle = _bundle(explorer)

    assert bundle["text/plain"] == "One bar\nThe bar reaches 1.0."
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_text_holds_no_address(explorer):
    assert "0x" not in repr(explorer)
    assert repr(explorer) == repr(
        viz.Explorer(_draw, {"height": viz.slider("height", 1.0, 0.0, 2.0)}, alt="One bar")
    )


def test_grading_draws_nothing(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    explorer = viz.Explorer(lambda ax: 1 / 0, {}, alt="One bar")

    assert repr(explorer) == "One bar"
    assert "image/png" not in _bundle(explorer)


def test_several_axes_reach_the_drawing():
    seen = []
    viz.Explorer(
        lambda axes: seen.append(len(axes)) or "", {}, alt="", subplots={"ncols": 2}, figsize=(6, 3)
    )

    assert seen == [2]


def test_keyboard_glue_stands_beside_the_controls(explorer):
    assert BOX in explorer._dom_classes
    assert isinstance(explorer.children[-1], Keyboard)


def test_caption_is_announced(explorer):
    statuses = [child for child in explorer.children if STATUS in child._dom_classes]

    assert [status.value for status in statuses] == ["<p>The bar reaches 1.0.</p>"]


def test_caption_is_escaped():
    explorer = viz.Explorer(lambda ax: "a < b", {}, alt="")

    assert "a &lt; b" in explorer._status.value
