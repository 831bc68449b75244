"""Sits half an hour of interview in JupyterLab: by mouse, across a restart, until time is up."""

import re
import time

import pytest
from nbformat.v4 import new_code_cell

from grader.interview import pool, task
from grader.interview.plan import Settings, draw
from grader.stub import model_answer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PANEL = ".course-interview"
LONG = Settings(minutes=30, seed=3)
CELLS = [
    "import numpy as np\nfrom grader.interview import interview",
    "interview(minutes=30, seed=3)",
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


def _choose(notebook, question):
    """Answer what is chosen by one letter; pass over the rest."""
    if question.kind != "single":
        return _press(notebook, "Pass over")
    radios = notebook.page.locator(PANEL).get_by_role("radio")
    radios.nth("ABCDEFG".index(question.reference())).click()
    _press(notebook, "Answer")


def _write(notebook, source, exercise):
    notebook.set_source(2, source)
    notebook.run_cell(2)
    _press(notebook, f"Submit {exercise.name}")


def _solve(notebook, exercise):
    """Submit the stub, nonsense, then the model answer; then mark the follow-up."""
    _wait_for(notebook, f"then submit {exercise.name}")
    _write(notebook, task.stub_of(exercise), exercise)
    _wait_for(notebook, "Not yet")
    _write(notebook, f"def {exercise.name}(*args):\n    return 'nonsense'", exercise)
    _wait_for(notebook, "0 of")
    _write(notebook, model_answer(exercise), exercise)
    _wait_for(notebook, "Say your answer aloud")
    _press(notebook, "I have said it")
    _wait_for(notebook, "A good answer.")
    notebook.page.locator(PANEL).get_by_role("radio").nth(1).click()
    _press(notebook, "Keep my mark")


def _explain(notebook):
    notebook.page.locator(PANEL).get_by_role("textbox").fill("It goes like this, I think. " * 6)
    _press(notebook, "Answer")
    _wait_for(notebook, "A model answer.")
    notebook.page.locator(PANEL).get_by_role("checkbox").nth(0).click()
    _press(notebook, "Keep my mark")


def _sit(notebook, item):
    thing = pool.thing(item)
    if item.startswith("exercise:"):
        return _solve(notebook, thing)
    return _explain(notebook) if thing.kind == "text" else _choose(notebook, thing)


def test_half_an_hour_from_the_start_to_its_results(sitting, tmp_path):
    rounds = draw(LONG)
    _press(sitting, "Start the interview")
    for n, part in enumerate(rounds, 1):
        if n > 1:
            _press(sitting, "Begin the next round")
        for place, item in enumerate(part.items, 1):
            _wait_for(sitting, f"Round {n} of {len(rounds)}")
            if part.kind == "rapid":
                _wait_for(sitting, f"Question {place} of {len(part.items)}")
            sitting.page.screenshot(path=tmp_path / f"{n}-{part.kind}-{place}.png")
            _sit(sitting, item)

    _wait_for(sitting, "By topic, weakest first")
    sitting.page.screenshot(path=tmp_path / "results.png")
    sitting.use_theme("dark")
    sitting.page.screenshot(path=tmp_path / "dark.png")
    sitting.use_theme("light")
    words = sitting.page.locator(PANEL).inner_text()
    for kind in ("Concept", "Implementation", "Debugging", "Explanation"):
        assert kind in words
    assert "You mended it." in words
    assert "interview(seed=4)" in words
    assert sitting.errors == []


def test_time_that_is_up_ends_the_round_without_a_click(sitting, jupyterlab):
    _press(sitting, "Start the interview")
    _wait_for(sitting, "Question 1 of")
    path = next(jupyterlab.folder.glob("test_time_that_is_up*/interview.json"))
    path.write_text(
        re.sub(r'"deadline": [\d.]+', f'"deadline": {time.time() + 1}', path.read_text())
    )

    sitting.run_cell(1)

    sitting.page.get_by_role("button", name="Begin the next round").wait_for(timeout=20_000)
    _wait_for(sitting, "Time is up for this round.")


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
