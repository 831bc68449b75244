"""Tests of grader.card and grader.result: one result, read by three readers."""

import re
from dataclasses import replace

import pytest

from grader.result import CaseReport, Result

WRONG = Result(
    "linear_forward",
    0.5,
    2,
    (CaseReport("a batch of one"), CaseReport("<script>", "Z[0] is 1, expected 2")),
    hint="Set `W` to 0.",
)
RIGHT = Result(
    "relu",
    2.0,
    2,
    (CaseReport("two rows"), CaseReport("a batch of one")),
    follow_up="And at 0?",
    follow_up_answer="No: it has a corner, and `0` is a subgradient.",
    answer="def relu",
)
HIDDEN = Result(
    "relu", 1.0, 2, (CaseReport("two rows"), CaseReport("secret", "x is 3.1", hidden=True))
)


@pytest.mark.parametrize(
    ("points", "text"),
    [(1, "1"), (0.5, "0.5"), (2 / 3, "0.666667"), (-1.0, "0"), (9.0, "2"), (float("nan"), "0")],
)
def test_repr_is_a_plain_number_within_bounds(points, text):
    assert repr(Result("relu", points, 2)) == text


def test_text_names_the_case_the_numbers_and_the_hint():
    assert str(WRONG).splitlines() == [
        "linear_forward: Not yet, 0.5 of 2 points. 1 of 2 cases pass.",
        "This looks familiar: Set `W` to 0.",
        "  ✓ a batch of one",
        "  ✗ <script>: Z[0] is 1, expected 2",
    ]


def test_a_single_case_is_not_counted():
    single = Result("relu", 0.0, 2, (CaseReport("the crossing", "z is 0, which is not right"),))

    assert str(single).splitlines()[0] == "relu: Not yet, 0 of 2 points."

    passed = replace(single, points=2.0, reports=(CaseReport("the crossing"),))
    assert str(passed).splitlines()[0] == "relu: Passed, 2 of 2 points."


def test_html_is_escaped():
    assert "<script>" not in WRONG._repr_html_()
    assert "&lt;script&gt;" in WRONG._repr_html_()


def test_code_in_a_hint_is_set_as_code():
    assert "Set <code>W</code> to 0." in WRONG._repr_html_()


def test_state_is_told_by_sign_and_word_and_not_by_colour_alone():
    html = WRONG._repr_html_()

    assert "✓ <strong>Passed</strong>" in html
    assert "✗ <strong>Not yet</strong>" in html


def test_colours_follow_the_theme():
    assert "color: var(--jp-content-font-color1" in WRONG._repr_html_()


def test_a_pass_says_that_grading_runs_more_and_what_comes_next():
    text = str(RIGHT)

    assert "grading runs others too" in text
    assert "The interviewer goes on: And at 0?" in text
    assert "all tests passed" not in text.lower()


@pytest.mark.parametrize(
    "title, inside",
    [
        ("A good answer to that", "No: it has a corner, and <code>0</code> is a subgradient."),
        ("A model answer", "def relu"),
    ],
)
def test_answers_are_folded(title, inside):
    folded = RIGHT._repr_html_().split(f"<summary>{title}</summary>")[1].partition("</details>")[0]

    assert inside in folded
    assert inside not in str(RIGHT)


def test_the_answer_to_a_follow_up_waits_for_a_pass():
    failed = replace(RIGHT, points=0.0, reports=(CaseReport("two rows", "the shape is wrong"),))

    assert "A good answer to that" not in failed._repr_html_()


@pytest.mark.parametrize("text", [str(HIDDEN), HIDDEN._repr_html_()], ids=["text", "html"])
def test_hidden_cases_are_a_count_only(text):
    assert re.search(r"0 of 1 further cases pass\b", text)
    assert "secret" not in text
    assert "3.1" not in text
