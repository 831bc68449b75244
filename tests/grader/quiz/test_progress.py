"""Tests of grader.quiz.progress."""

import json

import pytest

from grader.quiz.keys import reference_answers
from grader.quiz.progress import course_progress, topic_progress
from tests.grader.quiz.test_answers import HOSTILE


def test_progress_is_told_by_topic(desk):
    (row,) = topic_progress("small", desk)
    assert (row.topic, row.n_questions, row.n_answered, row.n_right) == ("Bias", 6, 0, 0)

    (desk / "answers.json").write_bytes(reference_answers("small"))
    (row,) = topic_progress("small", desk)
    assert (row.n_answered, row.n_right, row.share) == (7, 6, 1)


def test_a_shown_answer_is_no_right_answer(desk):
    document = json.loads(reference_answers("small"))
    document["answers"]["one-choice"]["shown"] = True
    (desk / "answers.json").write_text(json.dumps(document))

    (row,) = topic_progress("small", desk)

    assert row.wrong == ("one-choice",)


def test_progress_of_a_course_reads_every_lesson_folder(tmp_path, course):
    (tmp_path / "01_small").mkdir()
    (tmp_path / "01_small" / "answers.json").write_bytes(reference_answers("small"))

    assert [row.n_right for row in course_progress(tmp_path)] == [6]
    assert course_progress(course) == []


def test_a_wrong_answer_is_named_and_an_open_one_is_not(desk):
    document = json.loads(reference_answers("small"))
    right = document["answers"]["one-choice"]["v"]
    document["answers"] = {"one-choice": {"v": next(x for x in "ABCD" if x != right)}}
    (desk / "answers.json").write_text(json.dumps(document))

    (row,) = topic_progress("small", desk)

    assert (row.n_answered, row.n_right, row.wrong) == (1, 0, ("one-choice",))


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_read_is_no_progress_and_no_error(desk, data):
    (desk / "answers.json").write_bytes(data)

    (row,) = topic_progress("small", desk)

    assert (row.n_answered, row.n_right) == (0, 0)
