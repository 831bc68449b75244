"""Tests of viz.prediction."""

import pytest

import viz


@pytest.fixture
def explorer():
    """Return an explorer whose user must guess first."""
    controls = {"height": viz.slider("height", 1.0, 0.0, 2.0)}
    explorer = viz.Explorer(lambda ax, height: f"{height}", controls, alt="One bar")
    return viz.predict_first(explorer, "What now?", ("up", "down"), "Move the slider.")


def _guess(explorer):
    return explorer.children[0].children[1]


def _said(explorer):
    return explorer.children[0].children[2].value


def test_nothing_is_guessed_beforehand(explorer):
    assert _guess(explorer).value is None
    assert _said(explorer) == ""
    assert "What now?" in explorer.children[0].children[0].value


def test_controls_wait_for_the_prediction(explorer):
    locked = explorer._controls["height"].disabled

    _guess(explorer).value = "up"

    assert locked
    assert not explorer._controls["height"].disabled


@pytest.mark.parametrize("guess", ["up", "down"])
def test_every_guess_is_answered(explorer, guess):
    _guess(explorer).value = guess

    assert _said(explorer) == f"<p>You predict: {guess}. Move the slider.</p>"


def test_the_picture_is_there_before_the_guess(explorer):
    assert explorer.caption == "1.0"
