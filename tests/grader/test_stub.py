"""Tests of grader.stub and grader.release: no line of an answer reaches a learner."""

import ast
import inspect
import textwrap

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.exercise import Exercise
from grader.exercises import registry
from grader.lesson_source import METADATA, nbgrader_metadata
from grader.release import released
from grader.stub import BEGIN, END, answer_text, is_as_released, model_answer, stub_body

EXERCISES = registry()
ALL = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def _released_cell(exercise):
    cell = new_code_cell(
        answer_text(exercise),
        metadata={"nbgrader": nbgrader_metadata(exercise.name, solution=True)},
    )
    return released(new_notebook(cells=[cell], metadata=METADATA)).cells[0].source


@ALL
def test_the_answer_text_still_is_the_answer(exercise):
    marks = (BEGIN, END)
    lines = [line for line in answer_text(exercise).splitlines() if line.strip() not in marks]

    text = textwrap.dedent(inspect.getsource(exercise.reference)).rstrip()
    assert "\n".join(lines) == text


@ALL
def test_the_model_answer_is_the_reference_without_its_contract(exercise):
    shown = model_answer(exercise)

    assert '"""' not in shown
    written = ast.parse(textwrap.dedent(inspect.getsource(exercise.reference)))
    for node in ast.walk(written):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            del node.body[0]
    assert ast.dump(ast.parse(shown)) == ast.dump(written)


@ALL
def test_the_model_answer_fits_on_a_card(exercise):
    signature, *body = model_answer(exercise).splitlines()

    assert max(map(len, body)) <= 72
    assert len(signature) <= 79


@ALL
def test_the_release_keeps_the_contract_and_drops_the_body(exercise):
    text = _released_cell(exercise)

    assert "SOLUTION" not in text
    assert ast.get_docstring(ast.parse(text).body[0]) == inspect.getdoc(exercise.reference)
    assert all(line.strip() in text for line in stub_body(exercise).splitlines())


@ALL
def test_the_released_cell_scores_nothing(exercise):
    from grader.examine import examine
    from grader.notebook_subject import NotebookSubject
    from tests.alternatives import Alternative

    namespace = Alternative(exercise.name, "released", _released_cell(exercise)).run()

    assert examine(exercise, NotebookSubject(namespace), hidden_seed=5).points == 0


class Counter:
    """Count."""

    def __init__(self, start):
        self.count = start

    def up(self, by):
        """Add."""
        self.count += by
        return self.count


def test_a_class_is_cut_method_by_method():
    exercise = Exercise(reference=Counter, cases=lambda rng: ())

    text = _released_cell(exercise)

    assert text.count("raise NotImplementedError") == 2
    assert "self.count" not in text
    assert '"""Add."""' in text


def test_a_body_on_the_line_of_the_signature_is_refused():
    # fmt: off
    def short(): return 1
    # fmt: on

    with pytest.raises(ValueError, match="short needs a body of lines of its own"):
        answer_text(Exercise(reference=short, cases=lambda rng: ()))


DEBUG = {name: e for name, e in registry().items() if e.starts_from is not None}


@pytest.mark.parametrize("exercise", DEBUG.values(), ids=DEBUG)
def test_a_released_body_is_known_again_whatever_its_comments(exercise):
    body = textwrap.indent(f"# mine\n{stub_body(exercise)}", "    ")
    released = f'def {exercise.name}(a):\n    """Mine."""\n{body}'

    assert is_as_released(exercise, released)
    assert not is_as_released(exercise, f"{released}\n    return 0")
    assert not is_as_released(exercise, inspect.getsource(exercise.reference))


@pytest.mark.parametrize("source", [None, "", "f = lambda: 0", "def f(:", "assert f()"])
def test_what_is_no_function_is_not_as_released(source):
    assert not is_as_released(registry()["debug_linear_forward"], source)
