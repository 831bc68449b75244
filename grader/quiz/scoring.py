"""Points from the bytes of an answer file: what grading runs outside the learner's process.

The bytes may be hostile. The key is the sealed bank of the grader's own copy, which the build
keeps equal to ``quiz.yaml``; neither the learner's copy nor a score they computed is consulted.
"""

from grader.quiz import catalog
from grader.quiz.answers import records_in, stored_value
from grader.quiz.model import NotAnAnswer


def score_answers(data, ids, slug):
    """Return the points for each question.

    Parameters
    ----------
    data : bytes
        The content of ``answers.json``; empty if there is none.
    ids : iterable of str
        The questions that count, from the released cell.
    slug : str
        The lesson.

    Returns
    -------
    points : dict of str to float
        From 0 to the question's points; 0 for what is missing or cannot be read.

    Raises
    ------
    LookupError
        If the lesson has no such question: the release and the grader differ.
    """
    records = records_in(data)
    return {
        question.id: points_of(question, records.get(question.id))
        for question in questions(ids, slug)
    }


def max_points(ids, slug):
    """Return the points that each question is worth."""
    return {question.id: question.points for question in questions(ids, slug)}


def questions(ids, slug):
    """Return the questions named, each once."""
    bank = catalog.lesson(slug) if slug in catalog.slugs() else {}
    missing = [name for name in ids if name not in bank]
    if missing:
        raise LookupError(f"lesson {slug} has no question {', '.join(map(repr, missing))}")
    return [bank[name] for name in dict.fromkeys(ids)]


def verdict_on(question, record):
    """Return the verdict on a stored record, None if it holds no answer."""
    if not isinstance(record, dict):
        return None
    try:
        return question.judge(stored_value(question, record))
    except NotAnAnswer:
        return None


def points_of(question, record):
    """Return the points for a stored record."""
    verdict = verdict_on(question, record)
    return round(verdict.share * question.points, 2) if verdict else 0.0
