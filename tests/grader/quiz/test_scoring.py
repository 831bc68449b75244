"""Tests of grader.quiz.scoring."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.quiz.keys import reference_answers
from grader.quiz.scoring import max_points, score_answers
from tests.grader.quiz.records import QUESTIONS
from tests.grader.quiz.test_answers import HOSTILE

IDS = list(QUESTIONS)
HOSTILE_VALUES = [None, True, 1, -1.5, 10**300, "", "A" * 30_000, [], [[]], {}, {"line": []}]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["A", "AC", "DCBA", "-0.1", "2 B", "(3,)", "inf", "1/0"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["line", "why", "text", "rubric"]), inner)
    ),
    max_leaves=6,
)


def _data(value, ids=IDS, **more):
    answers = {name: {"v": value, **more} for name in ids}
    return json.dumps({"schema": 1, "answers": answers}).encode()


def test_the_reference_answers_earn_every_point(course):
    points = score_answers(reference_answers("small"), IDS, "small")

    assert points == max_points(IDS, "small")
    assert sum(points.values()) == 7


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_earn_nothing(course, data):
    assert set(score_answers(data, IDS, "small").values()) == {0}


@pytest.mark.parametrize("value", HOSTILE_VALUES, ids=lambda value: repr(value)[:20])
def test_hostile_values_earn_nothing(course, value):
    assert set(score_answers(_data(value), IDS, "small").values()) == {0}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=VALUES, seed=VALUES)
def test_no_value_and_no_seed_breaks_the_scoring(course, value, seed):
    points = score_answers(_data(value, seed=seed), IDS, "small")

    assert all(0 <= points[name] <= QUESTIONS[name].points for name in IDS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_break_the_scoring(course, data):
    assert set(score_answers(data, IDS, "small").values()) == {0}


def test_a_score_that_the_learner_wrote_counts_nothing(course):
    data = _data("Z", points=99, score=1.0, passed=True)

    assert set(score_answers(data, IDS, "small").values()) == {0}


def test_parts_of_an_answer_earn_parts_of_the_points(course):
    data = _data(["-0.1", "5"], ["two-numbers"])

    assert score_answers(data, ["two-numbers"], "small") == {"two-numbers": 0.5}


def test_an_answer_is_read_with_the_seed_it_was_given_under(course):
    right = QUESTIONS["one-choice"]
    moved = {x: right.translate(x, seed=12) for x in "ABCD"}
    there = next(x for x, here in moved.items() if here == right.right)

    assert score_answers(_data(there, seed=12), ["one-choice"], "small") == {"one-choice": 1}


def test_a_question_named_twice_counts_once(course):
    assert list(score_answers(b"", ["one-choice"] * 2, "small")) == ["one-choice"]


def test_an_unknown_question_is_the_graders_mistake(course):
    with pytest.raises(LookupError, match="lesson small has no question 'nope'"):
        score_answers(b"", ["nope"], "small")
