"""Correct answers in other styles, a file a lesson: every one of them must pass its check.

Each section of a file, headed ``# %% <exercise>: <style>``, is the source of one notebook cell.
"""

import linecache
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HEADING = re.compile(r"^# %% (\w+): (.+)$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Alternative:
    """One cell that answers an exercise in a style of its own."""

    exercise: str
    style: str
    source: str

    def __str__(self):
        """Return a name for a test report."""
        return f"{self.exercise}-{self.style.replace(' ', '_')}"

    def run(self):
        """Return the variables after the cell has run, as in a fresh notebook."""
        name = f"<{self}>"
        linecache.cache[name] = (len(self.source), None, self.source.splitlines(True), name)
        namespace = {"np": np, "__name__": "__main__"}
        exec(compile(self.source, name, "exec"), namespace)
        return namespace


def alternatives():
    """Return every alternative of every lesson."""
    found = []
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        _, *parts = HEADING.split(path.read_text(encoding="utf-8"))
        triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        found += [Alternative(*map(str.strip, triple)) for triple in triples]
    return found
