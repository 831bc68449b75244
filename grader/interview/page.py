"""Writes an interview down: its outline before the start, and the one page of results.

Each page is `Shown`: the same words as text and as HTML that follows JupyterLab's themes.
"""

from datetime import datetime, timedelta
from html import escape
from itertools import groupby

from grader.interview import pool, scorecard
from grader.interview.plan import FORMATS, TITLES
from grader.quiz import render
from grader.quiz.facade import Shown
from grader.stub import model_answer

LIST = "list-style: none; margin: 0.2em 0; padding: 0"
CELL = "text-align: left; padding: 0.15em 1.2em 0.15em 0"
BAR = (
    "<div style='width: 9em; height: 0.7em; border: 1px solid currentColor'>"
    "<div style='width: {percent}%; height: 100%; background: var(--jp-brand-color1, #1976d2)'>"
    "</div></div>"
)


def shown(markdown):
    """Return a message."""
    return Shown(render.to_text(markdown), render.notice_html(markdown))


def outline(settings):
    """Return what an interview with these settings will be; never what is asked in it."""
    chosen = ", ".join(map(pool.title_of, settings.topics)) or "as they come"
    seed = "drawn at the start" if settings.seed is None else settings.seed
    rounds = "\n".join(
        f"{n}. {TITLES[kind]}: {_items(kind, number)}, {minutes} minutes"
        for n, (kind, minutes, number) in enumerate(FORMATS[settings.minutes], 1)
    )
    return shown(
        f"**Mock interview**, {settings.minutes} minutes\n\n"
        f"Level: {settings.level}. Topics: {chosen}. Seed: {seed}.\n\n{rounds}\n\n"
        "The clock starts with the button, or with `interview.start()`."
    )


def results(session):
    """Return the one page of results."""
    rows = scorecard.rows(session)
    text = [f"{heading}\n{body}" for heading, body in _text_parts(session, rows)]
    html = [f"<p>{render.inline(f'**{head}**')}</p>{body}" for head, body in _parts(session, rows)]
    card = render.card("".join(html))
    return Shown("\n\n".join(text), f'<div role="status">{card}</div>')


def headline(session, rows):
    """Return the settings and the score in one line."""
    settings, score = session.settings, scorecard.total(rows)
    return (
        f"Mock interview: {_number(score.points)} of {score.max_points} points "
        f"({settings.minutes} minutes, {settings.level}, seed {settings.seed})"
    )


def summary(rows):
    """Name the strongest and the weakest kind."""
    kinds = scorecard.by_kind(rows)
    best, worst = max(kinds, key=lambda k: kinds[k].share), min(kinds, key=lambda k: kinds[k].share)
    if kinds[best].share == kinds[worst].share:
        return "All kinds came out alike."
    return f"Strongest: {best}. Weakest: {worst}."


def _text_parts(session, rows):
    yield headline(session, rows), summary(rows)
    for title, scores in _tables(rows):
        yield title, "\n".join(f"  {name}: {_score(score)}" for name, score in scores.items())
    yield "Item by item", "\n".join(f"  {render.to_text(line)}" for line in map(_line, rows))
    yield "Mistakes", "\n".join(f"  {_plain(name)}: {_plain(why)}" for name, why in _mistakes(rows))
    yield (
        "Do again",
        "\n".join(
            f"  {day}: {_plain(what)}" for day, things in _days(session, rows) for what in things
        ),
    )


def _parts(session, rows):
    yield headline(session, rows), f"<p>{summary(rows)}</p>"
    for title, scores in _tables(rows):
        yield title, _table(scores)
    yield "Item by item", "".join(map(_folded, rows))
    listed = "".join(
        f"<li><strong>{render.inline(name)}</strong>: {render.inline(why)}</li>"
        for name, why in _mistakes(rows)
    )
    yield "Mistakes", f"<ul>{listed}</ul>"
    yield "Do again", f"<ul>{''.join(map(_day, _days(session, rows)))}</ul>"


def _day(pair):
    day, things = pair
    inside = "".join(f"<li>{render.inline(what)}</li>" for what in things)
    return f"<li><strong>{day}</strong><ul>{inside}</ul></li>"


def _tables(rows):
    yield "By kind", {k.capitalize(): score for k, score in scorecard.by_kind(rows).items()}
    yield "By topic, weakest first", scorecard.by_topic(rows)


def _table(scores):
    lines = "".join(
        f"<tr><th scope='row' style='{CELL}; font-weight: normal'>{escape(name)}</th>"
        f"<td style='{CELL}'>{_score(score)}</td>"
        f"<td style='{CELL}' aria-hidden='true'>{BAR.format(percent=round(100 * score.share))}</td>"
        "</tr>"
        for name, score in scores.items()
    )
    return f"<table style='border-collapse: collapse; margin: 0'><tbody>{lines}</tbody></table>"


def _score(score):
    return f"{_number(score.points)} of {score.max_points} ({score.share:.0%})"


def _number(points):
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _line(row):
    sign, word = _state(row)
    own = ", your own mark" if row.own else ""
    return f"{sign} {word} · {row.name}{own}"


def _state(row):
    if not row.tries:
        return "○", "Not answered"
    if row.share == 1:
        return "✓", "Right"
    return ("◐", "Partly") if row.share else ("✗", "Not yet")


def _folded(row):
    inside = render.to_html(_asked_and_answer(row))
    title = render.inline(_line(row))
    return f"<details class='course-more'><summary>{title}</summary>{inside}</details>"


def _asked_and_answer(row):
    sort, _ = pool.split(row.item)
    thing = pool.thing(row.item)
    if sort == "exercise":
        return f"A model answer:\n\n```python\n{model_answer(thing)}\n```"
    if sort == "follow-up":
        return f"{thing.follow_up}\n\n**A good answer.** {thing.follow_up_answer}"
    why = f"\n\n{thing.why}" if thing.why else ""
    code = f"\n\n```\n{thing.numbered()}\n```" if thing.kind == "bug" else ""
    return f"{thing.prompt}{code}\n\n**The answer.** {thing.solution()}{why}"


def _mistakes(rows):
    return scorecard.mistakes(rows) or [("None", "no answer was judged wrong.")]


def _days(session, rows):
    ended = datetime.fromtimestamp(session.record["ended"] or session.record["started"])
    plan = scorecard.redo(rows, session.settings)
    for days, group in groupby(plan, key=lambda r: r.days):
        date = ended + timedelta(days=days)
        yield (
            f"{'Tomorrow' if days == 1 else f'In {days} days'}, {date:%d %B}",
            [r.what for r in group],
        )


def _plain(markdown):
    return render.to_text(markdown)


def _items(kind, number):
    noun = {"rapid": "question", "explain": "question"}.get(kind, "task")
    return f"{number} {noun}{'s' * (number > 1)}"
