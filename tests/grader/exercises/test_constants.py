"""No card gives away the answer of an exercise that is worked out on paper."""

import numpy as np
import pytest

from grader.compare import show
from grader.examine import examine
from grader.exercises import registry
from grader.notebook_subject import NotebookSubject

CONSTANT = {
    name: exercise
    for name, exercise in registry().items()
    if exercise.asks_for_constants and exercise.accept is None
}


def _numbers(value):
    """Return the single values in an answer, from the left."""
    if isinstance(value, (tuple, list)):
        return [one for part in value for one in _numbers(part)]
    return list(np.ravel(value)) if isinstance(value, np.ndarray) else [value]


def _changed(value):
    """Return an answer of the same form in which every value is wrong."""
    if isinstance(value, (tuple, list)):
        return type(value)(map(_changed, value))
    return not value if isinstance(value, (bool, np.bool_)) else 3.7 * value + 11.3


def _card(exercise, answer):
    return str(examine(exercise, NotebookSubject({exercise.name: lambda: answer})))


@pytest.mark.parametrize("exercise", CONSTANT.values(), ids=CONSTANT)
def test_no_expected_value_stands_on_the_card(exercise):
    right = exercise.reference()
    card = _card(exercise, _changed(right))

    assert "expected" not in card
    for number in _numbers(right):
        if not isinstance(number, (bool, np.bool_)) and abs(number) not in (0, 1, 2):
            assert show(number) not in card


@pytest.mark.parametrize("exercise", CONSTANT.values(), ids=CONSTANT)
def test_no_card_says_which_yes_or_no_is_wrong(exercise):
    right = exercise.reference()
    if not isinstance(right, tuple):
        return
    for place, value in enumerate(right):
        if isinstance(value, (bool, np.bool_)):
            answer = tuple(not one if n == place else one for n, one in enumerate(right))
            name = exercise.outputs[place]
            assert f"{name} is" not in _card(exercise, answer)
