"""Runs cells in this very process: for a learner's own work, and for ``--no-sandbox``."""

import functools
import sys

from grader.notebook_subject import NotebookSubject
from grader.sandbox.inside.shell import run_cell, warm_shell
from grader.sandbox.limits import Limits
from grader.sandbox.messages import CellReport


class LocalSubject(NotebookSubject):
    """The functions of a notebook whose cells have just run here.

    Nothing protects this process from them.
    """

    problem = ""

    def __init__(self, sources, modules=()):
        self._main = sys.modules["__main__"]
        limits, shell = Limits(), _shell()
        sys.modules["__main__"] = shell.user_module  # what a learner's classes say they are from
        shell.reset(new_session=True, aggressive=False)
        self.reports = [
            CellReport(*run_cell(shell, source, limits.cell_seconds, limits.output))
            for source in sources
        ]
        super().__init__(shell.user_ns, modules)

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """Give the program its own main module back: it starts processes from it."""
        sys.modules["__main__"] = self._main


@functools.cache
def _shell():
    main = sys.modules["__main__"]
    try:
        return warm_shell(())
    finally:
        sys.modules["__main__"] = main  # a new shell puts its own there
