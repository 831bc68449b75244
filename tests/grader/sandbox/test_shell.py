"""Tests of grader.sandbox.inside.shell: cells run as in a notebook, and some output is kept."""

import os
import sys

import pytest

from grader.grading.local_subject import _shell
from grader.sandbox.inside import shell as inside
from grader.sandbox.inside.shell import Bounded, forget_paths, put_files, run_cell


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs a cell in a new session of the warm shell."""
    shell = _shell()
    shell.reset(new_session=True, aggressive=False)
    monkeypatch.chdir(tmp_path)
    return lambda source, seconds=20, kept=1000: run_cell(shell, source, seconds, kept)


def test_what_a_cell_prints_and_shows_is_kept(run):
    assert run("print('a')\n1 + 1") == ("ok", "a\n2\n")


def test_cells_share_their_names(run):
    run("x = 3")

    assert run("x") == ("ok", "3\n")


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize(
    "source, status, text",
    [
        ("print('a')\n1 / 0", "ZeroDivisionError", "a\nZeroDivisionError: division by zero"),
        ("def f(:", "SyntaxError", "SyntaxError: "),
        ("  x = 1\n y = 2", "IndentationError", "IndentationError: "),
        ("raise type('not a name', (Exception,), {})", "Exception", "not a name: "),
        ("raise SystemExit(3)", "SystemExit", "SystemExit: 3"),
        ("class E(Exception):\n    def __str__(self): 1 / 0\nraise E", "E", "E"),
    ],
    ids=["raises", "syntax", "indentation", "odd name", "exit", "odd text"],
)
def test_a_cell_that_fails_is_named(run, source, status, text):
    got, said = run(source)

    assert got == status
    assert said.startswith(text)
    assert "Traceback" not in said


def test_a_cell_out_of_time_is_named_and_the_next_one_runs(run):
    assert run("while True: pass", seconds=0.1)[0] == "timed out"
    assert run("1") == ("ok", "1\n")


def test_of_much_output_the_beginning_is_kept(run):
    assert run("print('x' * 10**6)", kept=5) == ("ok", "xxxxx")


@pytest.mark.parametrize("source", ["!echo hello", "files = !ls", "import os\n!touch made"])
def test_commands_of_the_system_do_not_run(run, tmp_path, source):
    status, text = run(source)

    assert (status, text.strip()) == ("ok", inside.NO_COMMANDS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "source", ["%matplotlib inline", "%matplotlib qt", "len?", "%time x = 1", "%config"]
)
def test_magics_of_a_lesson_run(run, source):
    assert run(source)[0] == "ok"


def test_nothing_opens_a_window(run):
    assert run("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()")[0] == "ok"
    assert run("import matplotlib; matplotlib.get_backend().lower()") == ("ok", "'agg'\n")


def test_text_that_came_too_late_counts_as_written():
    text = Bounded(3)

    assert [text.write(part) for part in ("ab", "cd", "ef")] == [2, 2, 2]
    assert text.getvalue() == "abc"


def test_files_stay_within_the_folder(run, tmp_path):
    put_files({"../../answers.json": b"{}", "/etc/notes.txt": b"mine"})

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "answers.json": b"{}",
        "notes.txt": b"mine",
    }


def test_no_folder_is_left_that_could_be_written_to(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", ["", "relative", str(tmp_path), "/proc"])
    monkeypatch.setattr(os, "access", lambda path, mode: path == str(tmp_path))

    forget_paths()

    assert sys.path == ["/proc"]
