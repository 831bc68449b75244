"""How far a learner is, topic by topic, read from their answer files."""

from dataclasses import dataclass
from pathlib import Path

from grader.quiz import catalog
from grader.quiz.answers import AnswerFile, records_in
from grader.quiz.scoring import verdict_on


@dataclass(frozen=True)
class TopicProgress:
    """The state of one topic of one lesson."""

    lesson: str
    topic: str
    n_questions: int
    n_answered: int
    n_right: int
    wrong: tuple[str, ...]
    """Questions whose last answer is not right, or whose answer had to be shown."""

    @property
    def share(self):
        """The share of questions answered rightly without being shown."""
        return self.n_right / self.n_questions


def topic_progress(slug, folder):
    """Return the progress in a lesson's topics, in the order of the bank.

    Free text counts as answered, never as right or wrong: the learner marks it.

    Parameters
    ----------
    slug : str
        The lesson.
    folder : path
        Where its ``answers.json`` lies.
    """
    records = records_in(AnswerFile(folder).bytes())
    topics = {}
    for question in catalog.lesson(slug).values():
        topics.setdefault(question.topic, []).append(question)
    return [_topic(slug, topic, group, records) for topic, group in topics.items()]


def course_progress(home):
    """Return the progress of every lesson whose folder lies in `home`, as ``NN_slug``."""
    folders = {path.name.partition("_")[2]: path for path in Path(home).glob("[0-9][0-9]_*")}
    return [
        row
        for slug in catalog.slugs()
        if slug in folders
        for row in topic_progress(slug, folders[slug])
    ]


def _topic(slug, topic, group, records):
    marked = [question for question in group if question.kind != "text"]
    verdicts = {q.id: verdict_on(q, records.get(q.id)) for q in group}
    shown = {q.id for q in marked if records.get(q.id, {}).get("shown") is True}
    answered = [name for name, verdict in verdicts.items() if verdict]
    right = [q.id for q in marked if verdicts[q.id] and verdicts[q.id].passed]
    right = [name for name in right if name not in shown]
    wrong = [q.id for q in marked if q.id in answered and q.id not in right]
    return TopicProgress(slug, topic, max(1, len(marked)), len(answered), len(right), tuple(wrong))
