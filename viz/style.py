"""The look of every figure: one style sheet, and colours that keep their meaning."""

import io
import sys
from pathlib import Path

import matplotlib as mpl

FORWARD = "#0072B2"
"""Blue: values going forward."""
BACKWARD = "#D55E00"
"""Vermilion: gradients going back."""
PARAMETER = "#009E73"
"""Green: weights, biases and other parameters."""
CONTEXT = "#767676"
"""Grey: context, such as axes of a plane or what is compared with."""

COLOURS = {
    "forward": FORWARD,
    "backward": BACKWARD,
    "parameter": PARAMETER,
    "context": CONTEXT,
}
DPI = 110
SHEET = Path(__file__).with_name("course.mplstyle")
# Without the version of Matplotlib in it, a picture's bytes depend on the drawing alone.
METADATA = {"Software": None}


def use_style():
    """Make every later figure of a notebook look like the course's figures."""
    mpl.rcParams.update(rc())
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("png", metadata=METADATA)


def rc():
    """Return the settings of the style sheet, for ``matplotlib.rc_context``."""
    return mpl.rc_params_from_file(SHEET, use_default_template=False)


def png(figure):
    """Return a figure as PNG, the same bytes for the same drawing.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        It is not closed.

    Returns
    -------
    picture : bytes
        A PNG file.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata=METADATA)
    return buffer.getvalue()


def tint(colour, share=0.12):
    """Return a light shade of a colour, to fill what the colour outlines."""
    red, green, blue = mpl.colors.to_rgb(colour)
    return tuple(1 - share * (1 - channel) for channel in (red, green, blue))
