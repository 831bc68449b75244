"""Tests of grader.interview.pool."""

import pytest

from grader import exercises
from grader.interview import pool
from grader.interview.plan import LEVELS, TITLES


def test_every_question_and_exercise_can_be_drawn_once():
    items = [candidate.item for candidate in pool.candidates()]

    assert len(set(items)) == len(items)
    assert {f"exercise:{name}" for name in exercises.registry()} < set(items)


@pytest.mark.parametrize("kind", TITLES)
def test_every_round_has_something_to_draw(kind):
    assert any(candidate.round == kind for candidate in pool.candidates())


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_something_to_code(level):
    coding = [c for c in pool.candidates() if c.round == "coding"]

    assert {c.difficulty for c in coding} >= set(LEVELS[level])


def test_the_bank_of_the_interview_is_no_topic():
    assert pool.OWN not in pool.topics()
    assert pool.OWN in {candidate.topic for candidate in pool.candidates()}


@pytest.mark.parametrize(
    "item, kind, weight",
    [
        ("question:bias-gradient", "concept", 1),
        ("question:explain-batchnorm", "explanation", 2),
        ("exercise:softmax", "implementation", 3),
        ("exercise:debug_adam", "debugging", 3),
        ("follow-up:debug_adam", "explanation", 1),
    ],
)
def test_an_item_has_a_kind_and_a_weight(item, kind, weight):
    assert (pool.kind_of(item), pool.weight_of(item)) == (kind, weight)


@pytest.mark.parametrize("item", ["question:nope", "exercise:nope", "follow-up:nope", "", "x"])
def test_what_is_not_there_is_a_lookup_error(item):
    with pytest.raises(LookupError):
        pool.thing(item)


@pytest.mark.parametrize(
    "item, slug",
    [
        ("question:bias-gradient", "chain_rule"),
        ("exercise:softmax", "activations"),
        ("follow-up:softmax", "activations"),
    ],
)
def test_an_item_belongs_to_a_lesson(item, slug):
    assert pool.topic_of(item) == slug
