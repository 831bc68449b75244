"""Tests of grader.examine: what a learner is told about the usual accidents."""

import numpy as np
import pytest

from grader.examine import examine
from grader.exercise import Exercise, case
from grader.exercises import registry
from grader.notebook_subject import NotebookSubject


def scale(X, factor):
    """Scale an array.

    Parameters
    ----------
    X : ndarray of shape (N,)
        The array.
    factor : float
        What to multiply by.

    Returns
    -------
    out : ndarray of shape (N,)
        ``factor * X``.
    """
    return factor * X


def _cases(rng):
    yield case("three entries", rng.normal(size=3), 2.0)
    yield case("one entry", rng.normal(size=1), -0.5)


def _divided(X, factor):
    """You divided by the factor."""
    return X / factor


def _in_place(X, factor):
    """You changed the array of the caller."""
    X *= factor
    return X


EXERCISE = Exercise(reference=scale, cases=_cases, points=4, mistakes=(_divided, _in_place))


def told(answer, exercise=EXERCISE, **others):
    return examine(exercise, NotebookSubject({"scale": answer, **others}))


def problem(answer):
    return told(answer).reports[0].problem


def test_a_right_answer_gets_all_points():
    assert repr(told(lambda X, factor: X * factor)) == "4"


def test_half_of_the_cases_earn_half_of_the_points():
    assert repr(told(lambda X, factor: X * 2.0)) == "2"


def test_a_misspelt_function_is_found():
    result = examine(EXERCISE, NotebookSubject({"sclae": _divided}))

    assert "did you mean `sclae`?" in result.problem
    assert result.points == 0


def test_a_missing_function_is_told():
    result = examine(EXERCISE, NotebookSubject({}))

    assert result.problem.startswith("There is no `scale` in this notebook.")


def test_a_number_in_place_of_a_function():
    assert told(3.0).problem == "`scale` is a float; it should be a function."


def test_too_few_arguments():
    assert told(lambda X: X).problem == "`scale` takes X; it should take X, factor."


def test_the_reference_itself_is_no_answer():
    from reference_impl.linear import linear_forward

    exercise = registry()["linear_forward"]
    result = examine(exercise, NotebookSubject({"linear_forward": linear_forward}))

    assert "Write it yourself" in result.problem


def test_an_answer_that_calls_the_reference_is_no_answer():
    from reference_impl import linear

    exercise = registry()["linear_forward"]
    namespace = {"linear": linear}
    exec("def linear_forward(X, W, b):\n    return linear.linear_forward(X, W, b)", namespace)

    assert "`linear`" in examine(exercise, NotebookSubject(namespace)).problem


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda X, factor: None, "returned None; is there a `return`?"),
        (lambda X, factor: print(X), "returned None; it printed something"),
        (
            lambda X, factor: list(X * factor),
            "out should be a NumPy array; it returned a list of 3",
        ),
        (lambda X, factor: (X * factor for _ in "a"), "not a generator"),
        (lambda X, factor: X[:, None] * factor, "out has shape (3, 1), expected (3,)"),
        (lambda X, factor: X @ factor, "raised ValueError"),
        (lambda X, factor: X * np.nan, "out[0] is nan"),
    ],
    ids=["none", "printed", "list", "generator", "shape", "raised", "nan"],
)
def test_accident(answer, sentence):
    assert sentence in problem(answer)


def test_an_unwritten_stub():
    def scale(X, factor):
        raise NotImplementedError

    assert problem(scale) == "is still to be written"


def test_an_unwritten_stub_where_an_error_is_due():
    def halves(n):
        if n % 2:
            raise ValueError("odd")
        return n // 2

    def unwritten(n):
        raise NotImplementedError

    exercise = Exercise(reference=halves, cases=lambda rng: [case("four", 4), case("odd", 3)])
    reports = examine(exercise, NotebookSubject({"halves": unwritten})).reports

    assert [report.problem for report in reports] == ["is still to be written"] * 2


@pytest.mark.parametrize(("value", "told"), [(None, "None"), (1, "a value")])
def test_what_came_where_an_error_is_due(value, told):
    def halves(n):
        if n % 2:
            raise ValueError("odd")
        return n // 2

    def quiet(n):
        return n // 2 if n % 2 == 0 else value

    exercise = Exercise(reference=halves, cases=lambda rng: [case("four", 4), case("odd", 3)])
    reports = examine(exercise, NotebookSubject({"halves": quiet})).reports

    assert reports[1].problem == f"should raise ValueError; it returned {told}"


def test_an_endless_loop_is_told_once_and_the_rest_is_not_run():
    def forever(X, factor):
        while True:
            pass

    exercise = Exercise(reference=scale, cases=_cases, timeout=0.1)
    reports = told(forever, exercise).reports

    assert reports[0].problem == "did not finish within 0.1 seconds"
    assert reports[1].problem == "not run, because an earlier call did not finish"


def test_a_right_result_with_a_changed_argument_fails_and_says_which():
    result = told(_in_place)

    assert result.points == 0
    assert result.reports[0].problem == "the result is right, but it changed `X` in place"
    assert result.mistake == "scale/_in_place"


def test_a_driver_names_what_was_changed_in_place():
    def driver(answer, weights, factor):
        answer(weights, factor)
        return 1.0

    exercise = Exercise(reference=scale, cases=_cases, driver=driver)

    problem = told(_in_place, exercise).reports[0].problem
    assert problem == "the result is right, but it changed `weights` in place"


def test_a_listed_mistake_is_recognised_in_other_words():
    assert told(lambda X, factor: X * (1 / factor)).hint == "You divided by the factor."


def test_an_unlisted_mistake_gets_a_pattern_and_no_hint():
    result = told(lambda X, factor: -factor * X)

    assert result.hint == ""
    assert result.symptom == "Every entry of `out` has the wrong sign and the right size."


def _seven_cases(rng):
    for n in range(2, 9):
        yield case(f"{n} entries", rng.normal(size=n), float(n))


def test_visible_cases_learnt_by_heart_earn_nothing_in_grading():
    known = {repr(one.args): scale(*one.args) for one in _cases(np.random.default_rng(0))}

    def by_heart(X, factor):
        return known.get(repr((X, factor)), np.zeros_like(X))

    subject = NotebookSubject({"scale": by_heart})
    assert examine(EXERCISE, subject).points == 4
    assert examine(EXERCISE, subject, hidden_seed=7).points == 0


def test_half_right_is_half_the_points_in_the_notebook_and_in_grading():
    subject = NotebookSubject({"scale": lambda X, factor: factor * X if len(X) == 3 else -X})

    assert (
        examine(EXERCISE, subject).points == examine(EXERCISE, subject, hidden_seed=7).points == 2
    )


def test_a_mistake_or_a_pattern_in_a_single_case_of_many_is_an_accident():
    def wrong_everywhere(X, factor):
        return -factor * X if len(X) == 2 else np.cos(X + factor)

    def _wrong_there_too(X, factor):
        """You turned the sign."""
        return -factor * X if len(X) == 2 else np.sin(X - factor)

    exercise = Exercise(reference=scale, cases=_seven_cases, mistakes=(_wrong_there_too,))
    result = told(wrong_everywhere, exercise)

    assert (result.hint, result.symptom) == ("", "")


def test_the_same_error_alone_names_no_mistake():
    def raises(X, factor):
        raise ValueError("no")

    def _raises_elsewhere(X, factor):
        """You always raise for one entry."""
        if len(X) == 1:
            raise ValueError("one")
        return X

    exercise = Exercise(reference=scale, cases=_cases, mistakes=(_raises_elsewhere,))

    assert told(raises, exercise).hint == ""


def test_a_debug_round_is_all_or_nothing():
    exercise = Exercise(reference=scale, cases=_cases, kind="debug", starts_from=_divided)

    assert told(lambda X, factor: X * 2.0, exercise).points == 0


def test_loops_in_a_helper_break_the_rule():
    namespace = {"np": np, "__name__": "__main__"}
    source = (
        "def helper(X, factor):\n    return np.array([x * factor for x in X])\n"
        "def scale(X, factor):\n    return helper(X, factor)\n"
    )
    import linecache

    linecache.cache["<cell>"] = (len(source), None, source.splitlines(True), "<cell>")
    exec(compile(source, "<cell>", "exec"), namespace)
    exercise = Exercise(reference=scale, cases=_cases, no_loops=True)

    assert "`helper` uses a Python loop" in examine(exercise, NotebookSubject(namespace)).problem


def test_a_warning_counts_only_on_a_quiet_case():
    def cases(rng):
        yield case("loud", np.array([1000.0]), 0.0)
        yield case("quiet", np.array([2000.0]), 0.0, quiet=True)

    def warns(X, factor):
        np.exp(X)
        return X * factor

    reports = told(warns, Exercise(reference=scale, cases=cases)).reports

    assert reports[0].passed
    assert "NumPy warned: overflow encountered in exp" in reports[1].problem


def test_a_judge_that_stumbles_costs_the_case_only():
    exercise = Exercise(reference=scale, cases=_cases, accept=lambda args, got: got["no"])

    assert "could not be judged" in told(lambda X, factor: X, exercise).reports[0].problem


def test_a_reference_that_is_held_up_is_no_verdict(monkeypatch):
    def wait():
        """Return 1."""
        while True:
            pass

    exercise = Exercise(reference=wait, cases=lambda rng: [case("only")])
    monkeypatch.setattr("grader.examine.REFERENCE_SECONDS", 0.1)

    with pytest.raises(TimeoutError):
        examine(exercise, NotebookSubject({"wait": lambda: None}))
