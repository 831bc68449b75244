"""Tests of grader.progress: one local file, and only in the learner's own copy."""

import threading

import pytest

from grader import progress
from grader.result import CaseReport, Result

QUIZ = {"kind": "quiz", "name": "one", "passed": False}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a learner's copy that is the working directory."""
    (tmp_path / progress.MARKER).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


def _result(passed=False, name="neuron"):
    return Result(name, 2.0 * passed, 2, (CaseReport("one", "" if passed else "wrong"),))


def _names():
    return [event.get("name") for event in progress.events()]


def test_the_copy_is_found_from_below_it(home, tmp_path):
    lesson = tmp_path / "01_lines" / "deeper"
    lesson.mkdir(parents=True)

    assert progress.folder(lesson) == home


def test_elsewhere_nothing_is_written_and_nothing_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    progress.record(QUIZ)

    assert progress.folder() is None
    assert progress.events() == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_while_grading(home, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    progress.record(QUIZ)

    assert not (home / progress.FILE).exists()


def test_events_come_back_in_their_order_with_the_time(home):
    for n in range(3):
        progress.record({**QUIZ, "name": n})

    assert _names() == [0, 1, 2]
    assert all(event["time"].endswith("+00:00") for event in progress.events())


def test_tries_of_one_exercise_are_counted(home):
    tries = [progress.record_check(_result(name=name)) for name in ("neuron", "other", "neuron")]

    assert tries == [1, 1, 2]


def test_a_pass_is_no_try(home):
    progress.record_check(_result())

    assert progress.record_check(_result(passed=True)) == 1


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[1]", "3", '{"name": "no kind"}', '{"kind": "check"}', "\udcff", "[" * 100_000],
    ids=["empty", "half", "list", "number", "no kind", "no name", "no text", "deep"],
)
def test_a_damaged_line_costs_nothing_but_itself(home, damage):
    progress.record(QUIZ)
    with open(home / progress.FILE, "ab") as file:
        file.write(damage.encode("utf-8", "surrogateescape") + b"\n")
    progress.record({**QUIZ, "name": "two"})

    assert [name for name in _names() if name] == ["one", "two"]
    assert progress.record_check(_result()) == 1


def test_a_line_cut_off_by_a_full_disk_takes_no_other_with_it(home):
    (home / progress.FILE).write_text('{"kind": "quiz", "na')

    progress.record(QUIZ)
    progress.record({**QUIZ, "name": "two"})

    assert _names() == ["one", "two"]


def test_two_notebooks_may_write_at_once(home):
    def write(n):
        for _ in range(50):
            progress.record({**QUIZ, "name": n, "text": "x" * 500})

    threads = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(_names()) == [0] * 50 + [1] * 50


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(home):
    (home / progress.FILE).mkdir()

    progress.record(QUIZ)

    assert progress.events() == []
