"""Tests of grader.status.lessons and grader.status.standing."""

import json

import pytest

from grader.exercises import lesson_of, registry
from grader.quiz import catalog
from grader.quiz.keys import reference_answers
from grader.status.lessons import lessons
from grader.status.standing import stand
from tests.grader.status.conftest import checked

MISTAKE = "linear_backward/_bias_averaged"


def _of(standing, slug):
    return next(one for one in standing.lessons if one.lesson.slug == slug)


def test_released_lessons_name_their_exercises_and_questions(forward):
    assert "linear_forward_vectorized" in forward.exercises
    assert "neuron-computes" in forward.questions
    assert forward.title == "01 Forward propagation"


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.folder)
def test_every_name_in_a_lesson_is_known(lesson):
    assert {lesson_of(name) for name in lesson.exercises} <= {lesson.slug}
    assert set(lesson.questions) <= set(catalog.lesson(lesson.slug))


def test_at_the_beginning_everything_is_open(home, forward):
    one = _of(stand(home), "forward_propagation")
    assert one.points == 0
    assert one.open_exercises == forward.exercises
    minutes = sum(registry()[name].minutes for name in forward.exercises)
    assert one.minutes_left == round(minutes + len(forward.questions) + forward.reading)


def test_best_try_counts_and_a_pass_closes(home, note):
    note(
        checked("neuron", 1, passed=False),
        checked("neuron", registry()["neuron"].points, passed=True),
        checked("neuron", 0, passed=False),
    )
    one = _of(stand(home), "forward_propagation")
    assert one.points == registry()["neuron"].points
    assert "neuron" not in one.open_exercises


def test_answers_to_the_quiz_count(home, forward):
    (home / forward.folder / "answers.json").write_bytes(reference_answers(forward.slug))
    one = _of(stand(home), forward.slug)
    assert one.open_questions == ()
    assert one.points == sum(catalog.find(name).points for name in forward.questions)


def test_wrong_answers_make_a_topic_weak(home, forward):
    answers = {"neuron-computes": {"v": "B", "seed": catalog.find("neuron-computes").seed}}
    document = json.dumps({"schema": 1, "answers": answers})
    (home / forward.folder / "answers.json").write_text(document)
    assert stand(home).weak == (("01 Forward propagation", "A neuron"),)


def test_exercise_tried_twice_in_vain_is_weak_and_unfinished(home, note):
    note(*[checked("linear_backward", 0, passed=False)] * 2)
    standing = stand(home)
    assert standing.weak == (("03 Chain rule", "`linear_backward`"),)
    assert standing.unfinished == ("linear_backward",)


@pytest.mark.parametrize(
    "after, overcome",
    [
        ([], ()),
        ([checked("linear_backward", 3, passed=True)], (MISTAKE,)),
        ([checked("neuron", 2, passed=True)], ()),
        ([{"kind": "review", "name": f"mistake/{MISTAKE}", "passed": True}], (MISTAKE,)),
    ],
)
def test_misconception_is_met_then_overcome(home, note, after, overcome):
    note(checked("linear_backward", 1, passed=False, mistake=MISTAKE), *after)
    standing = stand(home)
    assert standing.met == (MISTAKE,)
    assert standing.overcome == overcome


def test_misconception_met_again_is_open_again(home, note):
    wrong = checked("linear_backward", 1, passed=False, mistake=MISTAKE)
    note(wrong, checked("linear_backward", 3, passed=True), wrong)
    assert stand(home).overcome == ()


def test_lesson_that_the_diagnosis_skips_takes_no_time(home, note):
    note({"kind": "diagnosis", "lessons": {"forward_propagation": [3, 3], "chain_rule": [2, 3]}})
    standing = stand(home)
    assert _of(standing, "forward_propagation").minutes_left == 0
    assert _of(standing, "chain_rule").minutes_left > 0


@pytest.mark.parametrize("lessons", [None, 3, {"chain_rule": "all"}, {"chain_rule": [1, 2, 3]}])
def test_damaged_diagnosis_skips_nothing(home, note, lessons):
    note({"kind": "diagnosis", "lessons": lessons})
    assert not any(one.skipped for one in stand(home).lessons)
