"""Every follow-up has an answer, and the numbers in it are right."""

import importlib
import math
import pkgutil
import re

import pytest

import tests.follow_ups
from grader.exercises import registry

NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
CLAIMS = {
    name: claim
    for module in pkgutil.iter_modules(tests.follow_ups.__path__, "tests.follow_ups.")
    if not module.name.endswith("test_answers")
    for name, claim in vars(importlib.import_module(module.name)).items()
    if callable(claim) and claim.__module__ == module.name and not name.startswith("_")
}


@pytest.mark.parametrize("exercise", registry().values(), ids=registry())
def test_a_follow_up_has_an_answer(exercise):
    assert exercise.follow_up
    assert 40 <= len(exercise.follow_up_answer) <= 600


@pytest.mark.parametrize("name", CLAIMS)
def test_numbers_in_an_answer_are_recomputed(name):
    text = registry()[name].follow_up_answer.replace("−", "-").replace(",", "")
    for said, value in CLAIMS[name]():
        assert re.search(rf"(?<![\d.]){re.escape(said.lstrip('-'))}(?!\d|\.\d)", text), said
        assert abs(float(said) - value) <= 0.51 * _last_digit(said), (said, value)


@pytest.mark.parametrize("exercise", registry().values(), ids=registry())
def test_every_long_number_is_recomputed(exercise):
    """A number of three significant digits is no matter of course; somebody worked it out."""
    worked_out = {
        number
        for number in re.findall(NUMBER, exercise.follow_up_answer.replace("−", "-"))
        if len(number.replace(".", "").lstrip("-0")) > 2 and not _is_round(number)
    }
    claimed = {said.lstrip("-") for said, _ in CLAIMS.get(exercise.name, list)()}

    assert {number.lstrip("-") for number in worked_out} <= claimed


def _is_round(number):
    return float(number) in {0.999, 0.99, 100, 128, 256, 512, 784, 1000, 1024} or re.fullmatch(
        r"\d0+", number
    )


def _last_digit(said):
    """Return what one more in the last digit is worth."""
    if "e" in said:
        return 10.0 ** math.floor(math.log10(abs(float(said))))
    return 10.0 ** -len(said.partition(".")[2])
