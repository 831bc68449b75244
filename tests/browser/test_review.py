"""Reviews what is due in JupyterLab, and reads the status page there."""

import json

import pytest
from nbformat.v4 import new_code_cell

from grader.quiz import catalog
from tests.browser import accessibility
from tests.grader.review.conftest import MISTAKE, QUESTION, miss, write_events

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CELLS = [
    new_code_cell("from grader.review import review\n\nreview()"),
    new_code_cell("from grader.status import status\n\nstatus()"),
]


@pytest.fixture
def notebook(jupyterlab, open_notebook, tmp_path):
    """Return an open notebook in a copy of its own, in which two things went wrong."""
    home = jupyterlab.folder / tmp_path.name
    (home / ".course").mkdir(parents=True)
    missed = miss("neuron-computes")
    mistake = MISTAKE.partition("/")[2]
    check = {"kind": "check", "name": "linear_backward", "points": 1, "passed": False}
    write_events(home, missed, {**check, "mistake": mistake, "time": missed["time"]})
    return open_notebook(f"{tmp_path.name}/review.ipynb", CELLS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_box_can_be_read_in_both_themes(notebook, theme, tmp_path):
    notebook.use_theme(theme)
    notebook.run_all()
    box = notebook.output(0)
    box.get_by_role("button", name="Show the answer").click()
    box.get_by_text("takes it a second time").wait_for()
    notebook.page.screenshot(path=tmp_path / f"{theme}.png")

    assert accessibility.serious_findings(notebook.page, ".jp-OutputArea-output") == []
    assert accessibility.lowest_contrast(notebook.page, ".jp-OutputArea-output") >= 4.5


def test_a_mistake_and_a_question_are_reviewed(notebook, jupyterlab, tmp_path):
    notebook.run_all()
    box = notebook.output(0)
    box.get_by_role("button", name="Show the answer").click()
    box.get_by_text("takes it a second time").wait_for()
    box.get_by_role("button", name="Good").click()

    right = catalog.find("neuron-computes").lettered[catalog.find("neuron-computes").right].text
    box.get_by_role("radio", name=right).click()
    box.get_by_role("button", name="Check").click()
    box.get_by_role("button", name="Easy").click()
    box.get_by_text("That was the last one.").wait_for()

    items = json.loads((jupyterlab.folder / tmp_path.name / "review.json").read_text())["items"]
    assert {name for name, entry in items.items() if entry["card"]["last_review"]} == {
        MISTAKE,
        QUESTION,
    }
    assert "Misconceptions met" in notebook.output(1).inner_text()
    assert notebook.errors == []
