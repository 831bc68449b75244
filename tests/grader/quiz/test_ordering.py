"""Tests of grader.quiz.ordering."""

import pytest

from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer
from tests.grader.quiz.records import ORDER, QUESTIONS, letter

STEPS = QUESTIONS["four-steps"]


def _letters(*steps):
    return "".join(letter(STEPS, step) for step in steps)


def test_the_right_order_passes():
    assert STEPS.judge(_letters("draw", "forward", "backward", "update")).passed


def test_a_known_mixup_is_named_and_the_start_that_is_right_is_counted():
    verdict = STEPS.judge(_letters("draw", "forward", "update", "backward"))

    assert verdict.share == 0
    assert verdict.remarks[0].text == "There is no gradient yet."
    assert verdict.summary == "The first 2 are in place."


@pytest.mark.parametrize("seed", range(1, 60))
def test_the_steps_are_never_shown_in_the_right_order(seed):
    assert question_from({**ORDER, "seed": seed}).reference() != "ABCD"


@pytest.mark.parametrize("seed", [2, 50])
def test_an_order_keeps_its_meaning_under_another_seed(seed):
    old = question_from({**ORDER, "seed": seed})

    assert STEPS.translate(old.reference(), seed) == STEPS.reference()


@pytest.mark.parametrize("raw", ["ABC", "AABC", "ABCDE", "", None, ["A", 2]])
def test_an_incomplete_order_is_refused(raw):
    with pytest.raises(NotAnAnswer):
        STEPS.read(raw)
