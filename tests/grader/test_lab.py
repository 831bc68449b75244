"""Tests of grader.lab; tests/browser opens it for real."""

import json
import os
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from grader import lab
from grader.learner_copy import MY_COURSE


def _option(words, name):
    [value] = [word.partition("=")[2] for word in words if word.startswith(f"--{name}=")]
    return value


def _notebooks(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text("{}")


def test_it_opens_where_the_course_starts(tmp_path):
    _notebooks(tmp_path, lab.FIRST, "01_lines/lines.ipynb")
    address = _option(lab.command(tmp_path), "LabApp.default_url")
    assert address == "/lab/tree/00_start_here/start_here.ipynb"


def test_without_that_it_opens_the_first_lesson(tmp_path):
    _notebooks(tmp_path, "02_curves/curves.ipynb", "01_lines/lines.ipynb")
    assert lab.first_notebook(tmp_path) == "01_lines/lines.ipynb"


def test_without_any_lesson_it_opens_the_folder(tmp_path):
    assert _option(lab.command(tmp_path), "LabApp.default_url") == "/lab"


def test_other_options_reach_jupyterlab(tmp_path):
    assert lab.command(tmp_path, ["--no-browser"])[-1] == "--no-browser"


def test_programs_of_the_environment_come_first_on_the_path():
    first = lab.environment()["PATH"].split(os.pathsep)[0]
    assert first == str(Path(sys.executable).parent)


def test_a_kernel_of_the_users_home_is_not_taken_for_the_courses(tmp_path, monkeypatch):
    kernel = tmp_path / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["other"], "display_name": "", "language": "python"}))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    assert KernelSpecManager().get_kernel_spec("python3").argv == ["other"]

    monkeypatch.setenv("JUPYTER_PATH", lab.environment()["JUPYTER_PATH"])
    assert KernelSpecManager().get_kernel_spec("python3").argv != ["other"]


def test_settings_of_the_user_stay_after_ours(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "of-the-user")
    paths = lab.environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert [Path(path).name for path in paths] == ["learner", "everyone", "of-the-user"]


def test_an_instructor_has_the_panels_learners_do_not_have():
    assert "learner" not in lab.environment(instructor=True)["JUPYTER_CONFIG_PATH"]


def test_only_the_learners_tabs_are_kept_apart():
    assert lab.environment()["JUPYTERLAB_WORKSPACES_DIR"].startswith(str(MY_COURSE))
    assert "JUPYTERLAB_WORKSPACES_DIR" not in set(lab.environment(instructor=True)) - set(
        os.environ
    )


@pytest.mark.parametrize("path", sorted(lab.SETTINGS.rglob("*.json")), ids=lambda path: path.name)
def test_settings_are_json(path):
    assert json.loads(path.read_text(encoding="utf-8"))


def test_start_announces_new_lessons_and_runs_in_the_copy(tmp_path, monkeypatch, capsys):
    started = []
    monkeypatch.setattr(lab, "MY_COURSE", tmp_path)
    monkeypatch.setattr(lab, "prepare", lambda: [tmp_path / "01_lines" / "lines.ipynb"])
    monkeypatch.setattr(lab, "become", lambda *how: started.append(Path.cwd()) or 0)
    monkeypatch.chdir(tmp_path.parent)
    assert lab.start() == 0
    assert started == [tmp_path]
    assert "01_lines" in capsys.readouterr().out
