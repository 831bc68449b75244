"""An invisible widget that makes its neighbours work from the keyboard and for screen readers.

In JupyterLab a key pressed on a focused button or radio button also reaches the notebook: ``x``
cuts the cell, ``d d`` deletes it. The attribute that stops this must stand on every focusable
element itself. The same pass names groups and marks live regions, which the core widgets do not.
"""

import anywidget
import traitlets


class A11y(anywidget.AnyWidget):
    """Tends every focusable element below the nearest ancestor of class ``course-quiz``."""

    label = traitlets.Unicode().tag(sync=True)
    """What the group is called."""

    _esm = """
    const SETTLED = 300;  // milliseconds
    const FOCUSABLE = "input, button, select, textarea, summary, a, [tabindex]";

    function tend(root, id, label) {
      root.setAttribute("role", "group");
      root.setAttribute("aria-label", label);
      root.querySelectorAll(FOCUSABLE).forEach((e) =>
        e.setAttribute("data-lm-suppress-shortcuts", "true"));
      root.querySelectorAll(".widget-radio").forEach((group, i) => {
        group.setAttribute("role", "radiogroup");
        group.setAttribute("aria-label", label);
        group.querySelectorAll("input[type=radio]").forEach((r) => { r.name = `${id}-${i}`; });
      });
      root.querySelectorAll("button[title]").forEach((b) => {
        if (b.title) b.setAttribute("aria-label", b.title);
      });
      root.querySelectorAll(".course-feedback").forEach((f) => {
        f.setAttribute("role", "status");
        f.setAttribute("aria-live", "polite");
      });
      root.querySelectorAll(".course-feedback pre").forEach((p) => { p.tabIndex = 0; });
    }

    export default {
      render({ model, el }) {
        el.style.display = "none";
        // Every widget loads this module anew, so a counter would give all radio groups one name.
        const id = `course-quiz-${Math.random().toString(36).slice(2)}`;
        let observer, root, timer;
        const onKey = (event) => {
          if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
          event.target.dispatchEvent(new Event("change", { bubbles: true }));
          root.querySelector("button.course-check")?.click();
        };
        // A change may wait in the page until the kernel has answered the one before it, while a
        // click is sent at once and would overtake it.
        let changed = 0;
        const onChange = () => { changed = Date.now(); };
        const onClick = (event) => {
          const check = event.target.closest("button.course-check");
          const wait = changed + SETTLED - Date.now();
          if (!check || wait <= 0) return;
          event.stopImmediatePropagation();
          setTimeout(() => check.click(), wait);
        };
        // While capturing, since the text fields stop events from bubbling up.
        const listeners = { keydown: onKey, input: onChange, change: onChange, click: onClick };
        const start = () => {
          root = el.closest(".course-quiz");
          if (!root) { timer = setTimeout(start, 50); return; }
          const pass = () => tend(root, id, model.get("label"));
          pass();
          observer = new MutationObserver(pass);
          observer.observe(root, { childList: true, subtree: true });
          for (const [name, act] of Object.entries(listeners))
            root.addEventListener(name, act, true);
        };
        start();
        return () => {
          clearTimeout(timer);
          observer?.disconnect();
          for (const [name, act] of Object.entries(listeners))
            root?.removeEventListener(name, act, true);
        };
      },
    };
    """
