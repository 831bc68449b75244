"""An interactive figure: controls, a picture drawn anew at each change, a caption with its numbers.

No output is captured and nothing is displayed twice, so an explorer reads the same in JupyterLab,
in a stored notebook, on a page without a kernel and for a screen reader.
"""

import base64
import os
from html import escape

import ipywidgets as widgets
import matplotlib as mpl
from matplotlib.figure import Figure

from viz.a11y import STATUS, make_accessible
from viz.style import DPI, png, rc


class Explorer(widgets.VBox):
    """A figure that follows its controls.

    Parameters
    ----------
    draw : callable
        ``draw(axes, **values) -> caption``: draws into fresh axes and returns a sentence that
        states the numbers to be seen. The title it sets is the claim.
    controls : dict of str to ipywidgets.Widget
        By the argument of `draw` they set; see `viz.slider` and `viz.choice`.
    alt : str
        What the figure shows, for those who do not see it.
    groups : dict of str to sequence of str, optional
        Headings and the names of the controls below them; without it all stand in one group.
    figsize : tuple of float, default=(5, 3)
        Width and height in inches.
    subplots : dict, optional
        Arguments of ``figure.subplots``; with more than one, `draw` gets an array of axes.
    """

    def __init__(self, draw, controls, *, alt, groups=None, figsize=(5, 3), subplots=None):
        self._draw, self._controls, self._alt = draw, controls, alt
        self._figsize, self._subplots, self._paused = figsize, subplots or {}, False
        self._start = {name: control.value for name, control in controls.items()}
        # Never larger than it was drawn: a wide page would blur it.
        width = f"min(100%, {round(figsize[0] * DPI)}px)"
        self._image = widgets.Image(format="png", layout=widgets.Layout(width=width))
        self._status = widgets.HTML()
        self._status.add_class(STATUS)
        self._picture, self.caption = b"", ""
        reset = widgets.Button(description="Start again", tooltip="Put every control back")
        reset.on_click(lambda _: self.reset())
        super().__init__([self._grid(groups), reset, self._image, self._status])
        make_accessible(self, alt)
        for control in controls.values():
            control.observe(self._update, "value")
        self._update()

    @property
    def values(self):
        """What the controls are set to, by name."""
        return {name: control.value for name, control in self._controls.items()}

    def set(self, **values):
        """Set some controls and draw once."""
        self._paused = True
        for name, value in values.items():
            self._controls[name].value = value
        self._paused = False
        self._update()

    def reset(self):
        """Put every control back to where it started."""
        self.set(**self._start)

    def lock(self, *, locked):
        """Switch all controls off or on."""
        for control in self._controls.values():
            control.disabled = locked

    def _grid(self, groups):
        groups = groups or {"": tuple(self._controls)}
        boxes = []
        for heading, names in groups.items():
            title = [widgets.HTML(f"<strong>{escape(heading)}</strong>")] if heading else []
            boxes.append(widgets.VBox([*title, *(self._controls[name] for name in names)]))
        return widgets.HBox(boxes, layout=widgets.Layout(flex_flow="row wrap"))

    def _update(self, _=None):
        # Grading runs explorers too; nobody looks at them there.
        if self._paused or os.environ.get("NBGRADER_EXECUTION"):
            return
        with mpl.rc_context(rc()):
            figure = Figure(figsize=self._figsize)
            self.caption = self._draw(figure.subplots(**self._subplots), **self.values)
            self._picture = png(figure)
        self._image.value = self._picture
        self._status.value = f"<p>{escape(self.caption)}</p>"

    def __repr__(self):
        """Return what is to be seen, in words."""
        return f"{self._alt}\n{self.caption}" if self.caption else self._alt

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["text/plain"] = repr(self)
        if self._picture:
            bundle["image/png"] = base64.b64encode(self._picture).decode()
        return bundle
