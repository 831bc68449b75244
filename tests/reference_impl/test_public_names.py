"""Every public name says what it is: listed, documented, and found under its own module."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from numpydoc.docscrape import FunctionDoc

import reference_impl

PATHS = sorted(Path(reference_impl.__path__[0]).glob("[!_]*.py"))
MODULES = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
FUNCTIONS = [
    getattr(module, name)
    for module in (importlib.import_module(f"reference_impl.{path.stem}") for path in PATHS)
    for name in module.__all__
    if inspect.isfunction(getattr(module, name))
]


@MODULES
def test_all_lists_what_the_module_defines_for_others(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }

    listed = importlib.import_module(f"reference_impl.{path.stem}").__all__

    assert defined <= set(listed)
    assert len(listed) == len(set(listed))


@MODULES
def test_module_says_what_it_is_for(path):
    assert importlib.import_module(f"reference_impl.{path.stem}").__doc__.strip()


@MODULES
def test_module_has_its_tests_beside(path):
    assert (Path(__file__).parent / f"test_{path.stem}.py").exists()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstring_has_parameters_returns_and_an_example(function):
    doc = FunctionDoc(function)

    documented = [
        name.lstrip("*") for entry in doc["Parameters"] for name in entry.name.split(", ")
    ]

    assert documented == list(inspect.signature(function).parameters)
    assert doc["Returns"] or doc["Yields"]
    assert doc["Examples"] or function.__name__.endswith("_init")


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_randomness_has_no_default(function):
    parameter = inspect.signature(function).parameters.get("rng")

    assert parameter is None or parameter.default is inspect.Parameter.empty
