"""Tests of grader.sandbox.limits."""

import math
from dataclasses import asdict, fields

import pytest

from grader.sandbox.limits import Limits

NAMES = [field.name for field in fields(Limits)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [0, -1, math.nan])
def test_no_limit_can_be_switched_off(name, value):
    with pytest.raises(ValueError, match=f"the limit {name} must be above zero, not {value}"):
        Limits(**{name: value})


def test_limits_travel_as_plain_data():
    limits = Limits(memory=7, grace=0.5)

    assert Limits(**asdict(limits)) == limits


def test_limits_cannot_be_changed_later():
    with pytest.raises(AttributeError):
        Limits().memory = 2**60


def test_one_message_fits_into_all_of_them_and_a_file_into_its_folder():
    limits = Limits()

    assert limits.reply_bytes <= limits.replies_bytes
    assert limits.file_bytes <= limits.folder_bytes
    assert limits.cell_seconds <= limits.cells_seconds
