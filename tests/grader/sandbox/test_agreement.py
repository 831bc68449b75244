"""The verdict across the boundary is the verdict in the notebook.

For every exercise there is: its model answer, what the release holds, each listed mistake, and each
correct answer in another style. Only the text of an exception stays inside, so a sentence may be
shorter out here.
"""

import ast
import inspect
import re
import textwrap
from dataclasses import replace

import pytest

from grader.examine import examine
from grader.exercises import registry
from grader.notebook_subject import NotebookSubject
from grader.sandbox.session import Sandbox, SandboxUnavailable
from grader.sandbox.subject import SandboxSubject
from grader.stub import BEGIN, END, answer_text, stub_body
from tests.alternatives import Alternative, alternatives

pytestmark = pytest.mark.sandbox
# A busy machine must not end a call on one side; time limits are tested elsewhere.
EXERCISES = {name: replace(exercise, timeout=20.0) for name, exercise in registry().items()}
HIDDEN_SEED = 5
SETUP = "import numpy as np"
SOLUTION = re.compile(rf"^( *){BEGIN}\n.*?{END}$", flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def warm():
    try:
        started = Sandbox().start()
    except SandboxUnavailable as problem:
        pytest.skip(str(problem))
    with started:
        yield started


def verdicts(sandbox, exercise, source):
    """Return the results of one cell here and across the boundary."""
    cell = Alternative(exercise.name, "under test", source)
    here = NotebookSubject(cell.run())
    with SandboxSubject(sandbox, [SETUP, source]) as there:
        return [examine(exercise, subject, HIDDEN_SEED) for subject in (here, there)]


def assert_agreement(here, there):
    assert (there.points, there.mistake, there.hint) == (here.points, here.mistake, here.hint)
    assert (there.problem, there.symptom) == (here.problem, here.symptom)
    assert [r.passed for r in there.reports] == [r.passed for r in here.reports]
    assert not [
        (one.problem, other.problem)
        for one, other in zip(here.reports, there.reports, strict=True)
        if not one.problem.startswith(other.problem)
    ]


def mistaken(exercise, mistake):
    """Return a wrong version as the source of a cell, with the helpers of its module it uses."""
    return f"{with_helpers(mistake, mistake.__name__)}\n\n{exercise.name} = {mistake.__name__}"


def with_helpers(value, name):
    if not inspect.isfunction(value) and not inspect.isclass(value):
        return f"{name} = {value!r}"
    text = textwrap.dedent(inspect.getsource(value))
    around = vars(inspect.getmodule(value))
    loaded = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    used = sorted(name for name in loaded if is_helper(around.get(name)) and around[name] != value)
    alias = "" if name == value.__name__ else f"\n{name} = {value.__name__}"
    return "\n\n".join([*(with_helpers(around[other], other) for other in used), text + alias])


def is_helper(value):
    if isinstance(value, (int, float, str)):
        return True
    ours = getattr(value, "__module__", "").startswith(("grader.exercises", "reference_impl"))
    return ours and (inspect.isfunction(value) or inspect.isclass(value))


def stub(exercise):
    """Return what the released notebook shows."""

    def unsolved(match):
        return textwrap.indent(stub_body(exercise), match[1])

    return SOLUTION.sub(unsolved, answer_text(exercise))


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_model_answer_passes_on_both_sides(warm, exercise):
    here, there = verdicts(warm, exercise, inspect.getsource(exercise.reference))

    assert there.passed, str(there)
    assert_agreement(here, there)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_release_earns_nothing_on_both_sides(warm, exercise):
    here, there = verdicts(warm, exercise, stub(exercise))

    assert there.points == 0
    assert_agreement(here, there)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_mistakes_are_judged_alike(warm, exercise):
    for mistake in exercise.mistakes:
        assert_agreement(*verdicts(warm, exercise, mistaken(exercise, mistake)))


@pytest.mark.parametrize("answer", alternatives(), ids=str)
def test_another_style_passes_on_both_sides(warm, answer):
    here, there = verdicts(warm, EXERCISES[answer.exercise], answer.source)

    assert there.passed, str(there)
    assert_agreement(here, there)
