"""Tests of grader.quiz.choice."""

import pytest

from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer
from tests.grader.quiz.records import MULTI, OPTIONS, QUESTIONS, SINGLE, letter

ONE, SEVERAL = QUESTIONS["one-choice"], QUESTIONS["several-choices"]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option["text"])
def test_every_option_shows_its_own_feedback(option):
    verdict = ONE.judge(letter(ONE, option["text"]))

    assert verdict.remarks[0].text == option["feedback"]
    assert verdict.passed == option.get("correct", False)


@pytest.mark.parametrize("raw", ["b", " B ", "(b)", ["B"]])
def test_a_letter_may_be_written_in_many_ways(raw):
    assert ONE.read(raw) == "B"


@pytest.mark.parametrize("raw", ["", "E", "AB", "AA", 1, None, [1], {"v": "A"}, "A" * 1000])
def test_what_is_no_letter_is_refused(raw):
    with pytest.raises(NotAnAnswer):
        ONE.read(raw)


def test_shuffling_depends_on_the_seed_alone():
    orders = {tuple(question_from({**SINGLE, "seed": s}).lettered.values()) for s in range(1, 40)}

    assert len(orders) > 10
    assert question_from(SINGLE).lettered == ONE.lettered


def test_no_shuffle_keeps_the_order_of_the_bank():
    question = question_from({**SINGLE, "shuffle": False})

    assert [o.text for o in question.lettered.values()] == [o["text"] for o in OPTIONS]


def test_an_answer_keeps_its_meaning_under_another_seed():
    old, new = (question_from({**SINGLE, "seed": seed}) for seed in (3, 4))

    for option in OPTIONS:
        there = new.translate(letter(old, option["text"]), seed=3)
        assert there == letter(new, option["text"])


def test_a_wrong_tick_costs_what_a_right_one_earns():
    right = SEVERAL.reference()
    wrong = next(x for x in "ABCD" if x not in right)

    assert SEVERAL.judge(right).passed
    assert SEVERAL.judge(right[0]).share == 0.5
    assert SEVERAL.judge("".join(sorted(right + wrong))).share == 0.5
    assert SEVERAL.judge(wrong).share == 0
    assert SEVERAL.judge("ABCD").share == 0


def test_missing_ticks_are_counted_and_not_named():
    verdict = SEVERAL.judge(SEVERAL.reference()[0])

    assert verdict.summary == "1 more option belongs to the answer."
    assert len(verdict.remarks) == 1


def test_ticks_are_stored_sorted():
    assert question_from(MULTI).read(["C", "A"]) == "AC"
