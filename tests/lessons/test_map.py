"""The map of ``00_start_here`` must say what the lessons say."""

import re
from pathlib import Path

import pytest

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
    if not source.exists():
        pytest.skip("this lesson is not written yet")

    stated = re.search(r"Time: about (\d+) minutes", source.read_text(encoding="utf-8"))

    assert stated
    assert stated[1] == minutes
