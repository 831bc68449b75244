"""The map of ``00_start_here`` must say what the lessons say."""

import re
from pathlib import Path

import pytest

from grader.status.standing import stand

NEAR = 15
"""Minutes by which a lesson's own words may differ from the estimate of its parts."""
SOLUTIONS = Path(__file__).parents[2] / "solutions"
MAP = (SOLUTIONS / "00_start_here" / "start_here.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \[(\d\d) [^\]]+\]\(\.\./(\w+)/(\w+)\.ipynb\) \| .+ \| (\d+) \|$", re.M)
ROWS = ROW.findall(MAP)


def test_every_lesson_is_on_the_map_in_order():
    assert [row[0] for row in ROWS] == [f"{n:02d}" for n in range(1, 10)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_folder_and_notebook_have_the_lesson_s_name(row):
    number, folder, slug, _ = row

    assert folder == f"{number}_{slug}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_minutes_are_those_the_lesson_states(row):
    _, folder, slug, minutes = row
    source = SOLUTIONS / folder / f"{slug}.md"

    stated = re.search(r"Time: about (\d+) minutes", source.read_text(encoding="utf-8"))

    assert stated
    assert stated[1] == minutes


def test_minutes_are_near_what_the_status_estimates(tmp_path):
    stated = {row[1]: int(row[3]) for row in ROWS}
    fresh = stand(tmp_path).lessons

    far = {
        one.lesson.folder: (stated[one.lesson.folder], one.minutes_left)
        for one in fresh
        if abs(stated[one.lesson.folder] - one.minutes_left) > NEAR
    }

    assert far == {}, "stated, estimated from exercises, questions and words"
