"""Axes in the course's style, and what is written in them."""

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from viz import style


@pytest.fixture
def ax():
    with mpl.rc_context(style.rc()):
        yield Figure().subplots()


@pytest.fixture
def written(ax):
    """Return a function that tells every text in the axes, in the order of drawing."""
    return lambda: [text.get_text() for text in ax.texts]
