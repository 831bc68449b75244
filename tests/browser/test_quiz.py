"""Answers quizzes in JupyterLab: by mouse, by keyboard, after a restart, in both themes."""

import json

import pytest
from nbformat.v4 import new_code_cell

from grader.quiz import catalog
from grader.quiz.cells import quiz_cells
from tests.browser import accessibility
from tests.browser.harness import Notebook, write_notebook

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
LESSON = "forward_propagation"
IDS = [
    "neuron-computes",
    "stacked-linear-layers",
    "neuron-by-hand",
    "forward-shapes-trace",
    "bias-as-a-column",
    "forward-pass-order",
    "explain-forward-propagation",
]
SINGLE, MULTI, NUMERIC, SHAPES, BUG, ORDER, TEXT = range(len(IDS))


@pytest.fixture(scope="module")
def desk(jupyterlab):
    """Return a folder with notebooks that ask a question of every kind."""
    folder = jupyterlab.folder / "test_quiz"
    cells = [new_code_cell("from grader.quiz import quiz"), *quiz_cells(IDS, LESSON)]
    for cell in cells:
        # Without the read-only mark, so that nothing but the quiz keeps a cell from being cut.
        cell.metadata.pop("nbgrader", None)
    for name in ("mouse", "alone", "keys", "audit"):
        write_notebook(folder / name / "quiz.ipynb", cells)
    return folder


@pytest.fixture(scope="module")
def opened(desk, jupyterlab, browser):
    """Return a function that opens the notebook of a folder and runs it."""
    notebooks = []

    def opener(name, height=1300):
        path = f"test_quiz/{name}/quiz.ipynb"
        notebook = Notebook(browser, jupyterlab.address, path, height=height)
        notebooks.append(notebook)
        notebook.run_all()
        notebook.page.wait_for_function(
            "n => document.querySelectorAll('.course-quiz[role=group]').length === n", arg=len(IDS)
        )
        return notebook

    yield opener
    for notebook in notebooks:
        notebook.page.close()


@pytest.fixture(scope="module")
def keys(opened):
    """Return an open notebook in which keys are pressed."""
    return opened("keys")


@pytest.fixture(scope="module")
def answered(opened):
    """Return an open notebook in which every question is answered."""
    notebook = opened("audit", height=2800)
    _answer_all_by_mouse(notebook)
    _wait_for_words(notebook, TEXT, "You ticked 1 of 7 lines.")
    return notebook


def _check(notebook, n):
    notebook.question(n).get_by_role("button", name="Check", exact=True).click()


def _answers(desk, name):
    path = desk / name / "answers.json"
    return json.loads(path.read_text())["answers"] if path.exists() else {}


def _right(n):
    return catalog.find(IDS[n]).reference()


def _answer_all_by_mouse(notebook):
    box = notebook.question
    box(SINGLE).get_by_role("radio").nth("ABCD".index(_right(SINGLE))).click()
    for letter in _right(MULTI):
        box(MULTI).get_by_role("checkbox").nth("ABCDE".index(letter)).click()
    for n in (NUMERIC, SHAPES):
        for place, text in enumerate(_right(n)):
            box(n).get_by_role("textbox").nth(place).fill(text)
    box(BUG).get_by_role("textbox").fill(str(_right(BUG)["line"]))
    box(BUG).get_by_role("radio").nth("ABCD".index(_right(BUG)["why"])).click()
    _sort_by_mouse(notebook)
    box(TEXT).get_by_role("textbox").fill(_right(TEXT)["text"])
    for n in range(len(IDS)):
        _check(notebook, n)
    box(TEXT).get_by_role("checkbox").nth(1).click()
    _check(notebook, TEXT)


def _sort_by_mouse(notebook):
    shown, want = sorted(_right(ORDER)), _right(ORDER)
    for place, letter in enumerate(want):
        here = shown.index(letter)
        while here > place:
            notebook.question(ORDER).get_by_role("button", name=f"Move step {here + 1} up").click()
            shown[here - 1], shown[here] = shown[here], shown[here - 1]
            here -= 1


def _wait_for_words(notebook, n, words):
    notebook.question(n).locator(".course-feedback").get_by_text(words).first.wait_for()


def test_answers_by_mouse_are_back_after_a_restart(opened, desk):
    notebook = opened("mouse")
    _answer_all_by_mouse(notebook)
    for n in range(len(IDS) - 1):
        _wait_for_words(notebook, n, "Correct.")
    _wait_for_words(notebook, TEXT, "You ticked 1 of 7 lines.")

    notebook.restart()
    for n in range(len(IDS) - 1):
        _wait_for_words(notebook, n, "Correct.")

    stored = _answers(desk, "mouse")
    assert all(stored[name]["v"] == catalog.find(name).reference() for name in IDS[:-1])
    assert (
        notebook.question(SINGLE)
        .get_by_role("radio")
        .nth("ABCD".index(_right(SINGLE)))
        .is_checked()
    )
    assert notebook.question(NUMERIC).get_by_role("textbox").nth(0).input_value() == "-0.1"
    assert notebook.question(TEXT).get_by_role("checkbox").nth(1).is_checked()
    assert "6 of 6 points" in notebook.page.locator(".jp-OutputArea-output").last.inner_text()
    assert notebook.errors == []


def test_a_quiz_is_answered_by_the_keyboard_alone(opened, desk):
    notebook = opened("alone")
    keyboard = notebook.page.keyboard
    notebook.question(SINGLE).get_by_role("radio").first.focus()
    keyboard.press("Space")
    for _ in range("ABCD".index(_right(SINGLE))):
        keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Space")
    _wait_for_words(notebook, SINGLE, "Correct.")

    notebook.question(MULTI).get_by_role("checkbox").first.focus()
    for letter in "ABCDE":
        if letter in _right(MULTI):
            keyboard.press("Space")
        keyboard.press("Tab")
    keyboard.press("Enter")
    _wait_for_words(notebook, MULTI, "Correct.")

    notebook.question(NUMERIC).get_by_role("textbox").first.focus()
    for text in _right(NUMERIC):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    _wait_for_words(notebook, NUMERIC, "Correct.")
    assert set(_answers(desk, "alone")) == {IDS[SINGLE], IDS[MULTI], IDS[NUMERIC]}


def test_steps_move_by_the_keyboard_and_the_focus_stays(keys):
    button = keys.question(ORDER).get_by_role("button", name="Move step 2 down")
    button.focus()
    keys.page.keyboard.press("Space")
    _wait_for_words(keys, ORDER, "is now number 3")

    assert button.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("n", range(len(IDS)), ids=IDS)
def test_no_shortcut_of_the_notebook_fires_on_a_focused_control(keys, n):
    n_cells = keys.n_cells
    controls = keys.question(n).locator("input:visible, button:visible:not([disabled])")

    for place in range(controls.count()):
        controls.nth(place).focus()
        for key in ("x", "d", "d", "a", "b", "ArrowDown", "ArrowUp"):
            keys.page.keyboard.press(key)

    assert keys.n_cells == n_cells


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_can_be_read_and_axe_finds_nothing_serious(answered, theme, tmp_path):
    answered.use_theme(theme)
    for n, name in enumerate(IDS):
        answered.question(n).screenshot(path=tmp_path / f"{name}-{theme}.png")

    assert accessibility.serious_findings(answered.page, ".course-quiz") == []
    assert accessibility.lowest_contrast(answered.page, ".course-quiz") >= 4.5
    assert answered.errors == []
