"""Tests of reference_impl.datasets."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from reference_impl import datasets


def test_digits_are_pixels_and_ten_classes():
    X, y = datasets.load_digits()

    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0, 16)
    assert_array_equal(np.unique(y), np.arange(10))


def test_malignant_is_the_positive_and_rarer_class():
    X, y = datasets.load_breast_cancer()

    assert X.shape == (569, 30)
    assert_array_equal(np.bincount(y), [357, 212])
    # Malignant tumours are larger: column 0 is the mean radius.
    assert X[y == 1, 0].mean() > X[y == 0, 0].mean()


def test_diabetes_is_in_its_own_units():
    X, y = datasets.load_diabetes()

    assert X.shape == (442, 10)
    assert (X[:, 0].min(), X[:, 0].max()) == (19, 79)  # Years of age.
    assert (y.min(), y.max()) == (25, 346)


@pytest.mark.parametrize("name", datasets.__all__)
def test_each_call_gives_arrays_of_its_own(name):
    X, _ = getattr(datasets, name)()
    X[:] = -1

    again, _ = getattr(datasets, name)()

    assert again.min() != -1
    assert X.dtype == np.float64


def test_importing_the_module_does_not_import_scikit_learn():
    program = "import sys, reference_impl.datasets; sys.exit('sklearn' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
