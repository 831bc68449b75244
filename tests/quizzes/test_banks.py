"""Tests over every bank of the course: numbers, answers, feedback and wording."""

import math
import re

import pytest

from grader.quiz import build
from grader.quiz.bank import load_all
from grader.quiz.kinds import question_from
from grader.quiz.model import LETTERS
from grader.quiz.render import to_text
from tests.quizzes import claims, numbers

BANKS = load_all(build.ROOT / "solutions")
RECORDS = {record["id"]: record for bank in BANKS.values() for record in bank}
QUESTIONS = {name: question_from(record) for name, record in RECORDS.items()}
NUMERIC = [name for name, record in RECORDS.items() if record["kind"] == "numeric"]
CLAIMS = [name for name in RECORDS if hasattr(claims, name.replace("-", "_"))]
AT_LEAST = {
    "forward_propagation": 16,
    "loss_functions": 22,
    "chain_rule": 27,
    "activations": 20,
    "initialization": 14,
    "optimizers": 24,
    "batch_normalization": 21,
    "capstone": 7,
    "mock_interview": 5,
}
ALL = pytest.mark.parametrize("name", RECORDS)
BANNED = (
    r"\b(simply|just|obviously|trivial|trivially|of course|easy|easily|seed \d+)\b"
    r"|!(?!=)|[\U0001F300-\U0001FAFF✅❌]"
)


def _texts(record):
    """Yield every string of a record but ids, code and links."""
    for key, value in record.items():
        if key not in {"id", "kind", "code", "asked"}:
            yield from _strings(value)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def test_every_lesson_has_its_questions():
    assert set(BANKS) == set(AT_LEAST)
    assert all(len(BANKS[slug]) >= least for slug, least in AT_LEAST.items())


def test_every_kind_is_used():
    kinds = {record["kind"] for record in RECORDS.values()}

    assert kinds == {"single", "multi", "numeric", "order", "bug", "shapes", "text"}


def test_the_sealed_banks_are_what_their_sources_build_to():
    assert build.check() == []


@pytest.mark.parametrize("name", NUMERIC)
def test_every_number_is_recomputed(name):
    values = getattr(numbers, name.replace("-", "_"))()
    parts = QUESTIONS[name].parts

    assert len(values) == len(parts)
    for part, value in zip(parts, values, strict=True):
        # Ten times closer than what is asked of a learner.
        slack = max(part.tolerance / 10, 1e-6) * abs(value)
        assert abs(part.value - value) <= max(slack, part.within / 10), part.name


@pytest.mark.parametrize("name", CLAIMS)
def test_numbers_in_the_feedback_are_recomputed(name):
    text = " ".join(_texts(RECORDS[name])).replace("−", "-")
    for said, value in getattr(claims, name.replace("-", "_"))():
        assert re.search(rf"(?<![\d.]){re.escape(said.lstrip('-'))}(?![\d])", text), said
        last = (
            float(f"1e{math.floor(math.log10(abs(float(said))))}") if "e" in said else _unit(said)
        )
        assert abs(float(said) - value) <= 0.51 * last, said


def _unit(said):
    """Return what one more in the last digit is worth."""
    return 10.0 ** -len(said.partition(".")[2])


@ALL
def test_the_right_answer_is_right(name):
    question = QUESTIONS[name]

    assert question.judge(question.read(question.reference())).passed


@ALL
def test_the_right_answer_can_be_shown_in_words(name):
    assert to_text(QUESTIONS[name].solution())


@ALL
def test_every_option_has_feedback_of_its_own(name):
    feedback = [option["feedback"] for option in RECORDS[name].get("options", [])]

    assert len(set(feedback)) == len(feedback)


@ALL
def test_the_wording_keeps_to_the_house_style(name):
    for text in _texts(RECORDS[name]):
        plain = re.sub(r"`[^`]*`", "", text)
        assert not re.search(BANNED, plain, re.IGNORECASE), text


@ALL
def test_labels_need_no_mathematics_and_no_letters(name):
    for option in RECORDS[name].get("options", []):
        assert "$" not in option["text"] + option["feedback"]
        assert not re.search(r"\b(option|answer) [A-H]\b", option["feedback"])


@ALL
def test_sentences_are_short_enough_to_read_at_once(name):
    for text in _texts(RECORDS[name]):
        plain = re.sub(r"`[^`]*`", "x", text)
        for sentence in re.split(r"(?<=[.?:;])\s+", plain):
            assert len(sentence.split()) <= 32, sentence


def test_the_right_option_is_not_always_the_longest():
    choices = [r for r in RECORDS.values() if r["kind"] == "single"]
    longest = [max(r["options"], key=lambda o: len(o["text"])).get("correct") for r in choices]

    assert sum(map(bool, longest)) < 0.4 * len(choices)


def test_the_right_letters_are_spread():
    choices = [q for q in QUESTIONS.values() if q.kind == "single"]
    counts = [sum(q.right == letter for q in choices) for letter in LETTERS[:4]]

    assert min(counts) > len(choices) / 8
