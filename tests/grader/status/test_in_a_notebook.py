"""Tests of grader.status: what a notebook calls."""

import json

import pytest

from grader.status import diagnose, plan, status


def test_outside_a_copy_every_call_says_where_it_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    for call in (status, plan, diagnose):
        assert "make lab" in repr(call())


def test_without_a_day_the_plan_says_how_to_set_one(home):
    assert 'plan("2026-12-12")' in repr(plan())


def test_a_day_is_planned_for_and_remembered(home):
    planned = repr(plan("three weeks"))

    assert "in 21 days" in planned
    assert repr(plan()) == planned
    assert json.loads((home / "settings.json").read_text())["interview"]


@pytest.mark.parametrize("day", ["whenever", "2026-13-40", 3])
def test_what_is_no_day_is_told_and_nothing_is_kept(home, day):
    assert "tonight" in repr(plan(day))
    assert not (home / "settings.json").exists()
