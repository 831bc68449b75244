"""Tests of grader.quiz.answers."""

import json
import os

import pytest

from grader.quiz.answers import LIMIT, AnswerFile, Damaged, parse, records_in

GOOD = b'{"schema": 1, "answers": {"one-choice": {"v": "B"}}}'
HOSTILE = {
    "empty": b"",
    "not utf-8": b"\xff\xfe\x00",
    "not json": b"{",
    "a list": b"[]",
    "a number": b"1",
    "no answers": b'{"schema": 1}',
    "answers are a list": b'{"schema": 1, "answers": []}',
    "another schema": b'{"schema": 2, "answers": {}}',
    "a true schema": b'{"schema": "1", "answers": {}}',
    "nan": b'{"schema": 1, "answers": {"a": {"v": NaN}}}',
    "infinity": b'{"schema": 1, "answers": {"a": {"v": Infinity}}}',
    "deep": b"[" * 200_000,
    "a huge number": b'{"schema": 1, "answers": {"a": {"v": ' + b"9" * 5000 + b"}}}",
    "too long": b'{"schema": 1, "answers": {}}' + b" " * LIMIT,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_answer_file_is_refused_in_words(data):
    with pytest.raises(Damaged, match=r"^it|its"):
        parse(data)

    assert records_in(data) == {}


def test_records_that_are_no_records_are_left_out():
    data = b'{"schema": 1, "answers": {"a": 1, "b": [], "c": {"v": "B"}}}'

    assert records_in(data) == {"c": {"v": "B"}}


def test_the_last_of_two_equal_keys_counts():
    data = b'{"schema": 1, "answers": {"a": {"v": "A"}, "a": {"v": "B"}}}'

    assert records_in(data) == {"a": {"v": "B"}}


def test_what_is_put_is_there_for_the_next_kernel(tmp_path):
    assert AnswerFile(tmp_path).put("one-choice", {"v": "C"})

    assert AnswerFile(tmp_path).get("one-choice") == {"v": "C"}
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]


def test_what_this_version_does_not_know_is_kept(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"schema": 1, "theme": "dark", "answers": {"old": {"v": 1, "x": 2}}}')

    AnswerFile(tmp_path).put("one-choice", {"v": "C"})

    document = json.loads(path.read_text())
    assert document["theme"] == "dark"
    assert document["answers"]["old"] == {"v": 1, "x": 2}


def test_a_damaged_file_is_set_aside_and_nothing_is_lost(tmp_path):
    path = tmp_path / "answers.json"
    answers = AnswerFile(tmp_path)
    for n, text in enumerate(["{half", "{again"], 1):
        path.write_text(text)
        answers.put("one-choice", {"v": "C"})
        assert (tmp_path / f"answers.damaged-{n}.json").read_text() == text

    assert "answers.damaged-2.json" in answers.notice
    assert answers.get("one-choice") == {"v": "C"}


def test_a_file_of_a_later_version_is_left_alone(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"schema": 2, "answers": {}}')
    answers = AnswerFile(tmp_path)

    assert not answers.put("one-choice", {"v": "C"})
    assert "later version" in answers.notice
    assert path.read_text() == '{"schema": 2, "answers": {}}'


def test_a_crash_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    answers = AnswerFile(tmp_path)
    answers.put("one-choice", {"v": "A"})

    def crash(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", crash)

    assert not answers.put("one-choice", {"v": "B"})
    assert "No space left" in answers.notice
    assert answers.get("one-choice") == {"v": "A"}
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]


def test_nothing_is_written_where_the_bank_lies(tmp_path):
    (tmp_path / "quiz.yaml").touch()
    answers = AnswerFile(tmp_path)

    assert not answers.put("one-choice", {"v": "A"})
    assert answers.get("one-choice") == {"v": "A"}
    assert not (tmp_path / "answers.json").exists()
    assert "not kept" in answers.take_notice()
    assert answers.take_notice() == ""


def test_text_that_is_no_unicode_can_be_stored(tmp_path):
    AnswerFile(tmp_path).put("one-choice", {"v": "\ud800"})

    assert AnswerFile(tmp_path).get("one-choice")["v"] == "?"
