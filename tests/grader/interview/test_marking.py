"""How answers are judged, and what the interviewer does next."""

import numpy as np
import pytest

from grader import progress
from grader.examine import VISIBLE_SEED, expectations
from grader.interview import marking, pool, scorecard, task
from grader.interview.desk import Desk
from grader.interview.plan import Round, Settings
from grader.interview.session import NotNow, Session
from grader.quiz.model import NotAnAnswer
from grader.review.items import missed


@pytest.fixture
def coding(desk):
    """Return a desk at the coding round, and the exercise."""
    while desk.session().phase == "running":
        desk.do(Session.advance)
    desk.do(Session.next_round)
    return desk, pool.thing(desk.session().item)


def test_a_question_is_asked_once(desk):
    first = desk.session().item
    verdict = desk.answer(pool.thing(first).reference())

    assert verdict.passed
    assert desk.session().item != first
    assert desk.session().entry(first)["share"] == 1


def test_what_is_no_answer_costs_nothing(desk):
    first = desk.session().item
    with pytest.raises(NotAnAnswer):
        desk.answer("")
    assert desk.session().item == first


def test_a_pass_brings_the_follow_up(coding):
    desk, exercise = coding
    result = desk.submit({exercise.name: exercise.reference}, exercise.name)

    assert result.passed
    assert desk.session().item == f"follow-up:{exercise.name}"
    assert exercise.follow_up not in str(result), "it is the next item, and its answer waits"
    desk.answer(None)
    assert exercise.follow_up_answer in task.to_compare(desk.session())
    with pytest.raises(NotAnAnswer, match="part"):
        desk.answer([1])
    desk.answer("part")
    assert desk.session().entry(f"follow-up:{exercise.name}")["share"] == 0.5
    assert desk.session().phase == "between"


def test_a_follow_up_not_known_comes_back_in_the_review(coding):
    desk, exercise = coding
    (desk.file.folder / progress.MARKER).mkdir()
    desk.submit({exercise.name: exercise.reference}, exercise.name)
    desk.answer(None)
    desk.answer("no")

    assert f"follow-up/{exercise.name}" in dict(missed(progress.events(desk.file.folder)))


def test_a_mistake_is_named_and_may_be_mended(coding):
    desk, exercise = coding
    desk.submit({exercise.name: exercise.mistakes[0]})

    entry = desk.session().entry(f"exercise:{exercise.name}")
    assert entry["made"][0][0] == f"{exercise.name}/{exercise.mistakes[0].__name__}"
    assert entry["share"] < 1
    assert desk.submit({exercise.name: exercise.reference}).passed
    assert desk.session().entry(f"exercise:{exercise.name}")["tries"] == 2
    name, sentence = scorecard.mistakes(scorecard.rows(desk.session()))[0]
    assert exercise.name in name
    assert sentence.endswith("You mended it.")


def test_fresh_cases_catch_an_answer_learnt_by_heart(clock):
    rounds = [Round("coding", 7, ("exercise:softmax",))]
    session = Session.begin(Settings(seed=3), clock, rounds)
    exercise = pool.thing(session.item)
    known = {repr(case.args) for case, _ in expectations(exercise, VISIBLE_SEED)}

    def softmax(logits, axis=-1):
        wrong = np.zeros_like(logits)
        return exercise.reference(logits) if repr((logits,)) in known else wrong

    result = marking.submit(session, {"softmax": softmax})

    assert not result.passed
    assert all(report.passed for report in result.reports if not report.hidden)


def test_a_missing_function_is_no_try(coding):
    desk, exercise = coding
    result = desk.submit({})

    assert "There is no" in result.problem
    assert desk.session().entry(f"exercise:{exercise.name}") == {}


def test_a_stub_is_no_try(coding):
    desk, exercise = coding
    namespace = {}
    exec(task.stub_of(exercise), namespace)

    assert "is still to be written" in str(desk.submit(namespace))
    assert desk.session().entry(f"exercise:{exercise.name}") == {}


def test_another_function_is_not_what_was_asked(coding):
    desk, exercise = coding
    with pytest.raises(NotNow, match=exercise.name):
        desk.submit({}, "tea_pot")


def test_code_is_not_answered_in_words(coding):
    with pytest.raises(NotNow, match="submit"):
        coding[0].answer("A")


def test_the_clock_stands_while_a_text_is_marked(coding, clock):
    desk, _ = coding
    desk.do(Session.advance)
    desk.do(Session.next_round)
    item, left = desk.session().item, desk.session().seconds_left

    desk.answer("word " * 70)
    clock.wait(minutes=30)
    assert desk.session().phase == "marking"
    assert desk.session().seconds_left == left
    desk.answer([1])

    assert desk.session().entry(item)["share"] == 1 / len(pool.thing(item).rubric)
    assert desk.session().phase == "over"


def test_what_happened_is_noted_for_the_review(tmp_path, clock, monkeypatch):
    (tmp_path / progress.MARKER).mkdir()
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, clock)
    desk.start(Settings(minutes=15, seed=3))
    desk.answer(pool.thing(desk.session().item).reference())
    desk.do(Session.end)
    desk.session()

    assert [event["kind"] for event in progress.events()] == ["quiz", "interview"]
