"""A countdown in the page. It needs no kernel to tick: it knows the deadline."""

import anywidget
import traitlets


class Countdown(anywidget.AnyWidget):
    """Shows the minutes and seconds left until a deadline, or of a clock that stands still."""

    deadline = traitlets.Float(0.0).tag(sync=True)
    """Milliseconds since 1970; 0 for a clock that stands still."""
    left = traitlets.Float(0.0).tag(sync=True)
    """Milliseconds left of a clock that stands still."""
    grace = traitlets.Float(0.0).tag(sync=True)
    """Milliseconds past the deadline after which `up` counts on."""
    up = traitlets.Int(0).tag(sync=True)
    """How often time was up."""

    _esm = """
    const WARNINGS = [60, 0];  // seconds left at which a screen reader is told
    function told(ms) {
      const s = Math.max(0, Math.ceil(ms / 1000));
      return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    }
    export default {
      render({ model, el }) {
        const time = document.createElement("span");
        time.setAttribute("role", "timer");
        time.setAttribute("aria-label", "Time left");
        time.className = "course-countdown";
        const spoken = document.createElement("span");
        spoken.setAttribute("role", "status");
        spoken.className = "course-spoken";
        el.append(time, spoken);
        let last = Infinity, reported = 0;
        const tick = () => {
          const deadline = model.get("deadline");
          const ms = deadline ? deadline - Date.now() : model.get("left");
          time.textContent = told(ms) + (deadline ? " left" : " left, stopped");
          time.classList.toggle("course-hurry", Boolean(deadline) && ms < 60000);
          if (!deadline) { last = Infinity; return; }
          for (const s of WARNINGS)
            if (last > s * 1000 && ms <= s * 1000 && last !== Infinity)
              spoken.textContent = s ? "One minute left." : "Time is up.";
          last = ms;
          if (ms < -model.get("grace") && reported !== deadline) {
            reported = deadline;
            model.set("up", model.get("up") + 1);
            model.save_changes();
          }
        };
        const timer = setInterval(tick, 250);
        model.on("change:deadline", tick);
        model.on("change:left", tick);
        tick();
        return () => clearInterval(timer);
      },
    };
    """
    _css = """
    .course-countdown { font-weight: bold; font-variant-numeric: tabular-nums; font-size: 1.3em;
      color: var(--jp-content-font-color1, inherit); padding: 0 0.5em;
      border-left: 4px solid var(--jp-brand-color1, #1976d2); }
    .course-countdown.course-hurry { border-left-color: var(--jp-error-color1, #d32f2f); }
    .course-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); }
    """
