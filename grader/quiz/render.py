"""Writes questions and verdicts as Markdown, plain text and HTML.

HTML follows JupyterLab's themes: text in the theme's colour, meaning in a sign and a word, colour
only on a card's left border.
"""

import re
from functools import cache
from html import escape

import mistune

from grader.card import BORDER, CARD, FAILED, PASSED

NEUTRAL = "var(--jp-border-color1, #9e9e9e)"
FOLDED = "<details class='course-more'><summary>{title}</summary>{body}</details>"


@cache
def _markdown():
    return mistune.create_markdown(escape=True, plugins=["table"])


def to_html(markdown):
    """Return Markdown as HTML; raw HTML in it is escaped."""
    return _markdown()(markdown).strip()


def inline(markdown):
    """Return Markdown as HTML without the paragraph around it."""
    html = to_html(markdown)
    match = re.fullmatch(r"<p>(.*)</p>", html, re.DOTALL)
    return match[1] if match and "<p>" not in match[1] else html


def to_text(markdown):
    """Return Markdown as plain text, for labels.

    >>> to_text("**A** uses `X @ W`")
    'A uses X @ W'
    """
    return re.sub(r"\*\*(.+?)\*\*|`+(.+?)`+", lambda m: m[1] or m[2], markdown).strip()


def question_markdown(question):
    """Return the text of a question: prompt, options, and nothing of the answer."""
    points = {0: "you mark it yourself", 1: "1 point"}.get(
        question.points, f"{question.points} points"
    )
    head = f"**Question: {question.topic}** ({points})"
    return f"{head}\n\n{question.prompt}\n\n{question.describe()}"


def question_text(question):
    """Return the text of a question for a plain output; it never changes with the answer."""
    return to_text(f"{question.prompt}\n\n{question.describe()}")


def question_html(question):
    """Return a question for exports and viewers that show no widgets."""
    how = (
        f'Run this cell in JupyterLab to answer, or write <code>quiz.answer("{question.id}", '
        f"{escape(question.form, quote=False)})</code>."
    )
    body = to_html(question.describe())
    return card(f"<p>{inline(question.prompt)}</p>{body}<p><em>{how}</em></p>", NEUTRAL)


def verdict_text(question, verdict):
    """Return a verdict as plain text."""
    sign, word = state(question, verdict)
    lines = [f"{question.id}: {sign} {word}."]
    remark_of = _tick if question.kind == "text" else _remark
    lines += [to_text(remark_of(remark)) for remark in verdict.remarks]
    lines += [to_text(line) for line in (verdict.summary, *_after(question, verdict)) if line]
    return "\n".join(lines)


def verdict_html(question, verdict):
    """Return a verdict as the inside of a card."""
    sign, word = state(question, verdict)
    if question.kind == "single":
        lead = verdict.remarks[0]
        parts = [f"<p><strong>{sign} {word}.</strong> {lead.label}: {inline(lead.text)}</p>"]
    else:
        parts = [f"<p><strong>{sign} {word}.</strong> {inline(verdict.summary)}</p>"]
    if question.kind not in {"single", "text"}:
        parts += [f"<p>{inline(_remark(remark))}</p>" for remark in verdict.remarks]
    if verdict.passed and question.why:
        parts.append(to_html(question.why))
    if verdict.passed and question.follow_up:
        body = to_html(question.follow_up)
        parts.append(FOLDED.format(title="The interviewer goes on", body=body))
    return "".join(parts)


def state(question, verdict):
    """Return the sign and the word for a verdict; None is no answer."""
    if verdict is None:
        return "○", "Not answered"
    if question.kind == "text":
        return "✎", "Your own mark"
    if verdict.passed:
        return PASSED[0], "Correct"
    if verdict.share:
        return "◐", "Partly"
    return FAILED


def border(question, verdict):
    """Return the colour of a card's left border."""
    if verdict is None or question.kind == "text":
        return NEUTRAL
    return BORDER[verdict.passed]


def card(inside, colour=NEUTRAL):
    """Return a card around HTML."""
    style = CARD.format(border=colour)
    return f'<div class="course-card course-quiz-card" style="{style}">{inside}</div>'


def notice_html(markdown):
    """Return a plain card: a hint, a refusal, a message."""
    return card(to_html(markdown), NEUTRAL)


def _remark(remark):
    sign, word = (PASSED[0], "right") if remark.passed else (FAILED[0], "not right")
    return f"{sign} **{remark.label}** {word}{f': {remark.text}' if remark.text else '.'}"


def _tick(remark):
    return f"[{'x' if remark.passed else ' '}] {remark.label}. {remark.text}"


def _after(question, verdict):
    if verdict.passed:
        yield question.why
        yield f"The interviewer goes on: {question.follow_up}" if question.follow_up else ""
