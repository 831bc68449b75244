"""The numbers of the page of results, held against sums done by hand."""

import pytest

from grader.interview import page, scorecard
from grader.interview.example import played
from grader.interview.plan import Settings
from grader.interview.scorecard import Row


def row(item, share, **more):
    return Row(item, "rapid", share, tries=1, **more)


ROWS = [
    row("question:bias-gradient", 0.0),  # concept, Chain rule, 1 point
    row("question:batchnorm-by-hand", 1.0),  # concept, Batch normalization, 1 point
    row("exercise:softmax", 0.5, made=(("softmax/_naive", "Shift."),)),  # 3 points, Activations
    row("exercise:debug_adam", 1.0),  # debugging, Optimizers, 3 points
    row("question:explain-batchnorm", 0.25, own=True),  # explanation, 2 points
    row("follow-up:debug_adam", 1.0, own=True),  # explanation, Optimizers, 1 point
]


def points(scores):
    return {name: (score.points, score.max_points) for name, score in scores.items()}


def test_points_by_kind():
    assert points(scorecard.by_kind(ROWS)) == {
        "concept": (1.0, 2),
        "implementation": (1.5, 3),
        "debugging": (3.0, 3),
        "explanation": (1.5, 3),
    }


def test_points_by_topic_weakest_first():
    found = points(scorecard.by_topic(ROWS))
    assert found["Optimizers"] == (4.0, 4)
    assert found["Batch normalization"] == (1.5, 3)
    assert next(iter(found)) == "Chain rule"


def test_total_is_the_sum_of_the_kinds():
    score = scorecard.total(ROWS)
    assert (score.points, score.max_points) == (7.0, 11)
    assert score.share == pytest.approx(7 / 11)


def test_mistakes_carry_their_names():
    assert scorecard.mistakes(ROWS) == [("`softmax`, naive", "Shift.")]


def test_what_went_wrong_comes_back_tomorrow_and_a_good_interview_in_a_week():
    plan = [
        (r.days, r.what.partition("`")[2].partition("`")[0])
        for r in scorecard.redo(ROWS, Settings(seed=7))
    ]
    assert plan == [
        (1, "bias-gradient"),
        (1, "softmax"),
        (3, "softmax"),
        (3, "explain-batchnorm"),
        (3, "interview(seed=8)"),
    ]
    assert scorecard.redo(ROWS[3:4], Settings(seed=7))[-1].days == scorecard.AGAIN


def test_the_example_is_the_same_each_time():
    first, second = page.results(played()), page.results(played())
    assert first.text == second.text
    assert first.html == second.html


def test_the_page_says_what_the_example_did():
    text = page.results(played()).text
    assert "softmax, naive: exp(1000) is inf" in text
    assert "✗ Not yet · Backward through a network (bias-gradient)" in text
    assert "interview(seed=8)" in text


def test_what_was_not_reached_counts_as_nothing():
    session = played()
    session.record["answers"].clear()
    found = scorecard.rows(session)
    assert scorecard.total(found).points == 0
    assert "○ Not answered" in page.results(session).text
