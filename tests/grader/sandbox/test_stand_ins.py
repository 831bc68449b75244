"""Tests of grader.sandbox.inside.stand_ins: a set-up cell finds its imports."""

import importlib.util
import subprocess
import sys

import pytest

from grader.sandbox.inside import stand_ins
from grader.sandbox.inside.stand_ins import Finder, Nothing

CELL = """
import importlib.util
import sys
import types

sys.modules["viz"] = types.ModuleType("viz")
sys.modules["viz.curves"] = types.ModuleType("viz.curves")
spec = importlib.util.spec_from_file_location("stand_ins", sys.argv[1])
stand_ins = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stand_ins)
stand_ins.install()

import viz
from grader import check, quiz
from grader.interview import interview
from viz.curves import draw_curves

viz.use_style()
draw_curves(None, [1, 2], {}).legend().set_title("x")
for question in quiz("a", "b"):
    raise SystemExit("nothing has no parts")
with viz.Explorer() as explorer:
    explorer.set(x=1)["key"].value
print(repr(check("neuron")), repr(interview()))
"""


def test_a_set_up_cell_runs_and_comes_to_nothing():
    command = [sys.executable, "-S", "-c", CELL, stand_ins.__file__]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing nothing\n", "")


@pytest.mark.parametrize("name", ["numpy", "graders", "reference_impl.linear", "my_viz"])
def test_other_modules_are_left_to_others(name):
    assert Finder().find_spec(name) is None


@pytest.mark.parametrize("name", ["__wrapped__", "__len__", "_repr_html_", "_ipython_display_"])
def test_what_python_and_notebooks_ask_for_is_not_there(name):
    module = importlib.util.module_from_spec(Finder().find_spec("viz"))

    assert not hasattr(Nothing(), name)
    assert not name.startswith("__") or not hasattr(module, name)


def test_an_error_in_a_with_statement_is_not_swallowed():
    with pytest.raises(KeyError), Nothing():
        raise KeyError
