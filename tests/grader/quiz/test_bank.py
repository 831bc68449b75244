"""Tests of grader.quiz.bank: every complaint names the file, the question and the remedy."""

import copy

import pytest
import yaml

from grader.quiz.bank import BadBank, load, load_all
from tests.grader.quiz.records import BUG, MULTI, NUMERIC, OPTIONS, ORDER, RECORDS, SINGLE, TEXT


def _bank(tmp_path, *records, lesson="01_small"):
    path = tmp_path / lesson / "quiz.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({"questions": list(records)}), encoding="utf-8")
    return path


def _without(record, key):
    return {name: value for name, value in record.items() if name != key}


def _trapped(value):
    record = copy.deepcopy(NUMERIC)
    record["parts"][0]["traps"][0]["value"] = value
    return record


MISTAKES = {
    "no id": (_without(SINGLE, "id"), "question number 1: add `id`"),
    "bad id": ({**SINGLE, "id": "One_Choice"}, "One_Choice"),
    "no hints": (_without(SINGLE, "hints"), "question `one-choice`: add `hints`"),
    "no follow-up": (_without(TEXT, "follow_up"), "add `follow_up`"),
    "unknown kind": ({**SINGLE, "kind": "essay"}, "'essay' is none of single, multi"),
    "unknown key": ({**SINGLE, "colour": "red"}, "`colour` has no meaning here"),
    "no feedback": (
        {**SINGLE, "options": [*OPTIONS[:2], {"text": "x"}]},
        "question `one-choice`, options 3: add `feedback`",
    ),
    "two options": ({**SINGLE, "options": OPTIONS[:2]}, "2 entries; the limit is 3"),
    "none right": ({**SINGLE, "options": OPTIONS[1:]}, "0 options are marked"),
    "two right": ({**SINGLE, "options": MULTI["options"]}, "2 options are marked"),
    "all right": (
        {**MULTI, "options": [{**o, "correct": True} for o in OPTIONS]},
        "and not all",
    ),
    "correct: false": (
        {**SINGLE, "options": [*OPTIONS, {"text": "x", "feedback": "y", "correct": False}]},
        "only true may stand here",
    ),
    "equal options": ({**SINGLE, "options": [*OPTIONS, OPTIONS[1]]}, "the same text"),
    "no such line": ({**BUG, "line": 9}, "the code, which has 3 lines"),
    "innocent bug": ({**BUG, "innocent": {2: "x"}}, "is the line of the bug"),
    "trap is right": (_trapped(-0.1001), "trap -0.1001 is within the tolerance"),
    "trap is no number": (_trapped("1,5"), "write decimals with a point"),
    "mixup is right": (
        {**ORDER, "mixups": [{"early": 1, "late": 2, "feedback": "x"}]},
        "mixup 1 before 2 is the right order",
    ),
    "points for text": ({**TEXT, "points": 2}, "question `free-words`"),
    "short model answer": ({**TEXT, "model_answer": "A sum."}, "its own answer cannot be read"),
}


@pytest.mark.parametrize("record, message", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path, record, message):
    with pytest.raises(BadBank) as caught:
        load(_bank(tmp_path, record))

    assert str(caught.value).startswith("01_small/quiz.yaml, question")
    assert message in str(caught.value)


def test_a_value_of_zero_needs_an_absolute_tolerance(tmp_path):
    record = copy.deepcopy(NUMERIC)
    del record["parts"][1]["within"]

    with pytest.raises(BadBank, match="part memory: a value of 0 needs `within`"):
        load(_bank(tmp_path, record))


def test_good_records_pass(tmp_path):
    assert load(_bank(tmp_path, *RECORDS.values())) == list(RECORDS.values())


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(BadBank) as caught:
        load(_bank(tmp_path, _without(SINGLE, "hints"), _without(TEXT, "topic")))

    assert len(str(caught.value).splitlines()) == 2


def test_an_id_is_unique_in_the_course(tmp_path):
    _bank(tmp_path, SINGLE)
    _bank(tmp_path, SINGLE, lesson="02_other")

    with pytest.raises(BadBank, match=r"02_other/quiz\.yaml.*taken by 01_small"):
        load_all(tmp_path)


@pytest.mark.parametrize("text", ["questions: [", "questions: 3", "- a", "", "a: 1\na: 2"])
def test_what_is_no_bank_is_refused(tmp_path, text):
    path = _bank(tmp_path, SINGLE)
    path.write_text(text)

    with pytest.raises(BadBank, match=r"01_small/quiz\.yaml"):
        load(path)
