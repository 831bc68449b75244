"""Tests of grader.status.settings."""

from datetime import date

import pytest

from grader.status.settings import NotADate, Settings, read_day

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "words, day",
    [
        ("2026-12-12", date(2026, 12, 12)),
        ("tonight", TODAY),
        ("tomorrow", date(2026, 1, 2)),
        ("three weeks", date(2026, 1, 22)),
        ("in 10 days", date(2026, 1, 11)),
        ("a week", date(2026, 1, 8)),
        ("Two Months", date(2026, 3, 2)),
    ],
)
def test_words_name_a_day(words, day):
    assert read_day(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "soon", "2026-13-01", "many weeks", "2025-12-31", "99999 days"]
)
def test_what_names_no_coming_day_is_refused_with_the_forms(words):
    with pytest.raises(NotADate, match="three days"):
        read_day(words, TODAY)


def test_day_is_remembered_and_forgotten(home):
    Settings(home).set_interview(TODAY)
    assert Settings(home).interview == TODAY
    assert (
        home / "settings.json"
    ).read_text() == '{\n "schema": 1,\n "interview": "2026-01-01"\n}\n'
    Settings(home).set_interview(None)
    assert Settings(home).interview is None


@pytest.mark.parametrize("text", ['{"schema": 1, "interview": "soon"}', "{", '{"schema": 9}'])
def test_settings_that_cannot_be_used_are_set_aside(home, text):
    (home / "settings.json").write_text(text)
    settings = Settings(home)
    assert settings.interview is None
    assert "kept as settings.old-1.json" in settings.notice
    assert (home / "settings.old-1.json").read_text() == text
