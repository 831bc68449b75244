"""Tests of grader.grading.reports: what other systems read of a run."""

import csv
import errno
import json
import os

import pytest

from grader.grading import reports
from grader.grading.errors import GradingError
from grader.grading.reports import (
    document,
    figures,
    require_writable,
    score_of,
    write_csv,
    write_json,
    write_whole,
)
from grader.grading.run import Change
from tests.grader.grading.reports_made_up import LESSON, class_of_three, entry, report


def _rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_the_json_report_says_who_has_what(tmp_path):
    write_json(class_of_three(), tmp_path / "report.json")

    read = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert read["submissions"][1] == {
        "student": "bob",
        "lesson": LESSON,
        "score": 2.0,
        "max_score": 5.0,
        "status": "graded",
        "exercises": {
            "neuron": {"score": 2.0, "max_score": 2.0, "mistake": ""},
            "linear_forward": {
                "score": 0.0,
                "max_score": 3.0,
                "mistake": "linear_forward/_bias_forgotten",
            },
        },
    }
    assert (read["graded"], read["kept"], read["seconds"]) == (2, 1, 4.0)


def test_names_beyond_english_are_readable_in_the_json_report(tmp_path):
    write_json(report({"Zoë": entry({"neuron": 2.0})}), tmp_path / "report.json")

    assert "Zoë" in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_the_json_report_names_the_scores_that_changed():
    changed = report({}, changes=[Change("ada", LESSON, "neuron", 2.0, 0.0)])

    assert document(changed)["changes"] == [
        {"student": "ada", "lesson": LESSON, "exercise": "neuron", "before": 2.0, "after": 0.0}
    ]


def test_the_figures_name_the_misconception_of_the_class():
    one, other = document(class_of_three())["figures"]

    assert one == {
        "lesson": LESSON,
        "exercise": "neuron",
        "submissions": 3,
        "solved": 2,
        "mean": 0.8333,
        "mistakes": {},
    }
    assert (other["solved"], other["mean"]) == (1, 0.5)
    assert other["mistakes"] == {"linear_forward/_bias_forgotten": 2}


def test_the_most_frequent_misconception_comes_first():
    names = ["_a", "_b", "_b"]
    entries = {str(n): entry({"neuron": 0.0}, {"neuron": name}) for n, name in enumerate(names)}

    (one,) = figures(report(entries))

    assert one.mistakes == (("_b", 2), ("_a", 1))


def test_an_exercise_worth_nothing_has_a_mean():
    free = entry({"neuron": 0.0})
    free.exercises["neuron"]["max_score"] = 0.0

    (one,) = figures(report({"ada": free}))

    assert one.mean == 0


def test_tenths_add_up_to_a_plain_number():
    tenths = entry({"neuron": 0.1, "linear_forward": 0.2})

    assert score_of(tenths) == 0.3


def test_points_by_student_have_a_column_a_lesson_and_one_an_exercise(tmp_path):
    write_csv(class_of_three(), tmp_path / "points.csv")

    assert _rows(tmp_path / "points.csv")["bob"] == {
        "student": "bob",
        LESSON: "2",
        f"{LESSON}/neuron": "2",
        f"{LESSON}/linear_forward": "0",
    }


@pytest.mark.parametrize("student", ["=1+1", "+1", "-1", "@sum"])
def test_points_by_student_hold_no_formula(tmp_path, student):
    write_csv(report({student: entry({"neuron": 2.0})}), tmp_path / "points.csv")

    assert list(_rows(tmp_path / "points.csv")) == [f"'{student}"]


def test_a_lesson_not_handed_in_is_told_apart_from_no_points(tmp_path):
    both = report({"ada": entry({"neuron": 0.0})})
    both.entries["bob", "02_other"] = entry({"linear_forward": 3.0})

    write_csv(both, tmp_path / "points.csv")

    rows = _rows(tmp_path / "points.csv")
    assert (rows["ada"][LESSON], rows["ada"]["02_other"]) == ("0", "")
    assert (rows["bob"][LESSON], rows["bob"][f"{LESSON}/neuron"]) == ("", "")


def test_a_run_without_submissions_has_reports_too(tmp_path):
    write_csv(report({}), tmp_path / "points.csv")

    assert (tmp_path / "points.csv").read_text() == "student\n"
    assert document(report({}))["submissions"] == []


def test_a_path_that_can_be_written_passes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.json").write_text("{}")

    for path in ("new.json", "old.json", tmp_path / "new.json"):
        require_writable(path)


def test_a_folder_is_no_report(tmp_path):
    with pytest.raises(GradingError, match=r"cannot be written \(it is a folder\)"):
        require_writable(tmp_path)


def test_a_report_in_a_missing_folder_is_refused_by_the_folders_name(tmp_path):
    with pytest.raises(GradingError, match=f"there is no folder {tmp_path}/nowhere"):
        require_writable(tmp_path / "nowhere" / "report.json")


def test_a_report_in_somebody_elses_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reports.os, "access", lambda path, mode: mode != os.W_OK)

    with pytest.raises(GradingError, match=f"{tmp_path} is not yours to write to"):
        require_writable(tmp_path / "report.json")


def test_a_report_that_cannot_be_finished_leaves_the_former_one_whole(tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    write_whole(path, "old")

    def full(part, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(reports.os, "replace", full)
    with pytest.raises(GradingError, match=r"report\.json cannot be written \(No space left"):
        write_whole(path, "new")

    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"report.json": "old"}


def test_a_folder_that_became_a_file_meanwhile_is_said_too(tmp_path):
    (tmp_path / "reports").write_text("a file")

    with pytest.raises(GradingError, match="cannot be written"):
        write_whole(tmp_path / "reports" / "report.json", "{}")


def test_half_a_character_in_a_name_stops_no_report(tmp_path):
    write_whole(tmp_path / "report.json", "a\ud800b")

    assert (tmp_path / "report.json").read_text() == "a?b"
