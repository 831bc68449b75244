"""The files that say what to install must agree: pyproject.toml, requirements.lock, conda's."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from grader import bootstrap

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"].values()
DIRECT = [*PROJECT["dependencies"], *(line for extra in EXTRAS for line in extra)]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!-]+)(.*)(\n(?:    .*\n?)*)", re.MULTILINE)
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def _locked():
    found = PINNED.findall(LOCK)
    return {canonicalize_name(name): version for name, version, *_ in found}


@pytest.mark.parametrize("line", DIRECT)
def test_lock_has_what_the_project_asks_for(line):
    wanted = Requirement(line)
    version = _locked().get(canonicalize_name(wanted.name))
    assert version, f"{wanted.name} is not in requirements.lock: run `make lock`"
    assert wanted.specifier.contains(version), f"{line} is locked at {version}: run `make lock`"


def test_every_pin_has_hashes():
    without = [name for name, _, _, below in PINNED.findall(LOCK) if "--hash=sha256:" not in below]
    assert without == []


def test_lock_holds_pins_and_nothing_else():
    others = [line for line in PINNED.sub("", LOCK).splitlines() if not line.startswith("#")]
    assert [line for line in others if line.strip()] == []


def test_lock_names_no_package_index():
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", LOCK)


def test_conda_installs_the_same_lock():
    packages = [entry for entry in CONDA["dependencies"] if isinstance(entry, str)]
    [by_pip] = [entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict)]
    assert packages == [f"python{PROJECT['requires-python']}", "pip"]
    assert by_pip == ["-r requirements.lock"]


def test_set_up_asks_for_the_same_python():
    oldest = ".".join(map(str, bootstrap.OLDEST))
    assert SpecifierSet(PROJECT["requires-python"]) == SpecifierSet(f">={oldest}")


@pytest.mark.parametrize("line", ["make lab", "make test", "py grader/bootstrap.py lab"])
def test_readme_names_the_command(line):
    assert line in (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_has_the_line_conda_users_need():
    assert "python grader/bootstrap.py link" in (ROOT / "README.md").read_text(encoding="utf-8")
