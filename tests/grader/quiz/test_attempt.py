"""Tests of grader.quiz.attempt."""

import json

import pytest

from grader import progress
from grader.quiz import catalog
from grader.quiz.answers import AnswerFile
from grader.quiz.attempt import TRIES, Attempt
from grader.quiz.model import NotAnAnswer


@pytest.fixture
def attempt(desk):
    return Attempt(catalog.find("one-choice"), AnswerFile(desk))


def _wrong(attempt):
    return [x for x in "ABCD" if x != attempt.question.right]


def test_an_answer_is_stored_with_seed_tries_and_time(attempt, desk):
    attempt.check("B")

    record = json.loads((desk / "answers.json").read_text())["answers"]["one-choice"]
    assert record["v"] == "B"
    assert record["seed"] == attempt.question.seed
    assert record["tries"] == 1
    assert record["t"].endswith("+00:00")


def test_the_same_answer_again_is_no_new_try(attempt):
    for letter in "BBCC":
        attempt.check(letter)

    assert attempt.tries == 2


def test_what_cannot_be_read_is_neither_stored_nor_counted(attempt, desk):
    with pytest.raises(NotAnAnswer):
        attempt.check("")

    assert not (desk / "answers.json").exists()


def test_the_answer_is_shown_only_after_honest_tries(attempt):
    wrong = _wrong(attempt)
    assert "3 more" in attempt.show()
    for letter in wrong[: TRIES - 1]:
        attempt.check(letter)
    assert "1 more different attempt" in attempt.show()

    attempt.check(wrong[TRIES - 1])

    assert "One bias served N rows." in attempt.show()
    assert attempt.record["shown"] is True


def test_the_answer_is_shown_at_once_when_it_is_right(attempt):
    attempt.check(attempt.question.right)

    assert "One bias served N rows." in attempt.show()
    assert "shown" not in attempt.record


def test_hints_come_one_at_a_time_and_are_remembered(attempt, desk):
    assert attempt.hint() == ("Look at the shape.",)
    again = Attempt(attempt.question, AnswerFile(desk))

    assert again.hints_left == 1
    assert again.hint() == again.hint() == ("Look at the shape.", "Sum over the batch.")


def test_a_hint_does_not_change_the_answer(attempt):
    attempt.check("C")
    attempt.hint()

    assert attempt.value == "C"
    assert attempt.tries == 1


@pytest.mark.parametrize("tries", [-5, "many", None, True, 10**9, [3]])
def test_a_forged_number_of_tries_does_no_harm(attempt, desk, tries):
    AnswerFile(desk).put("one-choice", {"v": "B", "tries": tries})

    assert attempt.tries == 0


def test_an_answer_is_noted_in_the_learners_copy_and_nowhere_else(attempt, desk):
    attempt.check("A")
    assert not (desk / progress.FILE).exists()

    (desk / progress.MARKER).touch()
    attempt.check("B")

    (event,) = progress.events(desk)
    assert (event["kind"], event["name"], event["topic"]) == ("quiz", "one-choice", "Bias")
