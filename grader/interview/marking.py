"""Judges what a candidate gives, notes it in the session, and moves on."""

from dataclasses import replace

from grader.examine import examine
from grader.exercises import allowed_imports, lesson_of
from grader.interview import pool
from grader.interview.plan import hidden_seed
from grader.interview.session import NotNow
from grader.notebook_subject import NotebookSubject
from grader.quiz.model import NotAnAnswer

OWN_MARKS = {"all": 1.0, "part": 0.5, "no": 0.0}
"""How one marks one's own answer to a follow-up."""


def answer(session, raw):
    """Take the answer to the item at hand.

    Parameters
    ----------
    session : Session
        Its clock runs, or stands while an answer is held against a good one.
    raw : str, number, list, dict or None
        What `Question.read` takes; the numbers of rubric lines for a text that is to be marked.
        For a follow-up anything says that it was answered aloud; then a key of `OWN_MARKS`.

    Returns
    -------
    verdict : Verdict or None
        None where the candidate is the judge.
    """
    session.require("running", "marking")
    item = session.item
    sort, _ = pool.split(item)
    if sort == "exercise":
        raise NotNow("Write the function in a cell of its own, then `interview.submit()`.")
    if sort == "follow-up":
        return _follow_up(session, item, raw)
    question = pool.thing(item)
    if question.kind == "text":
        return _text(session, item, question, raw)
    value = question.read(raw)
    verdict = question.judge(value)
    session.note(item, share=verdict.share, value=value)
    session.advance()
    return verdict


def submit(session, namespace):
    """Examine the candidate's function on the visible cases and on fresh ones.

    Parameters
    ----------
    session : Session
        Its clock runs; the last submission before it stops stands.
    namespace : mapping
        Where the function is looked up.

    Returns
    -------
    result : Result
        Without the follow-up: after a pass it is the item at hand, or else the next one is.
    """
    session.require("running")
    item = session.item
    sort, name = pool.split(item)
    if sort != "exercise":
        raise NotNow("There is nothing to submit here: this one is answered in words.")
    exercise = pool.thing(item)
    subject = NotebookSubject(namespace, allowed_imports(lesson_of(name)))
    result = examine(exercise, subject, hidden_seed(session.settings.seed, name))
    if result.reports and not result.untouched:
        note = result.hint or result.symptom or _first_problem(result)
        share = result.points / result.max_points
        session.note(item, share=share, mistake=result.mistake, note=note)
    if result.passed:
        if exercise.follow_up:
            session.follow_up()
        session.advance()
    return replace(result, follow_up="", follow_up_answer="")


def _follow_up(session, item, raw):
    """Wait until it was answered aloud; then, with the clock stopped, take one's own mark."""
    if session.phase == "running":
        session.note(item, share=0.0, own=True)
        session.compare()
        return
    if not isinstance(raw, str) or raw not in OWN_MARKS:
        raise NotAnAnswer('Mark what you said: "all", "part" or "no".')
    session.note(item, share=OWN_MARKS[raw], own=True)
    session.advance()


def _text(session, item, question, raw):
    """Take the text first; then, with the clock stopped, the rubric lines it contains."""
    if session.phase == "running":
        value = question.read(raw)
        session.note(item, share=0.0, own=True, value={**value, "rubric": []})
        session.compare()
        return None
    ticks = raw.get("rubric", []) if isinstance(raw, dict) else raw
    value = question.read({**session.entry(item)["value"], "rubric": ticks})
    verdict = question.judge(value)
    session.note(item, share=verdict.share, own=True, value=value)
    session.advance()
    return verdict


def _first_problem(result):
    return next((f"{r.label}: {r.problem}." for r in result.reports if r.problem), "")
