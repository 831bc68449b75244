"""Each package imports only what stands below it."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "reference_impl": {"reference_impl"},
    "viz": {"viz", "reference_impl"},
    "grader": {"grader", "reference_impl"},
}
MODULES = [
    pytest.param(package, path, id=path.relative_to(ROOT).as_posix())
    for package in MAY_IMPORT
    for path in sorted((ROOT / package).rglob("*.py"))
]


def _imports(nodes):
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.partition(".")[0]


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("package", "path"), MODULES)
def test_imports_point_down(package, path):
    ours = {*MAY_IMPORT, "tests"}
    assert set(_imports(ast.walk(_tree(path)))) & ours <= MAY_IMPORT[package]


REFERENCE = sorted((ROOT / "reference_impl").glob("*.py"))


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.name)
def test_reference_needs_numpy_alone(path):
    # What is imported within a function is needed only by who calls it.
    third_party = set(_imports(_tree(path).body)) - sys.stdlib_module_names
    assert third_party <= {"numpy", "reference_impl"}


def test_no_module_beside_the_set_up_hides_one_of_pythons():
    # `python grader/bootstrap.py` looks for modules in grader/ first.
    beside = {path.stem for path in (ROOT / "grader").iterdir()}
    assert beside & set(sys.stdlib_module_names) == set()
