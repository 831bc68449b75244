"""Tests of grader.grading.folder: what lies in a student's folder, whatever it is."""

import os

import pytest

from grader.grading.errors import GradingError
from grader.grading.folder import MOST_ID, Work, is_student_id, read, recorded_as, students

LESSON, SLUG = "01_lesson", "lesson"


@pytest.fixture
def hand_in(tmp_path):
    """Return a function that puts files into a student's folder: ``hand_in("ada", **files)``."""

    def hand_in(student, **files):
        folder = tmp_path / student / LESSON
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data)
        return folder

    return hand_in


@pytest.fixture
def work(tmp_path):
    """Return a function from a student to what was read of theirs."""
    return lambda student: read(tmp_path, student, LESSON, SLUG)


def test_who_has_handed_in_is_listed_by_name(tmp_path, hand_in):
    for student in ("bob", "ada", ".hidden"):
        hand_in(student)
    (tmp_path / "cleo" / "02_other").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("the instructor's own")

    assert students(tmp_path, LESSON) == ["ada", "bob"]


def test_a_link_in_place_of_a_student_is_refused_by_name(tmp_path, hand_in, work):
    hand_in("ada", lesson_ipynb=b"{}")
    (tmp_path / "eve").symlink_to(tmp_path / "ada")

    assert students(tmp_path, LESSON) == ["ada", "eve"]
    assert work("eve").problem == "refused: the submission is not a folder"
    assert work("eve").data == b""


def test_a_file_or_a_link_in_place_of_the_lesson_is_refused(tmp_path, hand_in, work):
    ada = hand_in("ada", lesson_ipynb=b"{}")
    for student in ("bob", "eve"):
        (tmp_path / student).mkdir()
    (tmp_path / "bob" / LESSON).write_text("a file")
    (tmp_path / "eve" / LESSON).symlink_to(ada)

    assert students(tmp_path, LESSON) == ["ada", "bob", "eve"]
    assert work("bob").problem == work("eve").problem == "refused: the submission is not a folder"


def test_a_missing_folder_of_submissions_is_named(tmp_path):
    with pytest.raises(GradingError, match=r"There are no submissions: .*nowhere cannot be read"):
        students(tmp_path / "nowhere", LESSON)


def test_notebook_answers_and_time_are_read(hand_in, work):
    hand_in(
        "ada", lesson_ipynb=b"{}", answers_json=b"[]", timestamp_txt=b"2031-01-02 10:00:00 CET\n"
    )

    assert work("ada") == Work("ada", LESSON, b"{}", b"[]", "2031-01-02T09:00:00")


def test_only_the_notebook_is_needed(hand_in, work):
    hand_in("ada", lesson_ipynb=b"{}")

    assert work("ada") == Work("ada", LESSON, b"{}")


def test_a_missing_notebook_is_named(hand_in, work):
    hand_in("ada", other_ipynb=b"{}")

    assert work("ada").problem == "missing: there is no lesson.ipynb"


@pytest.mark.parametrize("time", [b"next tuesday", b"\xff", b"99999999999999-01-01"])
def test_a_time_that_is_none_costs_nothing_but_a_remark(hand_in, work, time):
    hand_in("ada", lesson_ipynb=b"{}", timestamp_txt=time)

    assert (work("ada").timestamp, work("ada").problem) == ("", "")
    assert work("ada").remarks == ("timestamp.txt holds no time",)


def test_an_empty_time_is_no_time(hand_in, work):
    hand_in("ada", lesson_ipynb=b"{}", timestamp_txt=b"\n")

    assert (work("ada").timestamp, work("ada").remarks) == ("", ())


def test_what_lies_beside_the_notebook_as_a_trap_is_not_read(hand_in, work):
    folder = hand_in("ada", lesson_ipynb=b"{}")
    os.mkfifo(folder / "timestamp.txt")
    (folder / "answers.json").symlink_to("/etc/passwd")

    read_of_it = work("ada")

    assert (read_of_it.answers, read_of_it.timestamp, read_of_it.data) == (b"", "", b"{}")
    assert read_of_it.remarks == (
        "timestamp.txt was not read: not a regular file",
        "answers.json was not read: not a regular file",
    )


@pytest.mark.parametrize(
    "name, is_id",
    [
        ("ada", True),
        ("Zoë Müller", True),
        ("x" * MOST_ID, True),
        ("x" * (MOST_ID + 1), False),
        (" ", False),
        (" ada", False),
        ("ada\n", False),
        ("a\x1b[2Jb", False),
        ("a\u202eb", False),
        ("a\udcff", False),
    ],
)
def test_a_students_id_is_short_and_printable(name, is_id):
    assert is_student_id(name) is is_id
    assert is_student_id(recorded_as(name))
    assert (recorded_as(name) == name) is is_id


def test_two_odd_names_stay_two_students():
    names = ["ada\n", "ada\t", " ada", "x" * 200, "x" * 201]

    assert len({recorded_as(name) for name in names}) == len(names)


def test_a_folder_of_an_odd_name_is_refused_under_a_name_that_can_be_kept(hand_in, work):
    hand_in("a\x1bb", lesson_ipynb=b"{}")

    found = work("a\x1bb")

    assert found.problem == "refused: the folder's name is no student id"
    assert found.student.startswith("a?b ")


CHANGED = {
    "notebook": Work("ada", LESSON, b"b"),
    "answers": Work("ada", LESSON, b"a", b"b"),
    "timestamp": Work("ada", LESSON, b"a", timestamp="2031-01-02T10:00:00"),
    "problem": Work("ada", LESSON, b"a", problem="refused: too large"),
    "bytes in another file": Work("ada", LESSON, b"", b"a"),
}


@pytest.mark.parametrize("other", CHANGED.values(), ids=CHANGED)
def test_what_grading_depends_on_changes_the_content(other):
    assert other.content != Work("ada", LESSON, b"a").content


def test_the_same_work_of_another_student_has_the_same_content():
    assert Work("ada", LESSON, b"a").content == Work("bob", "02_other", b"a").content
