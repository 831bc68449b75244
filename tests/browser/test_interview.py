"""Sits a short interview in JupyterLab: by mouse, across a restart, to its page of results."""

import re

import pytest
from nbformat.v4 import new_code_cell

from grader.interview import pool, task
from grader.interview.plan import Settings, draw

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PANEL = ".course-interview"
SETTINGS = Settings(minutes=15, seed=3)
CELLS = [
    "import numpy as np\nfrom grader.interview import interview",
    "interview(minutes=15, seed=3)",
    "",
]
SEEN = f"{PANEL} .course-countdown"


@pytest.fixture
def sitting(open_notebook, request):
    """Return a notebook with an interview that has not begun."""
    cells = [new_code_cell(text) for text in CELLS]
    notebook = open_notebook(f"{request.node.name}/interview.ipynb", cells, height=1500)
    notebook.run_all()
    notebook.page.wait_for_selector(f"{PANEL}[role=group]")
    return notebook


def _press(notebook, name):
    button = notebook.page.locator(PANEL).get_by_role("button", name=name, exact=True)
    button.click()


def _wait_for(notebook, words):
    notebook.page.locator(PANEL).get_by_text(words).first.wait_for()


def _seconds(notebook):
    minutes, seconds = re.match(r"(\d+):(\d\d)", notebook.page.locator(SEEN).inner_text()).groups()
    return 60 * int(minutes) + int(seconds)


def _answer_rapid_questions(notebook):
    """Answer what is chosen by one letter; pass over the rest."""
    items = draw(SETTINGS)[0].items
    for n, item in enumerate(items, 1):
        _wait_for(notebook, f"Question {n} of {len(items)}")
        question = pool.thing(item)
        if question.kind != "single":
            _press(notebook, "Pass over")
            continue
        radios = notebook.page.locator(PANEL).get_by_role("radio")
        radios.nth("ABCDEFG".index(question.reference())).click()
        _press(notebook, "Answer")


def _write_and_submit(notebook, function):
    exercise = pool.thing(draw(SETTINGS)[1].items[0])
    source = task.stub_of(exercise).partition("    # Your code here.")[0]
    body = task.stub.answer_text(exercise).partition(f"{task.stub.BEGIN}\n")[2]
    solved = source + body.partition(f"    {task.stub.END}")[0]
    notebook.set_source(2, solved if function == "right" else source + "    return None")
    notebook.run_cell(2)
    _press(notebook, f"Submit {exercise.name}")


def _explain(notebook):
    notebook.page.locator(PANEL).get_by_role("textbox").fill("It goes like this, I think. " * 6)
    _press(notebook, "Answer")
    _wait_for(notebook, "A model answer.")
    notebook.page.locator(PANEL).get_by_role("checkbox").nth(0).click()
    _press(notebook, "Keep my marks")


def test_an_interview_from_the_start_to_its_results(sitting, tmp_path):
    _press(sitting, "Start the interview")
    _answer_rapid_questions(sitting)
    _press(sitting, "Begin the next round")
    _wait_for(sitting, "Round 2 of 3")
    sitting.page.screenshot(path=tmp_path / "coding.png")
    _write_and_submit(sitting, "wrong")
    _wait_for(sitting, "Not yet")
    _write_and_submit(sitting, "right")
    _wait_for(sitting, "Say your answer aloud")
    sitting.page.locator(PANEL).get_by_role("radio").nth(1).click()
    _press(sitting, "Keep my mark")
    _press(sitting, "Begin the next round")
    _explain(sitting)

    _wait_for(sitting, "By topic, weakest first")
    sitting.page.screenshot(path=tmp_path / "results.png")
    sitting.use_theme("dark")
    sitting.page.screenshot(path=tmp_path / "dark.png")
    sitting.use_theme("light")
    words = sitting.page.locator(PANEL).inner_text()
    assert "Mock interview:" in words
    assert "seed 3" in words
    assert "interview(minutes=15, seed=4)" in words
    assert sitting.errors == []


def test_the_countdown_survives_a_restart_and_stands_in_a_pause(sitting):
    _press(sitting, "Start the interview")
    sitting.page.wait_for_selector(SEEN)
    first = _seconds(sitting)
    assert 230 <= first <= 240

    sitting.restart()
    sitting.page.wait_for_selector(SEEN)
    second = _seconds(sitting)
    assert 150 < second < first

    _press(sitting, "Pause")
    _wait_for(sitting, "The clock stands still")
    held = sitting.page.locator(SEEN).inner_text()
    assert held.endswith("stopped")
    sitting.page.wait_for_timeout(1500)
    assert sitting.page.locator(SEEN).inner_text() == held
    assert sitting.errors == []


def test_letters_on_a_button_leave_the_notebook_alone(sitting):
    _press(sitting, "Start the interview")
    _wait_for(sitting, "Question 1 of")
    before = sitting.n_cells
    button = sitting.page.locator(PANEL).get_by_role("button", name="Pause", exact=True)
    button.focus()
    for key in "xdd":
        sitting.page.keyboard.press(key)

    assert sitting.n_cells == before
    sitting.page.keyboard.press("Space")
    _wait_for(sitting, "The clock stands still")


def test_axe_finds_nothing_serious(sitting):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    _press(sitting, "Start the interview")
    _wait_for(sitting, "Question 1 of")

    found = axe.Axe().run(sitting.page, context=PANEL).response["violations"]

    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
