"""Runs what CI runs: style, tests, doctests, and every notebook from top to bottom."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The notebooks are compared with their stored outputs, each in a fresh kernel.
EVERYTHING = ("tests", "reference_impl", "grader", "viz", "solutions", "course")
NOTEBOOKS = ("--nbval", "--nbval-current-env", "--nbval-cell-timeout=60")
# nbgrader runs its configuration in a namespace of its own; it is no module.
NO_MODULE = "--ignore=grader/nbgrader_config.py"


def run(arguments=()):
    """Run the tests and return the exit status.

    Parameters
    ----------
    arguments : sequence of str
        Options for pytest; paths among them are run instead of everything.
    """
    os.chdir(ROOT)
    named = any((ROOT / argument.partition("::")[0]).exists() for argument in arguments)
    # One worker a file: the cells of a notebook share a kernel, browser tests a server.
    workers = ("-n", str(_cores()), "--dist", "loadfile")
    paths = () if named else [name for name in EVERYTHING if (ROOT / name).exists()]
    return pytest.main([*NOTEBOOKS, NO_MODULE, *workers, "-rs", *arguments, *paths])


def lint_commands(*, fix):
    """Return the programs that judge the style, as lists of words."""
    ruff = [sys.executable, "-m", "ruff"]
    modules = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("reference_impl/[!_]*.py"))
    return {
        "format": [*ruff, "format", *([] if fix else ["--check", "--diff"]), "."],
        "check": [*ruff, "check", *(["--fix"] if fix else []), "."],
        "docstrings": [sys.executable, "-m", "numpydoc", "lint", *modules],
    }


def lint(*, fix):
    """Run all style checks and return 1 if one of them found something."""
    statuses = [
        subprocess.run(command, cwd=ROOT, check=False).returncode
        for command in lint_commands(fix=fix).values()
    ]
    return int(any(statuses))


def bench(names=()):
    """Run the benchmarks named, or all of them, and return 1 if one of them failed."""
    found = {path.stem: path for path in sorted(ROOT.glob("benchmarks/*.py"))}
    if unknown := [name for name in names if name not in found]:
        raise LookupError(f"there is no benchmark {unknown[0]!r}; there are {', '.join(found)}")
    statuses = [
        subprocess.run([sys.executable, found[name]], cwd=ROOT, check=False).returncode
        for name in names or found
    ]
    return int(any(statuses))


def _cores():
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
