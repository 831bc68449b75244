"""A module that grows past its limit is split before it is merged."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = 400
MODULES = [
    path
    for package in ("reference_impl", "viz", "grader")
    for path in sorted((ROOT / package).rglob("*.py"))
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_is_short_enough_to_read(path):
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines <= LINES
