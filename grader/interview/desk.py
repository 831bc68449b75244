"""Where an interview takes place: every act reads the file, does one thing, and writes it back.

The notebook's calls and the widget's buttons both come here, so either may follow the other.
"""

import secrets
import sys
import time
from dataclasses import replace

from grader import progress
from grader.interview import marking, pool, scorecard
from grader.interview.session import NotNow, Session
from grader.interview.state import StateFile

NONE_YET = "No interview has been started. Begin one with `interview.start()`."


class Desk:
    """The interview of one folder.

    Parameters
    ----------
    folder : Path, optional
        Where its file lies; by default the working directory, which is the notebook's.
    now : callable
        Returns the time in seconds.
    """

    def __init__(self, folder=None, now=time.time):
        self.file, self._now = StateFile(folder), now

    def session(self):
        """Return the interview as it stands now, None before the first."""
        record = self.file.load()
        if record is None:
            return None
        if not _is_known(record):
            self.file.set_aside()
            return None
        phase = record["phase"]
        session = Session(record, self._now)
        if session.phase != phase:
            self._keep(session)
        return session

    def start(self, settings):
        """Begin an interview; one that is not over must be ended first."""
        session = self.session()
        if session is not None and session.phase != "over":
            raise NotNow("An interview is under way. `interview.stop()` ends it.")
        if settings.seed is None:
            settings = replace(settings, seed=secrets.randbelow(1000))
        return self._keep(Session.begin(settings, self._now))

    def do(self, act):
        """Do something to the interview, such as ``Session.pause``, and keep it."""
        session = self._needed()
        act(session)
        return self._keep(session)

    def answer(self, raw):
        """Take an answer and note it for the review."""
        session = self._needed()
        item, clock_ran = session.item, session.phase == "running"
        verdict = marking.answer(session, raw)
        self._keep(session)
        if verdict is not None and clock_ran:
            progress.record(_event(item, verdict), self.file.folder)
        if pool.split(item)[0] == "follow-up" and not clock_ran:
            progress.record(_own_event(item, session.entry(item)), self.file.folder)
        return verdict

    def submit(self, namespace, name=None):
        """Examine the function asked for and note how it went."""
        session = self._needed()
        session.require("running")
        sort, wanted = pool.split(session.item)
        if name not in (None, wanted) and sort == "exercise":
            raise NotNow(f"This round asks for `{wanted}`.")
        result = marking.submit(session, namespace)
        self._keep(session)
        if result.reports and not result.untouched:
            progress.record_check(result)
        return result

    def _needed(self):
        session = self.session()
        if session is None:
            raise NotNow(NONE_YET)
        return session

    def _keep(self, session):
        if session.phase == "over" and not session.record.get("told"):
            session.record["told"] = True
            progress.record(_summary(session), self.file.folder)
        self.file.save(session.record)
        return session


def notebook():
    """Return the variables of the notebook, or of the program that runs."""
    if "IPython" in sys.modules:
        shell = sys.modules["IPython"].get_ipython()
        if shell is not None:
            return shell.user_ns
    return vars(sys.modules["__main__"])


def _is_known(record):
    """Return whether everything in a record can still be chosen and asked."""
    try:
        session = Session(dict(record), lambda: 0.0)
        for part in session.rounds:
            for item in part.items:
                pool.thing(item)
        return session.settings.seed is not None
    except (LookupError, TypeError, AttributeError, ValueError):
        return False


def _summary(session):
    found = scorecard.rows(session)
    score, settings = scorecard.total(found), session.settings
    kinds = {kind: round(s.share, 3) for kind, s in scorecard.by_kind(found).items()}
    return {
        "kind": "interview",
        "name": f"{settings.minutes} minutes, {settings.level}, seed {settings.seed}",
        "points": round(score.points, 2),
        "max_points": score.max_points,
        "passed": score.share >= scorecard.GOOD,
        "by_kind": kinds,
    }


def _own_event(item, entry):
    """Return what is noted of a follow-up, which the candidate marked."""
    share = entry["share"]
    return {
        "kind": "follow-up",
        "name": pool.split(item)[1],
        "points": share,
        "max_points": 1,
        "passed": share == 1,
    }


def _event(item, verdict):
    question = pool.thing(item)
    return {
        "kind": "quiz",
        "name": question.id,
        "topic": question.topic,
        "points": verdict.share * question.points,
        "max_points": question.points,
        "passed": verdict.passed,
        "tries": 1,
    }
