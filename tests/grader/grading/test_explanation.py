"""Tests of grader.grading.explanation: why an exercise got its points."""

import pytest

from grader.grading.explanation import explanation
from grader.grading.gradebook import Entry


def _exercise(**facts):
    none = {"mistake": "", "hint": "", "symptom": "", "problem": "", "card": "", "answer": ""}
    return {"score": 0.5, "max_score": 2.0, "cases": []} | none | facts


@pytest.fixture
def explained():
    """Return a function from facts to the lines said about `neuron`."""

    def explain(one, **facts):
        detail = {
            "status": "graded",
            "version": "0123456789ab",
            "checks": "f" * 64,
            "seed": 7,
            "sandboxed": True,
            "ran": 4,
            "cells": [],
            "exercises": {"neuron": one},
        }
        return list(explanation("ada", "neuron", Entry("key", "content", {}, detail | facts)))

    return explain


def test_it_begins_with_points_and_with_what_ran(explained):
    assert explained(_exercise()) == [
        "neuron, ada: 0.5 of 2 points",
        "Status of the submission: graded",
        "Ran 4 cells in the sandbox; lesson version 0123456789ab, hidden seed 7, "
        "checks ffffffffffff",
    ]


def test_work_graded_without_a_sandbox_says_so(explained):
    assert "Ran 4 cells without a sandbox" in explained(_exercise(), sandboxed=False)[2]


def test_a_cell_that_failed_is_one_line(explained):
    cells = [["cell 3", "NameError", "NameError:\n  name 'x'"], ["cell 4", "timed out", " "]]

    assert explained(_exercise(), cells=cells)[3:] == [
        "  cell 3: NameError: NameError: name 'x'",
        "  cell 4: timed out",
    ]


def test_cases_are_counted_and_listed(explained):
    cases = [["one sample", True, "", False], ["a batch", False, "off by one", True]]

    assert explained(_exercise(cases=cases))[3:] == [
        "1 of 2 cases pass:",
        "  ✓ one sample",
        "  ✗ a batch (hidden): off by one",
    ]


def test_a_recognised_mistake_comes_with_its_hint_and_stands_for_the_symptom(explained):
    one = _exercise(mistake="neuron/_no_bias", hint="Add `b`.", symptom="Off by a constant.")

    assert explained(one)[3:] == ["Recognised as neuron/_no_bias: Add `b`."]


def test_where_no_mistake_is_recognised_the_symptom_is_said(explained):
    one = _exercise(symptom="Off by a constant.")

    assert explained(one)[3:] == ["A pattern in the numbers: Off by a constant."]


def test_what_kept_it_from_being_judged_is_said(explained):
    one = _exercise(problem="There is no `neuron` in the notebook.")

    assert explained(one)[3:] == ["There is no `neuron` in the notebook."]


def test_a_quiz_shows_its_card(explained):
    assert explained(_exercise(card="1 of 2 points.\n✓ Right: neurons"))[3:] == [
        "1 of 2 points.",
        "✓ Right: neurons",
    ]


def test_the_answer_comes_last_and_set_in(explained):
    assert explained(_exercise(problem="Wrong.", answer="def neuron(x):\n    return x"))[4:] == [
        "",
        "What was examined:",
        "    def neuron(x):",
        "        return x",
    ]
