"""What an interview asks, and that the seed alone decides it."""

import pytest

from grader.interview import pool
from grader.interview.plan import FORMATS, LEVELS, Settings, draw, hidden_seed

SEEDS = range(20)
LENGTHS = pytest.mark.parametrize("minutes", FORMATS)


def items(settings):
    return [item for part in draw(settings) for item in part.items]


@LENGTHS
def test_equal_seeds_ask_the_same(minutes):
    assert draw(Settings(minutes, seed=5)) == draw(Settings(minutes, seed=5))


@LENGTHS
def test_seeds_differ(minutes):
    assert len({draw(Settings(minutes, seed=seed)) for seed in SEEDS}) == len(SEEDS)


@LENGTHS
@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_asked_twice(minutes, level):
    for seed in SEEDS:
        asked = items(Settings(minutes, level, seed=seed))
        assert len(set(asked)) == len(asked)


@LENGTHS
def test_rounds_add_up_to_the_length(minutes):
    assert sum(part.minutes for part in draw(Settings(minutes, seed=1))) == minutes


@pytest.mark.parametrize("minutes", [30, 45])
def test_a_long_interview_has_all_four_kinds(minutes):
    for seed in SEEDS:
        kinds = {pool.kind_of(item) for item in items(Settings(minutes, seed=seed))}
        assert kinds >= {"concept", "implementation", "debugging", "explanation"}


@pytest.mark.parametrize("level", LEVELS)
@LENGTHS
def test_coding_fits_the_level_and_the_time(level, minutes):
    for seed in SEEDS:
        part = next(p for p in draw(Settings(minutes, level, seed=seed)) if p.kind == "coding")
        exercise = pool.thing(part.items[0])
        assert exercise.difficulty in LEVELS[level]
        assert part.minutes / 2 <= exercise.minutes <= part.minutes


@pytest.mark.parametrize("level", LEVELS)
@LENGTHS
def test_questions_fit_the_level(level, minutes):
    for seed in SEEDS:
        rounds = [p for p in draw(Settings(minutes, level, seed=seed)) if p.kind == "rapid"]
        asked = [pool.thing(item) for part in rounds for item in part.items]
        assert {question.difficulty for question in asked} <= set(LEVELS[level])


def test_levels_ask_different_questions():
    of_level = {level: set(items(Settings(45, level, seed=3))) for level in LEVELS}
    assert not of_level["junior"] & of_level["senior"]


@pytest.mark.parametrize("topic", pool.topics())
def test_a_chosen_topic_is_kept_to(topic):
    for part in draw(Settings(15, topics=(topic,), seed=2)):
        found = {pool.topic_of(item) for item in part.items}
        there_is = any(c.topic == topic for c in pool.candidates() if c.round == part.kind)
        assert found == {topic} or not there_is or len(part.items) > 1


def test_rapid_questions_come_from_different_lessons():
    part = draw(Settings(30, seed=4))[0]
    assert len({pool.topic_of(item) for item in part.items}) == len(part.items)


def test_hidden_cases_are_never_the_visible_ones():
    seeds = [hidden_seed(seed, "softmax") for seed in range(200)]
    assert 0 not in seeds
    assert len(set(seeds)) == 200


@pytest.mark.parametrize(
    "wrong", [{"minutes": 20}, {"level": "boss"}, {"topics": ("cats",)}, {"seed": -1}]
)
def test_a_wrong_setting_is_refused_with_what_can_be_chosen(wrong):
    with pytest.raises(ValueError, match=r"[Cc]hoose"):
        Settings(**wrong)
