import functools
import json

import pytest

from grader.exercises import registry
from grader.grading.graded_notebook import graded_notebook
from grader.grading.local_subject import LocalSubject
from grader.grading.submission import grade_submission
from grader.sandbox.session import Sandbox
from grader.sandbox.subject import SandboxSubject
from tests.grader.grading.small_course import (
    EXERCISES,
    QUESTION,
    answered,
    cell_of,
    code,
    mistake,
    solution,
    solved,
)

pytestmark = pytest.mark.sandbox
LOOP = solution("neuron").replace("z = w @ x + b", "while True: pass")


@pytest.fixture(scope="module", params=["sandbox", "in process"])
def open_subject(request, lesson):
    """Return what runs cells, on either side of the boundary."""
    if request.param == "in process":
        yield LocalSubject
    else:
        with Sandbox(lesson.modules) as sandbox:
            yield functools.partial(SandboxSubject, sandbox)


@pytest.fixture
def graded(lesson, open_subject):
    """Return a function that grades a notebook."""

    def grade(notebook, **options):
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        options = {"hidden_seed": 7, "open_subject": open_subject} | options
        return grade_submission(data, lesson, **options)

    return grade


def scores(result):
    """Return the points of each exercise."""
    return {name: float(repr(result.results[f"{name}-check"])) for name in EXERCISES}


def test_a_full_solution_has_all_points(graded, notebook):
    result = graded(solved(notebook))

    assert scores(result) == {name: registry()[name].points for name in EXERCISES}
    assert result.status == "graded"


def test_an_untouched_notebook_has_none(graded, notebook):
    assert graded(notebook).score == 0


def test_a_mistake_is_recognised(graded, notebook):
    wrong = mistake("linear_forward", "_bias_forgotten")

    result = graded(answered(solved(notebook), {"linear_forward": wrong}))

    assert result.results["linear_forward-check"].mistake == "linear_forward/_bias_forgotten"
    assert scores(result) == {"neuron": 2, "linear_forward": 0, "mlp_forward": 4}


def test_a_syntax_error_costs_its_own_exercise(graded, notebook):
    result = graded(answered(solved(notebook), {"neuron": "def neuron(x"}))

    assert scores(result) == {"neuron": 0, "linear_forward": 3, "mlp_forward": 4}
    assert result.status == "graded: neuron raised SyntaxError"


def test_an_endless_loop_costs_its_own_exercise(graded, notebook):
    result = graded(answered(solved(notebook), {"neuron": LOOP}))

    assert scores(result) == {"neuron": 0, "linear_forward": 3, "mlp_forward": 4}


def test_a_helper_in_a_cell_of_its_own_is_there(graded, notebook):
    answers = {name: solution(name) for name in EXERCISES}
    answers["neuron"] = answers["neuron"].replace("w @ x", "total(w, x)")
    notebook = answered(notebook, answers)
    notebook["cells"].insert(3, code("def total(w, x):\n    return sum(w * x)"))

    assert graded(notebook).score == 9


def test_quiz_answers_are_scored_from_the_file(graded, notebook):
    from grader.quiz.keys import reference_answers

    result = graded(notebook, answers=reference_answers("forward_propagation"))

    assert repr(result.results[f"quiz-{QUESTION}"]) == "1"


@pytest.mark.parametrize("answers", [b"\xff", b"[]", b"{" * 10**6, b'{"schema": 1, "answers": 3}'])
def test_damaged_quiz_answers_cost_the_quiz_alone(graded, notebook, answers):
    assert graded(solved(notebook), answers=answers).score == 9


def test_what_is_no_notebook_is_refused(graded, lesson):
    result = graded(b"\xff")

    assert (result.score, result.max_score) == (0, lesson.max_score)
    assert result.status == "refused: not text in UTF-8"


def test_another_version_of_the_lesson_is_refused(graded, notebook):
    notebook["metadata"]["course"]["version"] = "000000000000"

    assert "another version of the lesson" in graded(solved(notebook)).status


def test_a_notebook_without_a_version_is_graded(graded, notebook):
    del notebook["metadata"]["course"]

    assert graded(solved(notebook)).score == 9


def test_a_deleted_check_cell_changes_nothing(graded, notebook, lesson):
    notebook = solved(notebook)
    notebook["cells"].remove(cell_of(notebook, "neuron-check"))

    result = graded(notebook)

    assert result.score == 9
    ids = [c["id"] for c in graded_notebook(lesson, result)["cells"]]
    assert ids.index("neuron-check") == ids.index("neuron") + 1


def test_hidden_cases_count(graded, notebook, lesson):
    memorised = (
        "import numpy as np\ncalls = []\n"
        + solution("neuron").replace("z = w @ x + b", "calls.append(1)\n    z = w @ x + b")
    ).replace("return float(z)", "return float(z) + (len(calls) > 7)")

    visible_only = graded(answered(notebook, {"neuron": memorised}), hidden_seed=None)
    with_hidden = graded(answered(notebook, {"neuron": memorised}))

    assert scores(visible_only)["neuron"] == 2
    assert 0 < scores(with_hidden)["neuron"] < 2
