"""A learner's JupyterLab: where it starts, what it offers, and which Python it runs."""

import sys

import pytest
from nbformat.v4 import new_code_cell

from grader.lab import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_notebook_runs_in_the_courses_python(open_notebook, theme):
    cells = [
        new_code_cell("import sys\nsys.executable"),
        new_code_cell("import grader, viz\n6 * 7"),
    ]
    notebook = open_notebook(f"test_start/{theme}.ipynb", cells)
    notebook.use_theme(theme)
    notebook.run_all()
    notebook.output(1).get_by_text("42").wait_for()
    assert sys.executable in notebook.output(0).inner_text()
    assert notebook.errors == []


def test_answer_typed_into_a_cell_is_what_runs(open_notebook):
    notebook = open_notebook("test_start/typed.ipynb", [new_code_cell("1")])
    notebook.set_source(0, "20 + 3")
    notebook.run_cell(0)
    notebook.output(0).get_by_text("23").wait_for()


def test_learner_has_validate_and_no_panels_for_instructors(open_notebook):
    notebook = open_notebook("test_start/panels.ipynb", [new_code_cell("1")])
    notebook.page.get_by_text("Validate", exact=True).wait_for()
    commands = notebook.page.evaluate("() => window.jupyterapp.commands.listCommands()")
    assert [name for name in commands if "formgrader" in name or "assignment-list" in name] == []


def test_no_news_and_no_question_is_in_the_way(open_notebook):
    notebook = open_notebook("test_start/news.ipynb", [new_code_cell("1")])
    notebook.page.wait_for_timeout(2000)
    assert notebook.page.locator(".jp-Dialog, .Toastify__toast").count() == 0


def test_the_address_leads_to_the_start_of_the_course(jupyterlab, browser):
    page = browser.new_page()
    page.goto(jupyterlab.address)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    assert f"/lab/tree/{FIRST}" in page.url
    page.close()
