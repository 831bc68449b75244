"""Tests of grader.quiz.render."""

import pytest

from grader.quiz import render
from grader.quiz.kinds import question_from
from tests.grader.quiz.records import NUMERIC, QUESTIONS, SINGLE

ONE, WORDS = QUESTIONS["one-choice"], QUESTIONS["free-words"]
WRONG = next(x for x in "ABCD" if x != ONE.right)


def _verdict(name):
    return QUESTIONS[name].judge(QUESTIONS[name].reference())


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a <b onclick='x'>c</b>"])
def test_html_in_markdown_is_shown_and_not_run(text):
    html = render.to_html(text)

    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;" in html


def test_tables_are_tables():
    assert "<table>" in render.to_html("| a |\n|---|\n| 1 |")


@pytest.mark.parametrize(
    "markdown, html",
    [
        ("`x`", "<code>x</code>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
    ],
)
def test_one_line_stands_without_a_paragraph(markdown, html):
    assert render.inline(markdown) == html


@pytest.mark.parametrize(
    "markdown, text",
    [("**A** uses `X @ W`", "A uses X @ W"), ("`2 ** 3`", "2 ** 3"), ("``a`` * b", "a * b")],
)
def test_labels_are_plain_text(markdown, text):
    assert render.to_text(markdown) == text


@pytest.mark.parametrize(
    "record, worth",
    [({}, "(1 point)"), ({"points": 2}, "(2 points)"), ({"points": 0}, "(you mark it yourself)")],
)
def test_the_head_says_what_a_question_is_worth(record, worth):
    text = render.question_markdown(question_from({**SINGLE, **record}))

    assert text.startswith(f"**Question: Bias** {worth}\n\nWhat is `db`?")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_without_a_kernel_says_how_to_answer(name):
    html = render.question_html(QUESTIONS[name])

    assert f'quiz.answer("{name}", {QUESTIONS[name].form})' in html
    assert "Not yet" not in html


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "free-words"])
def test_a_pass_brings_the_reason_and_what_comes_next(name):
    question, verdict = QUESTIONS[name], _verdict(name)

    told = render.verdict_text(question, verdict), render.verdict_html(question, verdict)

    assert all("✓" in text and "Correct" in text for text in told)
    assert all(question.why in text and "Why not the mean?" in text for text in told)


def test_before_a_pass_neither_is_told():
    question = question_from({**SINGLE, "why": "Because."})
    verdict = question.judge(WRONG)

    for text in (render.verdict_text(question, verdict), render.verdict_html(question, verdict)):
        assert "Because." not in text
        assert "Why not the mean?" not in text


@pytest.mark.parametrize(
    "question, verdict, word",
    [
        (ONE, None, "Not answered"),
        (ONE, ONE.judge(WRONG), "Not yet"),
        (ONE, ONE.judge(ONE.right), "Correct"),
        (QUESTIONS["two-numbers"], QUESTIONS["two-numbers"].judge(["-0.1", "5"]), "Partly"),
        (WORDS, _verdict("free-words"), "Your own mark"),
    ],
    ids=["none", "wrong", "right", "partly", "own"],
)
def test_every_state_has_a_sign_and_a_word(question, verdict, word):
    sign, said = render.state(question, verdict)

    assert said == word
    assert len(sign) == 1


def test_what_a_learner_marks_has_no_colour_of_right_or_wrong():
    assert render.border(WORDS, _verdict("free-words")) == render.NEUTRAL
    assert render.border(ONE, None) == render.NEUTRAL
    assert render.border(ONE, ONE.judge(ONE.right)) != render.border(ONE, ONE.judge(WRONG))


def test_the_rubric_is_shown_with_its_ticks():
    text = render.verdict_text(WORDS, WORDS.judge({"text": "x", "rubric": [2]}))

    assert "[ ] 1. Says sum.\n[x] 2. Says rows." in text


def test_a_wrong_part_is_named_with_its_reason():
    question = question_from(NUMERIC)

    text = render.verdict_text(question, question.judge(["-0.5", "0"]))

    assert "✗ z not right: The bias is missing." in text
    assert "✓ memory right." in text
