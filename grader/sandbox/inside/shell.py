"""Runs a learner's cells as a notebook would, magics included, and keeps some of what they print.

`warm_shell` is called once, before any submission is there; each submission gets a fork of it.
"""

import contextlib
import importlib
import io
import os
import signal
import sys

from grader.calling import OutOfTime, time_limit

NO_COMMANDS = "System commands do not run in grading."


def warm_shell(modules):
    """Return an IPython shell with everything a lesson imports already loaded."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    for module in modules:
        importlib.import_module(module)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = _silent
    shell._inspect = _silent  # what a ``name?`` line comes to
    shell.system = shell.getoutput = shell.system_raw = shell.system_piped = _no_commands
    shell.enable_matplotlib = shell.enable_pylab = _plots_nowhere
    shell.enable_gui = _silent
    plt.show = _silent
    figure, axes = plt.subplots()
    axes.plot([0, 1])
    figure.savefig(io.BytesIO())
    plt.close(figure)
    run_cell(shell, "%matplotlib inline\n1 + 1", 60, 100)
    shell.reset(new_session=True)
    return shell


def _silent(*args, **kwargs):
    return None


def _plots_nowhere(gui=None, *args, **kwargs):
    return gui, "agg"


def _no_commands(*args, **kwargs):
    print(NO_COMMANDS)


def run_cell(shell, source, seconds, kept):
    """Run one cell and return ``(status, text)``: "ok", "timed out" or the error's class name."""
    status, output = "ok", Bounded(kept)
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            with time_limit(seconds):
                result = shell.run_cell(source, store_history=False)
            problem = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # whatever a cell raises ends the cell, not the process
            if hasattr(signal, "setitimer"):  # an alarm may be left of a limit left by an alarm
                signal.setitimer(signal.ITIMER_REAL, 0)
            problem = caught
        if isinstance(problem, OutOfTime):
            status = "timed out"
        elif problem is not None:
            status = (
                type(problem).__name__ if type(problem).__name__.isidentifier() else "Exception"
            )
            output.write(_describe(problem))
    return status, output.getvalue()


def _describe(problem):
    try:
        return f"{type(problem).__name__}: {problem}"[:500]
    except Exception:
        return type(problem).__name__


class Bounded(io.TextIOBase):
    """Text that keeps its beginning and drops the rest."""

    encoding = "utf-8"

    def __init__(self, most):
        self.most, self.text = most, io.StringIO()

    def writable(self):
        """Say that it can be written to."""
        return True

    def write(self, text):
        """Keep what still fits."""
        left = self.most - self.text.tell()
        if left > 0:
            self.text.write(text[:left])
        return len(text)

    def getvalue(self):
        """Return what was kept."""
        return self.text.getvalue()


def put_files(files):
    """Write the files that lie beside the notebook into the private folder."""
    for name, content in files.items():
        with open(os.path.join(os.getcwd(), os.path.basename(name)), "wb") as file:
            file.write(content)


def forget_paths():
    """Leave no folder on the module path that a learner could write to."""
    sys.path[:] = [path for path in sys.path if path.startswith("/") and not _writable(path)]


def _writable(path):
    return os.access(path, os.W_OK)
