"""Tests of grader.grading.executors: every task has one verdict, whatever becomes of a worker."""

import concurrent.futures as futures
import contextlib
import functools
import operator
import os
from concurrent.futures.process import BrokenProcessPool

import pytest

from grader.grading import executors
from grader.grading.executors import AHEAD, LocalPool, cores

DIES = functools.partial(os._exit, 1)
DIED = "grading it ended the worker twice"


def number(n):
    """Return a task whose verdict is a number."""
    return functools.partial(int, n)


class DyingPool:
    """Workers in this process, and one that dies."""

    def __init__(self):
        self.is_broken = False

    def submit(self, function, task):
        """Return a future that is done already."""
        future = futures.Future()
        if self.is_broken:
            raise BrokenProcessPool
        if task is DIES:
            future.set_exception(BrokenProcessPool())
        else:
            try:
                future.set_result(function(task))
            except ValueError as problem:
                future.set_exception(problem)
        return future

    def shutdown(self, **_):
        """Do nothing."""

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *problem):
        """Do nothing."""


@pytest.fixture(autouse=True)
def tasks_are_functions(monkeypatch):
    """Let a task be a function, which a worker calls, and the verdict what it returns."""
    monkeypatch.setattr(executors, "grade", operator.call)
    monkeypatch.setattr(executors, "not_graded", lambda task, why: why)


@pytest.fixture
def pools(monkeypatch):
    """Return the pools that are made, all of them in this process."""
    made = []

    def new(self, workers):
        made.append(DyingPool())
        return made[-1]

    monkeypatch.setattr(LocalPool, "_new", new)
    return made


def test_every_task_is_graded_by_processes_of_this_machine():
    with LocalPool(2) as pool:
        assert sorted(pool.map(map(number, range(8)))) == list(range(8))


def test_one_that_ends_its_worker_twice_is_named_and_costs_no_other():
    with LocalPool(1) as pool:
        verdicts = list(pool.map([number(1), DIES, number(2)]))

    assert sorted(map(str, verdicts)) == ["1", "2", DIED]


def test_verdicts_come_while_later_tasks_are_not_yet_read(pools):
    read = []

    def tasks():
        for n in range(100):
            read.append(n)
            yield number(n)

    with LocalPool(1) as pool:
        verdicts = pool.map(tasks())
        first = next(verdicts)
        assert len(read) == AHEAD
        assert sorted([first, *verdicts]) == list(range(100))


def test_where_there_is_no_task_there_is_no_verdict(pools):
    with LocalPool(1) as pool:
        assert list(pool.map([])) == []


def test_a_pool_that_breaks_between_two_verdicts_loses_no_task(pools):
    with LocalPool(1) as pool:
        verdicts = pool.map(map(number, range(8)))
        first = next(verdicts)
        pools[0].is_broken = True
        rest = list(verdicts)

    assert sorted([first, *rest]) == list(range(8))


def test_after_a_broken_pool_there_is_a_new_one(pools):
    with LocalPool(1) as pool:
        list(pool.map([number(1), DIES, number(2)]))
        pools[0].is_broken = True

        assert list(pool.map([number(3)])) == [3]


def test_what_stops_the_whole_run_is_raised(pools):
    no_number = functools.partial(int, "x")

    with LocalPool(1) as pool, pytest.raises(ValueError, match="invalid literal"):
        list(pool.map([no_number]))


def test_where_nobody_wants_the_rest_it_is_not_waited_for(pools):
    told = []
    with contextlib.suppress(KeyboardInterrupt), LocalPool(1):
        pools[0].shutdown = lambda **how: told.append(how)
        raise KeyboardInterrupt

    assert told == [{"wait": False, "cancel_futures": True}]


def test_by_default_there_is_a_worker_a_core(monkeypatch):
    monkeypatch.setattr(executors.os, "sched_getaffinity", lambda pid: {0, 2, 5}, raising=False)
    assert LocalPool().workers == 3

    monkeypatch.delattr(executors.os, "sched_getaffinity")
    monkeypatch.setattr(executors.os, "cpu_count", lambda: None)
    assert cores() == 1
