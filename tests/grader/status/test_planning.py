"""Tests of grader.status.planning."""

from datetime import date, timedelta

import pytest

from grader.status.planning import LONGEST_DAY, REVIEW, next_steps, plan, tasks
from grader.status.standing import stand
from tests.grader.status.conftest import checked

TODAY = date(2026, 1, 1)


def _plan(home, n_days):
    return plan(stand(home), TODAY + timedelta(days=n_days), TODAY)


def _whats(days):
    return [task.what for day in days for task in day.tasks]


def test_half_an_hour_begins_with_what_is_due_and_was_begun(home, note):
    note(checked("linear_backward", 0, passed=False))
    steps = next_steps(stand(home), n_due=4)
    assert [step.what for step in steps[:3]] == [
        "`course review`: 4 due",
        "`linear_backward`",
        "read",
    ]
    assert sum(step.minutes for step in steps) <= 30


def test_half_an_hour_is_used(home):
    steps = next_steps(stand(home))
    assert steps[0].lesson == "01 Forward propagation"
    assert 20 <= sum(step.minutes for step in steps) <= 30


def test_when_all_is_done_a_rehearsal_is_left(home, note):
    standing = stand(home)
    names = [name for one in standing.lessons for name in one.open_exercises]
    note(*[checked(name, 1, passed=True) for name in names])
    lessons = {one.lesson.slug: [3, 3] for one in standing.lessons}
    note({"kind": "diagnosis", "lessons": lessons})
    assert "mock interview" in next_steps(stand(home))[-1].what


def test_three_weeks_hold_everything_and_end_with_a_rehearsal(home):
    made = _plan(home, 21)
    assert [day.day for day in made.days] == [TODAY + timedelta(days=n) for n in range(21)]
    assert made.left_out == ()
    assert {task.what for task in tasks(stand(home))} <= set(_whats(made.days))
    assert "mock interview" in made.days[-1].tasks[-1].what


def test_work_keeps_its_order_over_the_days(home):
    work = [task for task in tasks(stand(home)) if "`" in task.what]
    planned = [
        what for what in _whats(_plan(home, 21).days) if what.startswith("`") and ":" not in what
    ]
    assert planned == [task.what for task in work]


def test_three_days_leave_out_the_least_asked_and_count_them(home):
    made = _plan(home, 3)
    work = {(task.lesson, task.what) for task in tasks(stand(home))}
    planned = {(task.lesson, task.what) for day in made.days for task in day.tasks}
    left_out = {(task.lesson, task.what) for task in made.left_out}
    assert work == (planned & work) | left_out
    assert not planned & left_out
    assert sum(day.minutes - REVIEW for day in made.days[:-1]) <= 2 * LONGEST_DAY + 2
    assert {task.rank for task in made.left_out} >= {4}


def test_what_was_begun_is_not_left_out(home, note):
    note(checked("linear_backward", 0, passed=False))
    assert "`linear_backward`" in _whats(_plan(home, 3).days)


@pytest.mark.parametrize("n_days", [0, 1])
def test_last_evening_begins_nothing_new(home, n_days):
    [evening] = _plan(home, n_days).days
    assert not any("`" in task.what and "course" not in task.what for task in evening.tasks)
    assert sum(task.what.startswith("interview corner") for task in evening.tasks) >= 5
    assert evening.minutes <= 150


def test_many_days_repeat_what_is_weak(home, note):
    lessons = {one.lesson.slug: [3, 3] for one in stand(home).lessons[1:]}
    note({"kind": "diagnosis", "lessons": lessons})
    assert any("again, from an empty cell" in what for what in _whats(_plan(home, 30).days))
