"""Every module has a test file of its own name, in the folder of its own name."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("grader", "reference_impl", "viz")
# A package's own file is tested with its modules. Records are held registry-wide: each of them
# goes through the tests in tests/grader/test_exercises.py and in tests/grader/exercises.
RECORDS = ROOT / "grader" / "exercises"
# pytest enters no folder of this name below tests/: what is in it runs in the sandbox only.
FLAT = "inside"
EXCEPTIONS = {
    "grader/grading/errors.py": "one class that holds nothing",
}
MODULES = [
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "__init__.py" and not path.is_relative_to(RECORDS)
]


def mirror_of(module):
    """Return where a module's tests lie: without the underscores around its name."""
    path = Path(module)
    parents = [name for name in path.parent.parts if name != FLAT]
    return Path("tests", *parents, f"test_{path.stem.strip('_')}.py").as_posix()


@pytest.mark.parametrize("module", [one for one in MODULES if one not in EXCEPTIONS])
def test_the_module_has_a_test_file_of_its_own_name(module):
    assert (ROOT / mirror_of(module)).is_file(), f"{module} is tested by no {mirror_of(module)}"


@pytest.mark.parametrize("module", EXCEPTIONS)
def test_an_exception_is_still_needed(module):
    assert module in MODULES
    assert not (ROOT / mirror_of(module)).exists()


def test_no_two_modules_share_a_test_file():
    mirrors = [mirror_of(module) for module in MODULES]

    assert sorted(mirrors) == sorted(set(mirrors))
