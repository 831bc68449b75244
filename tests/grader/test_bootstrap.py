"""Tests of grader.bootstrap, without network: nothing is installed here."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader import bootstrap
from grader.bootstrap import Environment, SetupError

ROOT = Path(__file__).parents[2]
UNIX = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for a program")


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "requirements.lock").write_text("attrs==1.0\n")
    return Environment(tmp_path)


@pytest.fixture
def installed(environment, monkeypatch):
    """Return the list of what was installed, in an environment whose steps are only noted."""
    done = []
    monkeypatch.setattr(bootstrap, "install", done.append)
    monkeypatch.setattr(bootstrap, "make", lambda env: _fake_python(env))
    monkeypatch.setattr(Environment, "works", lambda env: env.python.exists())
    monkeypatch.setattr(Environment, "site", lambda env: env.folder)
    return done


def _fake_python(environment):
    environment.bin.mkdir(parents=True)
    environment.python.touch()


def test_imports_the_standard_library_alone():
    tree = ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"))
    imported = {name.partition(".")[0] for node in ast.walk(tree) for name in _names_imported(node)}
    assert imported <= sys.stdlib_module_names


def _names_imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) else []


def test_an_old_python_can_read_it():
    ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_without_a_command_it_says_what_there_is(capsys):
    assert bootstrap.main([]) == 0
    assert "setup" in capsys.readouterr().out


def test_second_set_up_installs_nothing(environment, installed):
    bootstrap.set_up(environment)
    bootstrap.set_up(environment)
    assert len(installed) == 1


def test_changed_lock_is_installed(environment, installed):
    bootstrap.set_up(environment)
    (environment.root / "requirements.lock").write_text("attrs==2.0\n")
    bootstrap.set_up(environment)
    assert len(installed) == 2


def test_interrupted_installation_is_repeated(environment, installed, monkeypatch):
    bootstrap.set_up(environment)
    (environment.root / "requirements.lock").write_text("attrs==2.0\n")

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.set_up(environment)
    assert not environment.is_ready()


def test_environment_of_a_moved_repository_is_not_used(environment):
    _fake_python(environment)
    environment.marker.write_text(environment.fingerprint())
    moved = environment.root.with_name("moved")
    environment.root.rename(moved)
    assert not Environment(moved).is_ready()
    assert not Environment(moved).works()


def test_half_made_environment_does_not_work(environment):
    environment.bin.mkdir(parents=True)
    assert not environment.works()


@UNIX
def test_environment_whose_python_is_gone_does_not_work(environment):
    environment.bin.mkdir(parents=True)
    environment.python.symlink_to(environment.root / "no-such-python")
    assert not environment.works()


@pytest.mark.slow
def test_half_made_environment_is_made_anew(environment):
    environment.bin.mkdir(parents=True)
    bootstrap.make(environment)
    assert environment.works()


def test_python_without_venv_is_told_what_to_install(environment, monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(SetupError, match=r"apt install python3\.\d+-venv"):
        bootstrap.make(environment)


def test_old_python_is_refused_with_a_newer_one_named(environment, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", {"python3.12": "found"}.get)
    with pytest.raises(SetupError, match=r"this is 3\.9\.(.|\n)*PYTHON=python3\.12"):
        bootstrap.set_up(environment)


def test_read_only_folder_is_said(environment, monkeypatch):
    def refused(env):
        raise PermissionError(13, "Permission denied", str(env.folder))

    monkeypatch.setattr(bootstrap, "make", refused)
    with pytest.raises(SetupError, match=r"cannot be written to: .*venv"):
        bootstrap.set_up(environment)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "could not be reached"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "hash differs"),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)", "certificate"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "could not be written"),
        ("ERROR: No matching distribution found for numpy==9", r"3\.11 to"),
        ("ERROR: something new", "could not be installed"),
    ],
    ids=["disk", "network", "hash", "certificate", "permission", "wheel", "unknown"],
)
def test_failure_is_explained(said, sentence):
    explained = bootstrap.explain(said)
    assert re.search(sentence, explained.partition("\n\n")[0])
    assert explained.endswith(said)


@UNIX
def test_without_uv_or_network_pip_failing_is_explained(environment, monkeypatch):
    environment.bin.mkdir(parents=True)
    environment.python.write_text("#!/bin/sh\necho 'OSError: [Errno 28] No space left'; exit 1\n")
    environment.python.chmod(0o755)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(SetupError, match="disk is full"):
        bootstrap.install(environment)


@UNIX
def test_failing_uv_gives_way_to_pip(environment, monkeypatch, tmp_path):
    environment.bin.mkdir(parents=True)
    environment.python.write_text(f"#!/bin/sh\necho \"$@\" > '{tmp_path}/pip'\n")
    environment.python.chmod(0o755)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "false")
    bootstrap.install(environment)
    assert "--require-hashes" in (tmp_path / "pip").read_text()


def test_lock_pins_uv_by_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = bootstrap.uv_requirement(lock).splitlines()
    assert pinned[0].startswith("uv==")
    assert all("--hash=sha256:" in line for line in pinned[1:])


def test_programs_of_the_environment_come_first_on_the_path(environment):
    assert environment.variables()["PATH"].startswith(str(environment.bin) + os.pathsep)


@UNIX
def test_launcher_works_from_a_folder_with_spaces_and_a_module_named_numpy(tmp_path):
    scripts = tmp_path / "with a space"
    scripts.mkdir()
    (scripts / "python").symlink_to(sys.executable)
    bootstrap.link(tmp_path, scripts, scripts / "python")
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong numpy')")
    done = subprocess.run(
        [scripts / "course", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Usage: course" in done.stdout, done.stderr


def test_link_writes_the_root_for_python_to_find(tmp_path):
    bootstrap.link(tmp_path, tmp_path, tmp_path / "python", root=ROOT)
    assert (tmp_path / "course_root.pth").read_text() == f"{ROOT}\n"
