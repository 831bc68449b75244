"""Controls of an explorer, all of one width and with names that are read in full."""

import ipywidgets as widgets

NAME = {"description_width": "9.5em"}
WIDTH = "28em"


def slider(name, value, low, high, step=0.1):
    """Return a slider for a number.

    Parameters
    ----------
    name : str
        Shown at its left and said by a screen reader.
    value, low, high : float
        Where it starts and its ends.
    step : float, default=0.1
        One press of an arrow key.

    Returns
    -------
    control : ipywidgets.FloatSlider
        Whole numbers make an `ipywidgets.IntSlider` instead.
    """
    whole = all(isinstance(number, int) for number in (value, low, high, step))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(value, min=low, max=high, step=step, description=name, **_look())


def choice(name, options, value=None):
    """Return a menu of a few words.

    Parameters
    ----------
    name : str
        Shown at its left and said by a screen reader.
    options : sequence of str
        What can be chosen.
    value : str, optional
        Where it starts; the first option if not given.

    Returns
    -------
    control : ipywidgets.Dropdown
        Its ``value`` is the option chosen.
    """
    start = options[0] if value is None else value
    return widgets.Dropdown(options=list(options), value=start, description=name, **_look())


def _look():
    return {"style": NAME, "layout": widgets.Layout(width=WIDTH, max_width="100%")}
