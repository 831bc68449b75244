import json

import nbformat
import pytest
from nbconvert import HTMLExporter

from grader.grading.graded_notebook import as_text, graded_notebook
from grader.grading.local_subject import LocalSubject
from grader.grading.submission import grade_submission
from tests.grader.grading.small_course import code, mistake, solved

SCRIPT = "<script>alert('own')</script>"


@pytest.fixture
def shown(lesson):
    """Return a function from a submission to the graded notebook."""

    def show(notebook, hidden_seed=7):
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        result = grade_submission(data, lesson, hidden_seed=hidden_seed, open_subject=LocalSubject)
        return graded_notebook(lesson, result)

    return show


def markdown(source):
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": source}


def test_it_is_a_valid_notebook(shown, notebook):
    nbformat.validate(nbformat.from_dict(shown(solved(notebook))))


def test_a_check_cell_shows_points_and_card(shown, notebook):
    cells = {cell["id"]: cell for cell in shown(solved(notebook))["cells"]}

    (output,) = cells["neuron-check"]["outputs"]
    assert output["data"]["text/plain"] == "2"
    assert "Passed" in output["data"]["text/html"]


def test_saved_points_of_the_learners_are_not_shown(shown, notebook):
    claimed = {"output_type": "execute_result", "data": {"text/plain": "1000"}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [claimed]

    cells = {cell["id"]: cell for cell in shown(notebook)["cells"]}

    assert cells["neuron-check"]["outputs"][0]["data"]["text/plain"] == "0"
    assert "Saved by the learner" in cells["neuron"]["outputs"][0]["text"]


@pytest.mark.parametrize(
    "source",
    [SCRIPT, f"```\n```\n{SCRIPT}", "[a](javascript:alert(1))", "![](http://a.example/b)", "&lt;"],
)
def test_learners_markdown_with_any_markup_is_shown_as_text(shown, notebook, source):
    from nbconvert.filters import markdown2html

    notebook["cells"].insert(2, markdown(source))

    html = markdown2html(shown(notebook)["cells"][2]["source"])

    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html


def test_plain_markdown_and_the_authors_own_stay_as_they_are(shown, notebook):
    notebook["cells"].insert(2, markdown("**My** note, $x^2$."))
    released = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]

    sources = [c["source"] for c in shown(notebook)["cells"] if c["cell_type"] == "markdown"]

    assert sources == released


def test_metadata_and_attachments_of_the_submission_are_dropped(shown, notebook):
    cell = code("x = 1", collapsed=True, tags=["remove_cell", SCRIPT], magics_language="html")
    notebook["cells"].insert(2, cell | {"attachments": {"a": {"image/svg+xml": SCRIPT}}})
    notebook["metadata"] |= {"title": SCRIPT, "kernelspec": {"name": SCRIPT}}

    assert SCRIPT not in as_text(shown(notebook))


def test_a_refused_submission_shows_the_release_and_why(shown, notebook, lesson):
    cells = shown(b"\xff")["cells"]

    assert "was not graded" in cells[0]["source"]
    assert [c["source"] for c in cells[1:]] == [c["source"] for c in lesson.notebook["cells"]]


def test_a_wrong_answer_shows_nothing_of_hidden_cases(shown, notebook):
    wrong = mistake("linear_forward", "_bias_forgotten")
    cells = [cell | {} for cell in notebook["cells"]]
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "linear_forward":
            cell["source"] = wrong
    notebook = notebook | {"cells": cells}

    one, other = (as_text(shown(notebook, seed)) for seed in (7, 8))

    assert one == other
    assert "0 of 6 further cases pass" in one


@pytest.mark.timeout(60)
def test_a_page_is_made_in_time_whatever_the_sources(shown, notebook):
    text = markdown("=\n" * 500_000)
    blank = [code("\n " * 100_000 + "a") for _ in range(20)]
    for cell in notebook["cells"]:
        cell["source"] += "\n " * 10_000
    notebook["cells"] += [text, *blank]

    page = shown(notebook)

    assert sum(len(cell["source"]) for cell in page["cells"]) < 600_000
    HTMLExporter().from_notebook_node(nbformat.from_dict(page))
