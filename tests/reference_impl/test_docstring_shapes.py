"""The shapes that docstrings state are the shapes that arrays have.

Each letter of a shape gets a size of its own, an array is made for every parameter whose docstring
states a shape, and what comes back must have the stated one. A function is tested by existing;
only arguments that are no plain arrays stand in a table here.
"""

import importlib
import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from numpydoc.docscrape import FunctionDoc

import reference_impl
from reference_impl.batchnorm import batchnorm_forward
from reference_impl.batchnorm2d import batchnorm2d_forward
from reference_impl.layernorm import layernorm_forward, rmsnorm_forward
from reference_impl.mlp import mlp_forward
from reference_impl.optimizers import adam_init
from reference_impl.training import optimizer_init

SHAPE = re.compile(r"of shape \(([^)]*)\)")
SIZES = {"N": 4, "D": 3, "M": 2, "C": 5, "H": 6, "W": 7}


def _functions():
    for path in sorted(Path(reference_impl.__path__[0]).glob("[!_]*.py")):
        module = importlib.import_module(f"reference_impl.{path.stem}")
        for name in module.__all__:
            function = getattr(module, name)
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                yield function


STATED = [
    function
    for function in _functions()
    if SHAPE.search(function.__doc__) and not inspect.isgeneratorfunction(function)
]


def _normal(*letters):
    return np.random.default_rng(0).normal(size=[SIZES[letter] for letter in letters])


def _distributions(*letters):
    positive = np.exp(_normal(*letters))
    return positive / positive.sum(axis=-1, keepdims=True)


PARAMS = [(_normal("D", "H"), _normal("H")), (_normal("H", "M"), _normal("M"))]
STATISTICS = (_normal("D"), np.ones(SIZES["D"]))
IMAGE_STATISTICS = (_normal("C"), np.ones(SIZES["C"]))
_TRAINED = batchnorm_forward(_normal("N", "D"), *STATISTICS, *STATISTICS, training=True)
_TRAINED_2D = batchnorm2d_forward(
    _normal("N", "C", "H", "W"), *IMAGE_STATISTICS, *IMAGE_STATISTICS, training=True
)

# By parameter: what must be of a certain kind.
OF_KIND = {
    "labels": lambda *letters: np.arange(SIZES[letters[0]]) % SIZES["C"],
    "pred": lambda *letters: np.arange(SIZES[letters[0]]) % SIZES["C"],
    "target": lambda *letters: np.arange(SIZES[letters[0]]) % SIZES["C"],
    "probs": _distributions,
    "Y": _distributions,
    "p": _distributions,
    "q": _distributions,
    "class_weights": lambda *letters: np.exp(_normal(*letters)),
    "running_var": lambda *letters: np.exp(_normal(*letters)),
    "sigma": lambda *letters: np.exp(_normal(*letters)),
}
# By function: what is no array.
MORE = {
    "batchnorm_backward": {"cache": _TRAINED[1]},
    "batchnorm_backward_stepwise": {"cache": _TRAINED[1]},
    "batchnorm2d_backward": {"cache": _TRAINED_2D[1]},
    "batchnorm2d_forward": {"training": True},
    "batchnorm_forward": {"training": True},
    "confusion_matrix": {"n_classes": SIZES["C"]},
    "layernorm_backward": {"cache": layernorm_forward(_normal("N", "D"), *STATISTICS)[1]},
    "linear_backward": {"cache": (_normal("N", "D"), _normal("D", "M"))},
    "lsuv": {"params": PARAMS},
    "mlp_backward": {"caches": mlp_forward(_normal("N", "D"), PARAMS)[1]},
    "mlp_forward": {"params": PARAMS},
    "rmsnorm_backward": {"cache": rmsnorm_forward(_normal("N", "D"), _normal("D"))[1]},
    "split": {"rng": np.random.default_rng(0)},
    "train_step": {
        "params": PARAMS,
        "states": optimizer_init(PARAMS, adam_init),
        "y": np.array([0, 1, 1, 0]),
        "lr": 0.1,
    },
    "two_layer_train_step": {"lr": 0.1},
}


def _letters(kind):
    """Return the letters of a stated shape, None where none is stated; dots stand for no axis."""
    stated = SHAPE.search(kind)
    if stated is None:
        return None
    return [letter.strip() for letter in stated[1].split(",") if letter.strip() not in ("", "...")]


def _arguments(function, parameters):
    arguments = dict(MORE.get(function.__name__, {}))
    for name, kind, _ in parameters:
        letters = _letters(kind)
        if letters is not None and name not in arguments:
            arguments[name] = OF_KIND.get(name, _normal)(*letters)
    return arguments


@pytest.mark.parametrize("function", STATED, ids=[function.__name__ for function in STATED])
def test_shapes_are_as_documented(function):
    doc = FunctionDoc(function)

    result = function(**_arguments(function, doc["Parameters"]))

    sizes, returns = dict(SIZES), doc["Returns"]
    # The data sets have sizes of their own.
    if not doc["Parameters"]:
        sizes = {}
    for (name, kind, _), value in zip(
        returns, result if len(returns) > 1 else [result], strict=True
    ):
        letters = _letters(kind)
        if letters is not None:
            assert len(letters) == np.ndim(value), f"{name} is stated as ({', '.join(letters)})"
            for letter, size in zip(letters, np.shape(value), strict=True):
                assert sizes.setdefault(letter, size) == size, f"{name}: {letter}"


def test_no_table_entry_is_left_over():
    assert set(MORE) <= {function.__name__ for function in STATED}
