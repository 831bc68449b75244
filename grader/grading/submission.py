"""The one function that grades: a submission's bytes in, a verdict out.

Both `nbgrader autograde` and `course grade` call it, and it depends on nothing but its arguments.
"""

import dataclasses
from dataclasses import dataclass, field

from grader.examine import examine
from grader.exercises import registry
from grader.grading.cells import plan
from grader.grading.screening import Refused, Submitted, screen
from grader.quiz import catalog
from grader.quiz.answers import LIMIT, records_in
from grader.quiz.points import QuizPoints
from grader.quiz.scoring import questions, score_answers
from grader.result import Result
from grader.sandbox.launch import SandboxUnavailable

GRADED = "graded"
MOST_REMARKS = 3
MOST_REMARK = 200


@dataclass(frozen=True)
class CellRun:
    """How one cell went in the sandbox."""

    name: str
    status: str
    """"ok", "timed out", "not run" or the name of the error."""
    text: str = ""


@dataclass(frozen=True)
class SubmissionResult:
    """The verdict on one submission."""

    lesson: str
    version: str
    status: str
    """"graded", "graded: <remarks>", "refused: <why>" or "missing: <what>"."""
    results: dict
    """A `Result` or `QuizPoints` by the grade id of its check cell."""
    max_score: float
    runs: tuple[CellRun, ...] = ()
    answers: dict = field(default_factory=dict)
    """The learner's answer cells by grade id."""
    submitted: Submitted | None = None
    hidden_seed: int | None = None

    @property
    def score(self):
        """All points, as nbgrader adds them up."""
        return round(sum(float(repr(result)) for result in self.results.values()), 6)


def grade_submission(data, lesson, *, hidden_seed, open_subject, answers=b"", version_matters=True):
    """Grade one submission.

    Parameters
    ----------
    data : bytes
        The submitted notebook, which may be anything.
    lesson : Lesson
        What was asked.
    hidden_seed : int or None
        Seed of the hidden cases; without it only the visible ones run.
    open_subject : callable
        ``open_subject(sources)`` runs cells and returns a subject, see `grader.examine`; it has
        ``reports`` and ``problem`` and is a context manager.
    answers : bytes, optional
        The quiz answers beside the notebook, which may be anything too.
    version_matters : bool, default=True
        Whether a notebook of another version of the lesson is refused.

    Returns
    -------
    result : SubmissionResult
        Whatever the submission is. Only what is the grader's own trouble raises, such as a
        missing sandbox.
    """
    try:
        submitted = screen(data)
        if version_matters:
            _check_version(submitted, lesson)
    except Refused as problem:
        return refused(lesson, f"refused: {problem}", hidden_seed)
    what = plan(lesson, submitted)
    remarks = list(what.remarks)
    with open_subject(what.sources) as subject:
        runs = _runs(what, subject)
        results = {
            one.grade_id: _verdict(one, subject, hidden_seed, remarks)
            for one in lesson.graded
            if one.exercise
        }
    results |= {
        one.grade_id: _quiz(one, answers, remarks) for one in lesson.graded if one.questions
    }
    remarks = _cell_remarks(runs, subject) + remarks
    return SubmissionResult(
        lesson.folder,
        lesson.version,
        _status(remarks),
        {one.grade_id: results[one.grade_id] for one in lesson.graded if one.grade_id in results},
        lesson.max_score,
        runs,
        what.answers,
        submitted,
        hidden_seed,
    )


def refused(lesson, status, hidden_seed=None):
    """Return the verdict on what cannot be graded: nothing, and why."""
    sentence = f"{status[0].upper()}{status[1:]}."
    results = {
        one.grade_id: Result(one.name, 0.0, one.points, problem=sentence)
        for one in lesson.graded
        if one.exercise or one.questions
    }
    return SubmissionResult(
        lesson.folder, lesson.version, status, results, lesson.max_score, hidden_seed=hidden_seed
    )


def _check_version(submitted, lesson):
    if submitted.version and submitted.version != lesson.version:
        # What it claims is the learner's text, so the message does not repeat it.
        raise Refused(
            f"made from another version of the lesson than {lesson.version}; "
            "run `course update` and submit again"
        )


def _runs(what, subject):
    reports = list(subject.reports)
    runs = [
        CellRun(name, report.status, report.text)
        for name, report in zip(what.names, reports, strict=False)
    ]
    return (*runs, *(CellRun(name, "not run") for name in what.names[len(runs) :]))


def _verdict(one, subject, hidden_seed, remarks):
    exercise = registry()[one.exercise]
    if subject.problem:
        return Result(exercise.name, 0.0, exercise.points, problem=subject.problem)
    try:
        return examine(exercise, subject, hidden_seed)
    except SandboxUnavailable:
        raise
    except Exception as problem:  # the answer of one exercise costs that exercise only
        kind = type(problem).__name__
        remarks.append(f"{exercise.name} could not be judged ({kind})")
        sentence = f"The answer could not be judged ({kind})."
        return Result(exercise.name, 0.0, exercise.points, problem=sentence)


def _quiz(one, answers, remarks):
    data = answers if len(answers) <= LIMIT else b""
    try:
        slug = catalog.lesson_of(one.questions[0])
        score_answers(data, one.questions, slug)
        records = records_in(data)
        rows = ((question, records.get(question.id)) for question in questions(one.questions, slug))
        return QuizPoints(tuple(rows))
    except Exception as problem:
        remarks.append(f"{one.grade_id} could not be scored ({type(problem).__name__})")
        return Result(one.grade_id, 0.0, one.points, problem="The answers could not be scored.")


def _cell_remarks(runs, subject):
    if subject.problem:
        return [subject.problem.rstrip(".")]
    return [f"{run.name} {_how(run.status)}" for run in runs if run.status != "ok"]


def _how(status):
    return "did not finish in time" if status == "timed out" else f"raised {status}"


def _status(remarks):
    if not remarks:
        return GRADED
    shown = [remark[:MOST_REMARK] for remark in remarks[:MOST_REMARKS]]
    if len(remarks) > MOST_REMARKS:
        shown.append(f"and {len(remarks) - MOST_REMARKS} more")
    return f"{GRADED}: {'; '.join(shown)}"


def with_remark(result, remark):
    """Return a verdict whose status says one thing more."""
    joint = "; " if ": " in result.status else ": "
    return dataclasses.replace(result, status=f"{result.status}{joint}{remark}")
