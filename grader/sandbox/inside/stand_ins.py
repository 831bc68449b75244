"""Modules that are there in a lesson and do nothing in grading: `grader` and `viz`.

A set-up cell such as ``from grader import check, quiz; import viz; viz.use_style()`` runs; whatever
it imports can be called, indexed and iterated, and comes to nothing.
"""

import importlib.abc
import importlib.machinery
import sys
import types

NAMES = ("grader", "viz")


class Nothing:
    """Absorbs every use."""

    def __call__(self, *args, **kwargs):
        """Return itself."""
        return self

    def __getattr__(self, name):
        """Return itself, but for the names that Python's own protocols look for."""
        if name.startswith("__") or name.startswith("_repr_") or name.startswith("_ipython_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        """Return itself."""
        return self

    def __iter__(self):
        """Return an iterator over nothing."""
        return iter(())

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """Let an exception through."""
        return False

    def __repr__(self):
        """Return the text of nothing."""
        return "nothing"


class StandIn(types.ModuleType):
    """A module in which every name is `Nothing`."""

    def __getattr__(self, name):
        """Return `Nothing`."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a stand-in for each of the names and for all below them."""

    def find_spec(self, name, path=None, target=None):
        """Return a specification, or None if the name is none of ours."""
        if name.split(".")[0] in NAMES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        """Return the stand-in."""
        return StandIn(spec.name)

    def exec_module(self, module):
        """Do nothing."""


def install():
    """Put the stand-ins in place of whatever had the names so far."""
    for name in list(sys.modules):
        if name.split(".")[0] in NAMES:
            del sys.modules[name]
    sys.meta_path.insert(0, Finder())
