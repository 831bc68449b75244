"""What every activation that takes its pre-activation backward has in common."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from reference_impl import elu, gelu, silu, softplus

PAIRS = pytest.mark.parametrize(
    "forward, backward",
    [
        pytest.param(getattr(module, name), getattr(module, f"{name}_backward"), id=name)
        for module in (elu, gelu, silu, softplus)
        for name in module.__all__
        if not name.endswith("_backward")
    ],
)
EXTREMES = np.concatenate([np.linspace(-800, 800, 161), [-1e4, -1e-300, 5e-324, 1e-9, 1e4]])


@PAIRS
def test_extremes_are_quiet_and_finite(forward, backward):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        A, dZ = forward(EXTREMES), backward(np.ones_like(EXTREMES), EXTREMES)

    assert np.isfinite([A, dZ]).all()


@PAIRS
def test_nothing_stays_nothing(forward, backward):
    assert forward(np.zeros((0, 3))).shape == (0, 3)
    assert backward(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)


@PAIRS
@pytest.mark.parametrize(
    "given, kept", [("float32", "float32"), ("int64", "float64"), ("uint8", "float64")]
)
def test_dtype(forward, backward, given, kept):
    Z = np.array([0, 1, 200], given)

    assert forward(Z).dtype == kept
    assert backward(Z, Z).dtype == kept


@PAIRS
def test_arguments_stay_unchanged(rng, forward, backward):
    Z, dA = rng.normal(size=(2, 4))
    before = Z.copy(), dA.copy()
    forward(Z)
    backward(dA, Z)

    assert_array_equal((Z, dA), before)


@PAIRS
def test_column_against_row_is_refused(forward, backward):
    with pytest.raises(ValueError, match=r"got dA \(3,\), Z \(3, 1\)"):
        backward(np.zeros(3), np.zeros((3, 1)))
