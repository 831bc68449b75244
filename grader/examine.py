"""Examines one answer: every case, the rules on its source, and the misconception behind it.

A *subject* is whatever holds the answer, the learner's notebook or a sandbox:

- ``find(exercise)`` says why there is nothing to call, or returns "";
- ``outcomes(exercise, argument_lists)`` yields an `Outcome` a call and stops after a time-out;
- ``definition(name)`` returns the source of one of the learner's functions, or None.
"""

import functools

import numpy as np

from grader.calling import Outcome, call
from grader.compare import difference, tolerance_for
from grader.result import CaseReport, Result
from grader.rules import broken_rule
from grader.stub import is_as_released
from grader.symptoms import symptom

VISIBLE_SEED = 0
UNWRITTEN = "is still to be written"
NOT_RUN = "not run, because an earlier call did not finish"
REFERENCE_SECONDS = 60.0
"""The reference ends; only a machine that is held up makes it late."""
MOST_PROBLEM = 400
"""Characters of what is said about one case; some of them may be the learner's."""


def examine(exercise, subject, hidden_seed=None):
    """Return the verdict on one answer.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    subject : subject
        Where the answer is.
    hidden_seed : int, optional
        Seed of the hidden cases; without it only the visible ones run.

    Returns
    -------
    result : Result
        Points are the share of cases passed, of the visible or the hidden ones, whichever is
        less; 0 if no case that returns a value passes.
    """
    as_released = is_as_released(exercise, subject.definition(exercise.name))
    if problem := subject.find(exercise) or broken_rule(exercise, subject):
        problem = _sentence(problem)
        return Result(exercise.name, 0.0, exercise.points, problem=problem, untouched=as_released)
    judged = _judge_all(exercise, subject, hidden_seed)
    reports = tuple(CaseReport(j.case.label, j.problem, j.hidden) for j in judged)
    failed = [j for j in judged if j.problem and j.got is not None]
    mistake = recognise(exercise, judged) if failed else None
    return Result(
        exercise.name,
        _points(exercise, judged),
        exercise.points,
        reports,
        mistake=f"{exercise.name}/{mistake.__name__}" if mistake else "",
        hint=exercise.hint(mistake) if mistake else "",
        symptom="" if mistake else _first_symptom(exercise, failed),
        untouched=as_released or all(report.problem == UNWRITTEN for report in reports),
        follow_up=exercise.follow_up,
        follow_up_answer=exercise.follow_up_answer,
    )


class Judged:
    """One case with what was expected, what came, and what is wrong with it."""

    def __init__(self, exercise, seed, number, got):
        self.seed, self.number, self.got = seed, number, got
        self.case, self.want = expectations(exercise, seed)[number]
        self.hidden = seed != VISIBLE_SEED
        problem = NOT_RUN if got is None else judge(exercise, self.case, self.want, got)
        self.problem = problem[:MOST_PROBLEM]


@functools.lru_cache(maxsize=512)
def expectations(exercise, seed):
    """Return each case of a seed with the reference's outcome."""
    cases = _cases(exercise, seed)
    wants = [_run(exercise, exercise.reference, case, REFERENCE_SECONDS) for case in cases]
    if any(want.timed_out for want in wants):  # not to be kept: it would count for everybody
        raise TimeoutError(f"the reference of {exercise.name} did not finish")
    return tuple(zip(cases, wants, strict=True))


@functools.lru_cache(maxsize=4096)
def _mistaken(exercise, mistake, seed):
    """Return the outcomes of a wrong version on the cases of a seed."""
    return tuple(_run(exercise, mistake, case) for case in _cases(exercise, seed))


def _run(exercise, function, case, seconds=None):
    seconds = seconds or exercise.timeout
    return call(function, case.args, driver=exercise.driver, seconds=seconds)


@functools.lru_cache(maxsize=512)
def _cases(exercise, seed):
    return tuple(exercise.cases(np.random.default_rng(seed)))


def _judge_all(exercise, subject, hidden_seed):
    seeds = [VISIBLE_SEED] if hidden_seed is None else [VISIBLE_SEED, hidden_seed]
    places = [(seed, i) for seed in seeds for i in range(len(_cases(exercise, seed)))]
    argument_lists = [_cases(exercise, seed)[i].args for seed, i in places]
    outcomes = list(subject.outcomes(exercise, argument_lists))
    outcomes += [None] * (len(places) - len(outcomes))
    return [Judged(exercise, *place, got) for place, got in zip(places, outcomes, strict=True)]


def judge(exercise, case, want, got):
    """Say what is wrong with the outcome of one call, or return ""."""
    if got.timed_out:
        return f"did not finish within {exercise.timeout:g} seconds"
    if got.error == "NotImplementedError" and want.error != got.error:
        return UNWRITTEN
    if want.error:
        return _error_problem(exercise, want, got)
    if got.error:
        return f"raised {got.error}" + (f": {got.message}" if got.message else "")
    return (
        _returned_nothing(got, want)
        or _value_problem(exercise, case, want, got)
        or _side_effect(exercise, case, got)
    )


def _error_problem(exercise, want, got):
    if got.error == want.error:
        return ""
    returned = "None" if got.value is None else "a value"
    instead = f"raised {got.error}" if got.error else f"returned {returned}"
    return f"should raise {want.error}; it {instead}"


def _returned_nothing(got, want):
    if got.value is not None or want.value is None:
        return ""
    if got.printed.strip():
        return "returned None; it printed something: `return` the result instead"
    return "returned None; is there a `return`?"


def _value_problem(exercise, case, want, got):
    if exercise.accept is None:
        return difference(got.value, want.value, exercise.outputs, tolerance_for(exercise, case))
    try:
        return exercise.accept((*case.args, *case.apart), got.value)
    except Exception as problem:  # odd plain data must cost its own points only
        return f"could not be judged ({type(problem).__name__}): is it of the documented form?"


def _side_effect(exercise, case, got):
    if got.changed:
        names = exercise.argument_names
        which = [names[i] if i < len(names) else f"argument {i + 1}" for i in got.changed]
        return f"the result is right, but it changed `{'` and `'.join(which)}` in place"
    if case.quiet and got.warned:
        return f"the result is right, but NumPy warned: {got.warned[0]}"
    return ""


def _points(exercise, judged):
    """Return the points: the share of the visible cases passed or of the hidden, if it is less.

    So an answer that knows the visible cases by heart earns what it earns on the others.
    """
    groups = [[j for j in judged if j.hidden is hidden] for hidden in (False, True)]
    share = min(_share(group) for group in groups if group)
    if exercise.all_or_nothing and share < 1:
        return 0.0
    return round(exercise.points * share, 2)


def _share(judged):
    """Return the share of cases passed; 0 if no case that returns a value is among them."""
    passed = [j for j in judged if not j.problem]
    return len(passed) / len(judged) if any(not j.want.error for j in passed) else 0.0


def recognise(exercise, judged):
    """Return the listed mistake that explains the failed cases best, or None.

    A mistake explains a case if it comes to the same value, the same change of an argument or the
    same warning, and the reference does not. The same error alone is weak evidence: it counts
    only if the mistake agrees on every case. One that explains less than a third of the failures
    agrees by accident, and a hint to it would mislead.
    """
    n_failed = sum(bool(j.problem) for j in judged)
    best, best_count = None, (n_failed - 1) // 3
    for mistake in exercise.mistakes:
        explained, agrees_everywhere = 0, True
        for j in judged:
            if j.got is None:
                continue
            mistaken = _mistaken(exercise, mistake, j.seed)[j.number]
            same = _same_outcome(exercise, j.case, mistaken, j.got)
            agrees_everywhere &= same
            explained += bool(same and j.problem and not j.got.error)
        if agrees_everywhere:
            explained += len(judged)
        if explained > best_count:
            best, best_count = mistake, explained
    return best


def _same_outcome(exercise, case, one: Outcome, other: Outcome):
    if (one.error, one.changed, one.timed_out) != (other.error, other.changed, other.timed_out):
        return False
    if case.quiet and bool(one.warned) != bool(other.warned):
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    if case.apart:  # only a part of the value is judged in this case
        one, other = (_value_problem(exercise, case, None, outcome) for outcome in (one, other))
        return one == other
    tolerance = tolerance_for(exercise, case)
    # Without names: a result of the wrong kind can equal a mistake of the wrong kind.
    return not difference(other.value, one.value, (), tolerance)


def _first_symptom(exercise, failed):
    """Return the pattern of the first case that has one, if half of the failed cases have one."""
    sentences = [
        symptom(j.case.args, j.got.value, j.want.value, exercise.outputs)
        for j in failed
        if not j.got.error and not j.want.error
    ]
    found = [sentence for sentence in sentences if sentence]
    return found[0] if 2 * len(found) >= len(sentences) > 0 else ""


def _sentence(text):
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")
