"""The status and the plan: tables in a terminal, tables in a notebook, lines elsewhere."""

import re
from datetime import date
from html import escape

from rich.table import Table

from grader.card import CARD
from grader.quiz.model import count
from grader.quiz.render import NEUTRAL
from grader.review.deck import Deck
from grader.review.items import MISTAKE, find
from grader.status.planning import next_steps, plan
from grader.status.settings import Settings
from grader.status.standing import stand

PLAN = "`plan()` in a notebook, or `course plan` in a terminal,"
SET_A_DAY = '`plan("2026-12-12")` in a notebook, or `course plan 2026-12-12` in a terminal,'

LATEST = 3
"""Mock interviews that the status shows."""


class Page:
    """Titled parts, each a list of rows; a row is a list of texts with `code` in backticks.

    Parameters
    ----------
    parts : list of (str, list of list of str)
        The title of each part and its rows.
    """

    def __init__(self, parts):
        self.parts = [(title, rows) for title, rows in parts if rows]

    def __repr__(self):
        """Return one line a row."""
        return "\n".join(
            line
            for title, rows in self.parts
            for line in [title, *("  " + " · ".join(filter(None, row)) for row in rows)]
        )

    def _repr_html_(self):
        body = "".join(
            f"<p><strong>{escape(title)}</strong></p><table><tbody>{''.join(map(_row, rows))}"
            "</tbody></table>"
            for title, rows in self.parts
        )
        return f'<div class="course-card" style="{CARD.format(border=NEUTRAL)}">{body}</div>'

    def print_to(self, console):
        """Print the parts as tables."""
        for title, rows in self.parts:
            console.print(f"\n{title}", style="bold", markup=False)
            grid = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
            for row in rows:
                grid.add_row(*(_plain(text) for text in row))
            console.print(grid, markup=False, highlight=False)


def status_page(home, today=None, now=None):
    """Return the page that `course status` shows."""
    settings, standing = Settings(home), stand(home)
    deck = Deck(home, now, settings.interview)
    left = [settings.notice, deck.notice]
    return Page(
        [
            ("Note", [[notice] for notice in left if notice]),
            ("Lessons", [*map(_lesson_row, standing.lessons), _sum_row(standing)]),
            ("Misconceptions met", _mistake_rows(standing)),
            ("Weak topics", [list(pair) for pair in standing.weak]),
            ("Mock interviews", [_sitting_row(one) for one in standing.sat[-LATEST:]]),
            ("The next 30 minutes", _task_rows(next_steps(standing, len(deck.due())))),
            ("Interview", [[_countdown(settings.interview, today or date.today())]]),
        ]
    )


def plan_page(home, today=None):
    """Return the page that `course plan` shows; the day of the interview is in the settings."""
    settings, today = Settings(home), today or date.today()
    parts = [("Note", [[settings.notice]] if settings.notice else [])]
    if settings.interview is None or settings.interview < today:
        return Page([*parts, ("Interview", [[_countdown(settings.interview, today)]])])
    made = plan(stand(home), settings.interview, today)
    parts.append(("Interview", [[f"{made.interview}, {_distance(made.interview, today)}"]]))
    for day in made.days:
        title = f"{day.day:%A} {day.day.isoformat()}, about {day.minutes} minutes"
        parts.append((title, _grouped(day.tasks)))
    minutes = round(sum(task.minutes for task in made.left_out))
    if made.left_out:
        parts.append((f"Left out, about {minutes} minutes", _counted(made.left_out)))
    return Page(parts)


def _lesson_row(one):
    points = f"{one.points:g} of {one.max_points} points"
    n_open = len(one.open_exercises), len(one.open_questions)
    if one.done:
        return [one.lesson.title, points, "done"]
    if one.skipped:
        return [one.lesson.title, points, "may be skipped, by the diagnostic quiz"]
    left = f"{n_open[0]} exercises and {n_open[1]} questions open"
    return [one.lesson.title, points, left, f"about {one.minutes_left} minutes"]


def _sum_row(standing):
    points = sum(one.points for one in standing.lessons)
    of = sum(one.max_points for one in standing.lessons)
    return ["All lessons", f"{points:g} of {of} points", "", f"{standing.minutes_left} minutes"]


def _mistake_rows(standing):
    rows = []
    for name in standing.met:
        item = find(f"{MISTAKE}/{name}")
        if item is not None:
            hint = item.back.partition("\n")[0]
            state = "✓ overcome" if name in standing.overcome else "○ open"
            rows.append([item.topic, state, hint])
    return rows


def _sitting_row(one):
    weakest = f"weakest: {one.weakest}" if one.weakest else ""
    return [one.day, one.settings, f"{one.share:.0%} of the points", weakest]


def _task_rows(steps):
    return [[task.lesson, task.what, f"{max(1, round(task.minutes))} minutes"] for task in steps]


def _grouped(tasks):
    """Return one row a lesson."""
    rows = {}
    for task in tasks:
        rows.setdefault(task.lesson, []).append(task)
    return [
        [title or "Every lesson", ", ".join(task.what for task in group)]
        for title, group in rows.items()
    ]


def _counted(tasks):
    """Return one row a lesson with how many exercises it is, and the rest by name."""
    rows = []
    for title in dict.fromkeys(task.lesson for task in tasks):
        group = [task.what for task in tasks if task.lesson == title]
        n_exercises = sum("`" in what for what in group)
        named = [what for what in group if "`" not in what]
        exercises = [f"{count(n_exercises, 'exercise')}"] if n_exercises else []
        rows.append([title, ", ".join([*named, *exercises])])
    return sorted(rows)


def _countdown(interview, today):
    if interview is None:
        return f"No day is set. With one, {SET_A_DAY} divides up what is left."
    if interview < today:
        return f"It was on {interview}. {SET_A_DAY} sets the next."
    return f"{interview}, {_distance(interview, today)}: {PLAN} shows each day."


def _distance(interview, today):
    n_days = (interview - today).days
    return {0: "today", 1: "tomorrow"}.get(n_days, f"in {n_days} days")


def _row(texts):
    cells = "".join(f"<td style='text-align: left'>{_code_in(text)}</td>" for text in texts)
    return f"<tr>{cells}</tr>"


def _code_in(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _plain(text):
    return text.replace("`", "")
