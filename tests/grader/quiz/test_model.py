"""Tests of grader.quiz.model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.model import (
    LETTERS,
    NotAnAnswer,
    Verdict,
    count,
    default_seed,
    read_letters,
    read_parts,
    reletter,
    shuffled,
)


@given(st.integers(1, 10), st.integers(0, 2**32))
def test_a_shuffle_is_an_order_of_all(n, seed):
    assert sorted(shuffled(n, seed)) == list(range(n))


def test_a_shuffle_is_the_same_on_every_machine():
    # Recorded: another order would give the notebooks in version control other letters.
    assert shuffled(5, 7) == [2, 4, 1, 3, 0]
    # The check value that defines CRC-32.
    assert default_seed("123456789") == 0xCBF43926


def test_no_seed_of_an_id_switches_the_shuffle_off():
    assert default_seed("") == 1


@given(st.integers(2, 10), st.integers(0, 99), st.integers(0, 99))
def test_a_letter_stays_with_its_option(n, old, new):
    moved = reletter(LETTERS[:n], n, old, new)

    assert [shuffled(n, new)[LETTERS.index(letter)] for letter in moved] == shuffled(n, old)


@pytest.mark.parametrize("raw", ["a, C", "(ac)", ["A", "c"], " A;C ", ("a", "C")])
def test_letters_are_read_as_people_write_them(raw):
    assert read_letters(raw, 3) == "AC"


@pytest.mark.parametrize(
    "raw, advice",
    [
        ("", "Choose an answer first"),
        (" ,", "Choose an answer first"),
        ("AD", "from A to C"),
        ("AA", "each letter once"),
        (3, "letters from A to C"),
        (["A", 1], "letters from A to C"),
        ("A" * 101, "letters from A to C"),
    ],
)
def test_what_is_no_letter_is_answered_with_those_there_are(raw, advice):
    with pytest.raises(NotAnAnswer, match=advice):
        read_letters(raw, 3)


@pytest.mark.parametrize("raw", [["1", "2"], ("1", "2"), {"b": "2", "a": "1"}])
def test_parts_come_in_the_order_of_their_names(raw):
    assert list(read_parts(raw, ["a", "b"])) == ["1", "2"]


def test_one_part_needs_no_list():
    assert read_parts("1", ["a"]) == ["1"]


@pytest.mark.parametrize("raw", ["1", [], ["1", "2", "3"], None])
def test_a_wrong_number_of_parts_is_answered_with_their_names(raw):
    with pytest.raises(NotAnAnswer, match="Give 2 values: a, b"):
        read_parts(raw, ["a", "b"])


@pytest.mark.parametrize("share, passed", [(1, True), (1.0, True), (0.999, False), (0, False)])
def test_only_the_whole_answer_passes(share, passed):
    assert Verdict(share).passed == passed


def test_one_thing_is_singular():
    assert [count(n, "line") for n in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]
