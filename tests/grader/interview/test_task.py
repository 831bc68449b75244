"""Tests of grader.interview.task: what is asked holds nothing of the answer."""

import pytest

from grader.exercises import registry
from grader.interview import pool, task
from grader.interview.plan import Round, Settings
from grader.interview.session import Session


def _session(clock, item):
    return Session.begin(Settings(seed=1), clock, [Round("explain", 4, (item,))])


@pytest.mark.parametrize(
    "name", ["softmax", "debug_adam", "Optimizer", "linear_forward_vectorized"]
)
def test_the_stub_holds_the_contract_and_no_answer(name):
    exercise = pool.thing(f"exercise:{name}")
    stub = task.stub_of(exercise)
    compile(stub, "stub", "exec")
    assert "SOLUTION" not in stub
    assert exercise.name in stub


@pytest.mark.parametrize(
    "name, order",
    [
        ("softmax", "Write `softmax` in a cell of its own."),
        ("debug_adam", "Mend `debug_adam` in a cell of its own."),
        ("linear_forward_vectorized", "Rewrite `linear_forward_vectorized` in a cell of its own."),
    ],
)
def test_the_order_fits_the_kind_of_exercise(name, order):
    assert task.asked(f"exercise:{name}").startswith(order)


def test_what_is_forbidden_is_said_before_the_answer():
    ruled = next(e for e in registry().values() if e.forbidden)
    loopless = next(e for e in registry().values() if e.no_loops)

    assert f"Without `{'`, `'.join(ruled.forbidden)}`." in task.asked(f"exercise:{ruled.name}")
    assert "No Python loops." in task.asked(f"exercise:{loopless.name}")


def test_a_follow_up_is_asked_without_its_answer():
    exercise = pool.thing("exercise:softmax")

    asked = task.asked("follow-up:softmax")

    assert exercise.follow_up in asked
    assert exercise.follow_up_answer not in asked


def test_a_good_answer_is_shown_beside_the_own(clock):
    session = _session(clock, "question:explain-batchnorm")
    session.note(session.item, value={"text": "word " * 140})

    text = task.to_compare(session)

    assert text.startswith("Your answer has 140 words: about 60 seconds aloud.")
    assert pool.thing(session.item).model_answer in text


def test_a_follow_up_is_compared_with_its_good_answer(clock):
    session = _session(clock, "follow-up:softmax")

    assert pool.thing("exercise:softmax").follow_up_answer in task.to_compare(session)


@pytest.mark.parametrize("n_words, seconds", [(0, 5), (1, 5), (35, 15), (70, 30), (700, 300)])
def test_time_aloud_is_told_in_fives(n_words, seconds):
    assert task.spoken("word " * n_words).endswith(f"about {seconds} seconds aloud.")


@pytest.mark.parametrize("name", ["whiteboard-two-layer-gradients", "bias-gradient"])
def test_what_the_controls_show_is_not_written_out(name):
    assert task.details(pool.thing(f"question:{name}")) == ""


def test_what_the_fields_ask_for_is_written_out():
    assert "row 0" in task.details(pool.thing("question:batchnorm-by-hand"))


def test_code_to_find_a_bug_in_is_written_out():
    bug = next(
        pool.thing(c.item)
        for c in pool.candidates()
        if c.item.startswith("question:") and pool.thing(c.item).kind == "bug"
    )

    assert bug.numbered() in task.details(bug)
