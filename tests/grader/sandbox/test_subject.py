"""A submission as the examiner sees it."""

import pytest

from grader.calling import Outcome
from grader.exercise import Exercise, case
from grader.notebook_subject import NotebookSubject
from grader.sandbox.subject import SandboxSubject

pytestmark = pytest.mark.sandbox


def double(x):
    """Double."""
    return 2 * x


def broken_driver(answer, x):
    return answer(x) + answer.__call__(x)


DOUBLE = Exercise(reference=double, cases=lambda rng: [case("one", 1)])


@pytest.mark.parametrize(
    "source",
    [
        "def double(x): return 2 * x",
        "def double(x): raise NotImplementedError",
        "def double(x, y): return 2 * x",
        "double = 3",
        "duoble = lambda x: 2 * x",
        "double = lambda x: print('hm')",
    ],
)
@pytest.mark.parametrize("driver", [None, broken_driver], ids=["", "driver"])
def test_a_subject_agrees_with_the_notebook(sandbox, source, driver):
    exercise = Exercise(reference=double, cases=DOUBLE.cases, driver=driver)
    namespace = {}
    exec(source, namespace)
    here = NotebookSubject(namespace)

    with SandboxSubject(sandbox, [source]) as there:
        assert there.find(exercise) == here.find(exercise)
        if not here.find(exercise):
            outcomes = [list(s.outcomes(exercise, [(1,), (2,)])) for s in (here, there)]
            assert outcomes[1] == [Outcome(**{**vars(o), "message": ""}) for o in outcomes[0]]


def test_a_call_that_kills_its_process_costs_its_own_exercise_only(sandbox):
    cells = ["import os\ndef double(x):\n    if x == 2: os._exit(0)\n    return 2 * x"]

    with SandboxSubject(sandbox, cells) as subject:
        first = list(subject.outcomes(DOUBLE, [(1,), (2,), (3,)]))
        second = list(subject.outcomes(DOUBLE, [(4,)]))

    assert [o.error for o in first] == ["", "ProcessEnded"]
    assert [o.value for o in second] == [8]


def test_processes_of_one_submission_share_one_clock(sandbox):
    cells = ["import itertools\ndef double(x): return sum(itertools.repeat(0))"]

    with SandboxSubject(sandbox, cells) as subject:
        before = subject._session.seconds_left
        assert [o.timed_out for o in subject.outcomes(DOUBLE, [(1,)])] == [True]
        subject.find(DOUBLE)

        assert subject._session.seconds_left < before - 2


def test_a_cell_that_ends_the_process_is_named(sandbox):
    with SandboxSubject(sandbox, ["x = 1", "import os; os._exit(0)", "y = 2"]) as subject:
        assert subject.problem.startswith("Cell 2 ended the process")
        assert subject.find(DOUBLE) == subject.problem
        assert list(subject.outcomes(DOUBLE, [(1,)])) == []
