"""Writes a result as a card: plain text, and HTML that follows JupyterLab's themes.

Meaning never hangs on colour alone: every state is a sign and a word in the theme's own text
colour, and colour is only the card's left border.
"""

from html import escape

PASSED, FAILED = ("✓", "Passed"), ("✗", "Not yet")
BORDER = {
    True: "var(--jp-success-color1, #388e3c)",
    False: "var(--jp-error-color1, #d32f2f)",
}
CARD = (
    "border-left: 4px solid {border}; padding: 0.4em 0.9em; margin: 0.3em 0; max-width: 50em; "
    "color: var(--jp-content-font-color1, inherit); "
    "font-family: var(--jp-content-font-family, sans-serif); line-height: 1.5"
)
CODE = (
    "background: var(--jp-layout-color2, rgba(128, 128, 128, 0.12)); padding: 0.5em 0.8em; "
    "overflow-x: auto; white-space: pre; color: inherit; "
    "font-family: var(--jp-code-font-family, monospace)"
)


def as_text(result):
    """Return the card as plain text."""
    lines = [f"{result.exercise}: {_headline(result)}"]
    lines += [f"{title} {sentence}" for title, sentence in _diagnosis(result)]
    lines += [f"  {_sign(r)[0]} {r.label}{_colon(r.problem)}" for r in visible(result)]
    lines += [f"{title} {sentence}" for title, sentence in _next_step(result)]
    return "\n".join(lines)


def as_html(result):
    """Return the card as HTML with inline styles only, so that exports show it too."""
    items = "".join(map(_item, visible(result)))
    parts = [
        f"<p style='margin: 0.2em 0'><strong>{_sign(result)[0]} {escape(result.exercise)}"
        f"</strong>: {_code_in(_headline(result))}</p>",
        *(_paragraph(*advice) for advice in _diagnosis(result)),
        f"<ul style='list-style: none; margin: 0.4em 0; padding: 0'>{items}</ul>" if items else "",
        *(_paragraph(*advice) for advice in _next_step(result)),
    ]
    if result.passed and result.follow_up_answer:
        parts.append(_folded("A good answer to that", _code_in(result.follow_up_answer)))
    if result.answer:
        parts.append(
            _folded("A model answer", f"<pre style='{CODE}'>{escape(result.answer)}</pre>")
        )
    style = CARD.format(border=BORDER[result.passed])
    return f'<div class="course-card" role="status" style="{style}">{"".join(parts)}</div>'


def visible(result):
    """Return the reports a card may list; the hidden cases are told as one count."""
    shown = [report for report in result.reports if not report.hidden]
    hidden = [report for report in result.reports if report.hidden]
    if hidden:
        shown.append(_Count(sum(report.passed for report in hidden), len(hidden)))
    return shown


class _Count:
    """Stands for all hidden cases."""

    def __init__(self, passed, total):
        self.label = f"{passed} of {total} further cases pass"
        self.problem, self.passed = "", passed == total


def _headline(result):
    score = f"{result!r} of {result.max_points} point{'s' if result.max_points != 1 else ''}"
    if result.problem:
        return f"{FAILED[1]}, {score}. {result.problem}"
    if not result.passed:
        done, total = sum(report.passed for report in result.reports), len(result.reports)
        count = f" {done} of {total} cases pass." if total > 1 else ""
        return f"{FAILED[1]}, {score}.{count}"
    # A number derived by hand is one case, and grading has no other.
    if len(result.reports) == 1 or any(report.hidden for report in result.reports):
        return f"{PASSED[1]}, {score}."
    return f"{PASSED[1]}, {score}. These cases pass; grading runs others too."


def _diagnosis(result):
    """Return what the failure looks like, with its title."""
    if result.hint:
        yield "This looks familiar:", result.hint
    elif result.symptom:
        yield "A pattern in the numbers:", result.symptom


def _next_step(result):
    """Return what comes after a pass, with its title."""
    if result.passed and result.follow_up:
        yield "The interviewer goes on:", result.follow_up


def _paragraph(title, sentence):
    return f"<p style='margin: 0.4em 0'><strong>{title}</strong> {_code_in(sentence)}</p>"


def _folded(title, inside):
    return f"<details style='margin: 0.4em 0'><summary>{title}</summary>{inside}</details>"


def _item(report):
    sign, word = _sign(report)
    problem = f" — {_code_in(report.problem)}" if report.problem else ""
    return (
        "<li style='margin: 0.15em 0; padding-left: 1.4em; text-indent: -1.4em'>"
        f"{sign} <strong>{word}</strong> · {_code_in(report.label)}{problem}</li>"
    )


def _sign(thing):
    return PASSED if thing.passed else FAILED


def _colon(problem):
    return f": {problem}" if problem else ""


def _code_in(text):
    """Escape text and set what stands between backticks as code."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
