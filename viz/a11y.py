"""Keyboard and screen reader: what the core widgets lack inside JupyterLab.

With the focus on a slider, a button or a radio button JupyterLab still listens to its shortcuts:
the key X cuts the cell. An invisible widget beside the controls switches that off on each of them,
and gives sliders and groups the names that a screen reader says.
"""

import anywidget
import traitlets

BOX = "course-widget"
"""Class of the box in which controls are cared for."""
STATUS = "course-status"
"""Class of what a screen reader should say when it changes."""


class Keyboard(anywidget.AnyWidget):
    """Invisible sibling of the controls in a box of class `BOX`."""

    alt = traitlets.Unicode().tag(sync=True)
    """What the picture in the box shows."""

    _esm = """
    const FOCUS = "input,button,select,textarea,[tabindex]";
    function name(box, control, more) {
      const label = box.querySelector(".widget-label");
      const target = box.querySelector(control);
      if (label && target) { target.setAttribute("aria-label", label.textContent + more); }
    }
    function mend(root, id, alt) {
      root.querySelectorAll("img").forEach((e) => { e.alt = alt; });
      root.querySelectorAll(FOCUS).forEach((e) =>
        e.setAttribute("data-lm-suppress-shortcuts", "true"));
      root.querySelectorAll(".widget-slider").forEach((box) => {
        name(box, ".noUi-handle", "");
        name(box, ".widget-readout", ", as a number");
      });
      root.querySelectorAll(".widget-radio").forEach((group, i) => {
        group.setAttribute("role", "radiogroup");
        const label = group.querySelector(".widget-label");
        if (label) {
          label.id = label.id || `${id}-label${i}`;
          group.setAttribute("aria-labelledby", label.id);
        }
        group.querySelectorAll("input[type=radio]").forEach((e) => { e.name = `${id}-radio${i}`; });
      });
      root.querySelectorAll(".STATUS").forEach((e) => {
        e.setAttribute("role", "status");
        e.setAttribute("aria-live", "polite");
      });
    }
    export default {
      render({ model, el }) {
        el.style.display = "none";
        const id = "course" + Math.random().toString(36).slice(2);
        let observer = null, gone = false;
        const start = () => {
          const root = el.closest(".BOX");
          if (!root) { if (!gone) { setTimeout(start, 50); } return; }
          mend(root, id, model.get("alt"));
          observer = new MutationObserver(() => mend(root, id, model.get("alt")));
          observer.observe(root, { childList: true, subtree: true });
        };
        start();
        return () => { gone = true; if (observer) { observer.disconnect(); } };
      },
    };
    """.replace("STATUS", STATUS).replace("BOX", BOX)


def make_accessible(box, alt=""):
    """Add the invisible sibling to a box of widgets.

    Parameters
    ----------
    box : ipywidgets.Box
        Its children are extended.
    alt : str
        What its picture shows.

    Returns
    -------
    box : ipywidgets.Box
        The same box.
    """
    box.add_class(BOX)
    box.children = (*box.children, Keyboard(alt=alt))
    return box
