"""Hold reference_impl against values of PyTorch, made by tests/data/make_torch_values.py."""

import importlib
import json
import pkgutil
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

import reference_impl

RECORDS = json.loads((Path(__file__).parents[1] / "data/torch_values.json").read_text())["cases"]
LAYERS = ("linear", "layernorm", "rmsnorm", "batchnorm", "batchnorm2d")
BY_OUTPUT = ("sigmoid", "tanh", "softmax", "log_softmax")


def _find(name):
    """Return a function of reference_impl by its name, whatever its module is."""
    modules = [module.name for module in pkgutil.iter_modules(reference_impl.__path__)]
    for module in [name, *modules]:
        if module in modules:
            found = getattr(importlib.import_module(f"reference_impl.{module}"), name, None)
            if callable(found):
                return found
    raise LookupError(name)


def _records(*, layers, without=()):
    return pytest.mark.parametrize(
        "record",
        [
            pytest.param(record, id=f"{record['name']}-{number}")
            for number, record in enumerate(RECORDS)
            if (record["name"] in LAYERS) == layers and record["name"] not in without
        ],
    )


def _arrays(record):
    return [np.array(argument) for argument in record["arguments"]]


@_records(layers=False)
def test_value(record):
    got = _find(record["name"])(*_arrays(record), **record["options"])

    assert_allclose(got, record["value"], rtol=1e-13, atol=1e-14)


@_records(layers=False, without=["logsumexp"])  # The gradient of logsumexp is softmax.
def test_gradient(record):
    name, arguments, options = record["name"], _arrays(record), record["options"]
    upstream, backward = np.array(record["upstream"]), _find(f"{name}_backward")

    if "reduction" not in options:
        first = _find(name)(*arguments, **options) if name in BY_OUTPUT else arguments[0]
        got = [backward(upstream, first, **options)]
    else:
        slopes = backward(*arguments, **options)
        slopes = slopes if isinstance(slopes, tuple) else (slopes,)
        # The gradient of a row's loss has a column an entry of the row.
        rows = upstream[..., np.newaxis] if upstream.ndim == 1 else upstream
        got = [rows * slope for slope in slopes]

    for got_one, want in zip(got, record["gradients"], strict=True):
        assert_allclose(got_one, want, rtol=1e-12, atol=1e-14)


@_records(layers=True)
def test_layer(record):
    name, arguments = record["name"], _arrays(record)
    out, cache, *running = _find(f"{name}_forward")(*arguments, **record["options"])
    gradients = _find(f"{name}_backward")(np.array(record["upstream"]), cache)

    assert_allclose(out, record["value"], rtol=1e-13, atol=1e-14)
    assert_allclose(running, record.get("running", []), rtol=1e-14)
    for got, want in zip(gradients, record["gradients"], strict=True):
        assert_allclose(got, want, rtol=1e-12, atol=1e-14)
