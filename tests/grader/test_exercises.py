"""Every exercise keeps the promises of its record.

A new exercise needs no test of its own here: the parameters are the registry. What these tests
run in process, tests/grader/sandbox runs across the boundary.
"""

import ast
import inspect
import textwrap
from pathlib import Path

import numpy as np
import pytest

from grader.examine import examine, expectations
from grader.exercises import by_lesson, lesson_of, registry
from grader.notebook_subject import NotebookSubject
from tests.alternatives import alternatives

EXERCISES = registry()
ALL = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.__name__}")
    for exercise in EXERCISES.values()
    for mistake in exercise.mistakes
]


def _examine(exercise, answer, hidden_seed=None):
    return examine(exercise, NotebookSubject({exercise.name: answer}), hidden_seed)


def _without_reference(exercise):
    """Return the model answer as a learner would have written it."""
    if getattr(exercise.reference, "__module__", "").startswith("reference_impl"):
        namespace = {"np": np, "__name__": "notebook"}
        exec(inspect.getsource(exercise.reference), namespace)
        return namespace[exercise.name]
    return exercise.reference


@ALL
@pytest.mark.parametrize("hidden_seed", [None, 1, 2, 3])
def test_reference_passes(exercise, hidden_seed):
    result = _examine(exercise, _without_reference(exercise), hidden_seed)

    assert result.passed, str(result)
    assert float(repr(result)) == exercise.points


@ALL
def test_returning_nothing_scores_nothing(exercise):
    answer = type(exercise.name, (), {}) if inspect.isclass(exercise.reference) else _nothing

    assert _examine(exercise, answer).points == 0


def _nothing(*args, **kwargs):
    return None


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
@pytest.mark.parametrize("hidden_seed", [None, 7])
def test_mistake_fails_with_its_own_hint(exercise, mistake, hidden_seed):
    result = _examine(exercise, mistake, hidden_seed)

    assert result.points < exercise.points
    assert result.mistake == f"{exercise.name}/{mistake.__name__}", str(result)
    assert result.hint == exercise.hint(mistake)


@ALL
def test_a_mistake_is_worth_adding(exercise):
    assert len(exercise.mistakes) >= 2


@ALL
def test_hints_speak_to_the_learner(exercise):
    hints = [exercise.hint(mistake) for mistake in exercise.mistakes]

    assert len(set(hints)) == len(hints)
    assert all(20 <= len(hint) <= 160 and hint.endswith((".", "?")) for hint in hints)


@ALL
def test_answer_needs_its_arguments_and_numpy_only(exercise):
    tree = ast.parse(textwrap.dedent(inspect.getsource(exercise.reference)))
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    builtins = set(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)

    assert loaded <= stored | arguments | builtins | {"np", exercise.name}


@ALL
def test_cases_have_names_and_bounded_number(exercise):
    labels = [case.label for case, _ in expectations(exercise, 0)]

    assert len(set(labels)) == len(labels)
    assert 1 <= len(labels) <= 16


@ALL
def test_hidden_cases_are_as_many_and_differ_in_their_numbers(exercise):
    visible, hidden = expectations(exercise, 0), expectations(exercise, 12345)

    assert [case.label for case, _ in visible] == [case.label for case, _ in hidden]


@ALL
def test_docstring_says_what_is_taken_and_returned(exercise):
    doc = inspect.getdoc(exercise.reference)

    assert doc
    if not inspect.isclass(exercise.reference):
        assert "Returns\n-------" in doc
        assert not exercise.parameters or "Parameters\n----------" in doc


@pytest.mark.parametrize("answer", alternatives(), ids=str)
def test_correct_answer_in_another_style_passes(answer):
    exercise = EXERCISES[answer.exercise]
    namespace = answer.run()

    result = examine(exercise, NotebookSubject(namespace), hidden_seed=11)

    assert result.passed, str(result)


@pytest.mark.parametrize("slug", by_lesson())
def test_every_exercise_has_another_style(slug):
    missing = {exercise.name for exercise in by_lesson()[slug] if exercise.kind != "derive"}

    assert missing <= {answer.exercise for answer in alternatives()}, (
        "add one to tests/alternatives"
    )


def test_names_are_unique_and_lessons_known():
    folders = {path.name.partition("_")[2] for path in Path("solutions").iterdir() if path.is_dir()}

    assert {lesson_of(name) for name in EXERCISES} <= folders
