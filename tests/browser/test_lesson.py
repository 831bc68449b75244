"""A learner works through lesson 01 in JupyterLab: run all, a wrong answer, the right one."""

import time

import nbformat
import pytest

from grader.learner_copy import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LESSON = "01_forward_propagation/forward_propagation.ipynb"
WITHOUT_BIAS = "def linear_forward(X, W, b):\n    return X @ W, (X, W)"
RIGHT = "def linear_forward(X, W, b):\n    return X @ W + b, (X, W)"


@pytest.fixture(scope="module")
def place():
    """Return the number of the answer cell and of the check cell of `linear_forward`."""
    cells = nbformat.read(COURSE / LESSON, as_version=4).cells
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    return ids.index("linear_forward"), ids.index("linear_forward-check")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_wrong_answer_is_named_and_right_one_passes(open_notebook, place, theme, tmp_path):
    answer, check = place
    notebook = open_notebook(LESSON)
    notebook.use_theme(theme)
    notebook.run_all()
    notebook.output(check).get_by_text("is still to be written").first.wait_for()

    notebook.set_source(answer, WITHOUT_BIAS)
    notebook.run_cell(answer)
    notebook.run_cell(check)
    notebook.output(check).get_by_text("This looks familiar:").wait_for()
    assert "The bias must remain." in notebook.output(check).inner_text()
    notebook.page.screenshot(path=tmp_path / f"wrong-{theme}.png")

    notebook.set_source(answer, RIGHT)
    notebook.run_cell(answer)
    notebook.run_cell(check)
    notebook.output(check).get_by_text("3 of 3 points").wait_for()
    notebook.page.screenshot(path=tmp_path / f"right-{theme}.png")
    assert notebook.errors == []


def test_model_answer_and_next_question_come_with_the_pass(open_notebook, place):
    answer, check = place
    notebook = open_notebook(LESSON)
    notebook.run_all()
    notebook.set_source(answer, RIGHT)
    notebook.run_cell(answer)
    start = time.perf_counter()
    notebook.run_cell(check)
    card = notebook.output(check)
    card.get_by_text("The interviewer goes on:").wait_for()
    print(f"from running the check to its card: {time.perf_counter() - start:.2f} s")

    assert card.get_by_text("A model answer").count() == 1
