"""Tests of grader.quiz.kinds: from a plain record to the question."""

import copy

import pytest

from grader.quiz.kinds import KINDS, question_from
from tests.grader.quiz.records import BUG, MULTI, NUMERIC, ORDER, RECORDS, SHAPES, SINGLE


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_the_record_is_left_as_it_is(record):
    before = copy.deepcopy(record)

    question = question_from(record)

    assert record == before
    assert type(question) is KINDS[record["kind"]]


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_question_can_be_compared_and_none_of_its_parts_be_changed(record):
    question = question_from(record)

    assert question == question_from(copy.deepcopy(record))
    assert [name for name, value in vars(question).items() if isinstance(value, list)] == []


def test_a_seed_is_made_of_the_id_unless_the_record_states_one():
    seeds = [question_from({**SINGLE, "id": name}).seed for name in ("one", "one", "another")]

    assert seeds[0] == seeds[1] != seeds[2]
    assert question_from({**SINGLE, "seed": 5}).seed == 5
    assert question_from({**SINGLE, "shuffle": False}).seed == 0


def test_a_prompt_loses_the_space_around_it():
    assert question_from({**MULTI, "question": "\n What?\n"}).prompt == "What?"


def test_numbers_written_as_text_are_numbers():
    parts = [{"name": "z", "value": "1e-3", "traps": [{"value": 2, "feedback": "No."}]}]

    (part,) = question_from({**NUMERIC, "parts": parts}).parts

    assert part.value == 0.001
    assert part.remark("2").text == "No."


def test_an_innocent_line_may_be_numbered_by_text():
    # JSON, the form of a sealed bank, has no other keys.
    assert question_from({**BUG, "innocent": {"1": "Fine."}}).innocent == {1: "Fine."}


@pytest.mark.parametrize(
    "record, parts", [(SHAPES, [0, 1, 0]), (NUMERIC, [1, 0])], ids=["shapes", "numeric"]
)
def test_traps_belong_to_their_part(record, parts):
    assert [len(part.traps) for part in question_from(record).parts] == parts


def test_mixups_are_kept():
    assert [(m.early, m.late) for m in question_from(ORDER).mixups] == [(4, 3)]
