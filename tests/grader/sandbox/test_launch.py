"""Tests of grader.sandbox.launch: what the command shows, and what it refuses to start."""

import ast
import os
import sys
from pathlib import Path

import pytest

from grader.sandbox import launch
from grader.sandbox.launch import INSIDE, ROOT, SandboxUnavailable

LINEAR = "reference_impl.linear"


def _options(modules=()):
    return [*launch._namespaces(), *launch._folders(modules), *launch._environment()]


def _shown(modules=()):
    """Return what is bound into the sandbox: pairs of a path outside and its path inside."""
    options = list(launch._folders(modules))
    binds = ("--ro-bind", "--ro-bind-try", "--dev-bind")
    return [(options[n + 1], options[n + 2]) for n, word in enumerate(options) if word in binds]


FILES_INSIDE = [
    path
    for name in INSIDE
    for path in (sorted((ROOT / name).glob("*.py")) if (ROOT / name).is_dir() else [ROOT / name])
]


def _module(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("platform, path", [("linux", "/nowhere"), ("darwin", os.environ["PATH"])])
def test_without_bubblewrap_it_says_what_to_install(monkeypatch, platform, path):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PATH", path)

    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap libseccomp2"):
        launch.start([])


def test_of_the_course_only_what_runs_inside_is_shown():
    shown = [path for path, _ in _shown() if Path(path).is_relative_to(ROOT)]
    environment = [path for path in shown if Path(path).is_relative_to(ROOT / ".venv")]

    assert set(shown) - set(environment) == {str(ROOT / name) for name in INSIDE}


def test_of_the_reference_only_the_named_modules_are_shown():
    added = set(_shown([LINEAR])) - set(_shown())

    assert added == {(str(ROOT / "reference_impl/linear.py"), "/allowed/reference_impl/linear.py")}


@pytest.mark.parametrize("path", FILES_INSIDE, ids=lambda path: path.name)
def test_what_runs_inside_imports_nothing_that_stays_outside(path):
    inside = {_module(path) for path in FILES_INSIDE}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in inside else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith("grader")
        for alias in node.names
    }

    assert imported - inside <= {"grader.sandbox.inside"}


def test_everything_is_read_only_but_one_folder_in_memory():
    options = list(launch._folders([]))

    assert "--bind" not in options
    home = launch.private_folder()
    assert options[-6:] == ["--tmpfs", home, "--remount-ro", "/", "--chdir", home]


@pytest.mark.parametrize("namespace", ["pid", "net", "ipc", "uts"])
def test_nothing_is_shared_with_the_machine(namespace):
    assert f"--unshare-{namespace}" in _options()


def test_it_ends_with_the_grader():
    assert "--die-with-parent" in _options()


def test_no_variable_of_the_grader_is_passed_on(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "hush")

    options = list(launch._environment())

    assert options[0] == "--clearenv"
    assert not {"SECRET_TOKEN", "hush", os.environ["PATH"]} & set(options)


def test_a_course_within_the_libraries_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(launch, "ROOT", tmp_path / "site-packages" / "course")
    monkeypatch.setattr(launch, "_python", lambda: [str(tmp_path / "site-packages")])

    with pytest.raises(SandboxUnavailable, match="Move the course elsewhere"):
        list(launch._folders([]))


def test_a_course_among_the_libraries_is_covered(monkeypatch, tmp_path):
    (tmp_path / "reference_impl").mkdir()
    monkeypatch.setattr(launch, "library_paths", lambda: [str(tmp_path)])

    options = list(launch._folders([]))

    at = options.index(str(tmp_path / "reference_impl"))
    assert options[at - 1] == "--tmpfs"
    assert options.index(str(tmp_path)) < at, "what is covered first would be bound over again"


@pytest.mark.parametrize(
    "python, folder", [("/opt/python/bin/python", "/tmp"), ("/tmp/venv/bin/python", "/private")]
)
def test_the_private_folder_hides_no_python(monkeypatch, python, folder):
    monkeypatch.setattr(launch, "_python", lambda: [python])

    assert launch.private_folder() == folder


@pytest.mark.parametrize(
    "user, uid_map, n_users",
    [
        (1000, "0 0 4294967295", None),
        (0, "0 1000 1", None),
        (0, "0 1000 65535", None),
        (0, "0 0 4294967295", (2**31 - 2) // 2),
        (0, "0 100000 65536", 2**15),
        (0, "0 1000 1\n1 100000 65536", 2**15),
    ],
    ids=["no root", "one user", "few users", "all users", "a container", "two ranges"],
)
def test_submissions_get_users_of_their_own_where_there_are_enough(
    monkeypatch, user, uid_map, n_users
):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(Path, "read_text", lambda path: uid_map)

    users = launch.users()

    assert (users and len(users)) == n_users
    assert users is None or 0 not in users
