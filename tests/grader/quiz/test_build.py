"""Tests of grader.quiz.build."""

import pytest

from grader.quiz import build, catalog
from grader.quiz.bank import BadBank


def test_building_twice_gives_the_same_bytes(course):
    assert build.build_sealed(course) == []
    assert build.check(course) == []


def test_a_stale_and_an_orphaned_bank_are_named(course):
    (course / "grader" / "quizzes" / "small.json").write_text("{}")
    (course / "grader" / "quizzes" / "gone.json").write_text("{}")

    assert [message.split(" is ")[0] for message in build.check(course)] == [
        "grader/quizzes/small.json",
        "grader/quizzes/gone.json",
    ]
    assert len(build.build_sealed(course)) == 2
    assert not (course / "grader" / "quizzes" / "gone.json").exists()


def test_an_unchanged_bank_is_not_rewritten(course):
    path = course / "grader" / "quizzes" / "small.json"
    before = path.stat().st_mtime_ns

    build.build_sealed(course)

    assert path.stat().st_mtime_ns == before


def test_a_changed_bank_is_in_use_at_once(course):
    source = course / "solutions" / "01_small" / "quiz.yaml"
    assert catalog.find("one-choice").topic == "Bias"

    source.write_text(source.read_text().replace("topic: Bias", "topic: Offset"))
    build.build_sealed(course)

    assert catalog.find("one-choice").topic == "Offset"


def test_a_bank_with_a_mistake_leaves_the_sealed_ones_alone(course):
    path = course / "grader" / "quizzes" / "small.json"
    before = path.read_bytes()
    (course / "solutions" / "01_small" / "quiz.yaml").write_text("questions: 3")

    with pytest.raises(BadBank, match=r"01_small/quiz\.yaml"):
        build.build_sealed(course)
    assert path.read_bytes() == before
