"""A learner presses nbgrader's Validate before handing in."""

import json

import pytest

from tests.grader.grading.small_course import EXERCISES, QUESTION, SLUG, release_text, solved

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def validated(open_notebook, jupyterlab, tmp_path):
    """Return a function that validates a notebook and returns what the dialog says."""

    def validate(name, notebook):
        folder = jupyterlab.folder / "test_validate" / name
        folder.mkdir(parents=True)
        (folder / f"{SLUG}.ipynb").write_text(json.dumps(notebook))
        opened = open_notebook(f"test_validate/{name}/{SLUG}.ipynb")
        opened.page.get_by_text("Validate", exact=True).click()
        dialog = opened.page.locator(".jp-Dialog")
        dialog.wait_for()
        opened.page.screenshot(path=tmp_path / f"{name}.png")
        return dialog.inner_text()

    return validate


@pytest.fixture(scope="module")
def notebook():
    """Return a short lesson's released notebook."""
    return json.loads(release_text())


def test_stubs_are_told_by_the_call_that_checks_them(validated, notebook):
    said = validated("untouched", notebook)

    for name in EXERCISES:
        assert f'check("{name}")' in said


def test_what_is_solved_is_not_told(validated, notebook):
    said = validated("solved", solved(notebook))

    assert "check(" not in said
    assert f'quiz.points("{QUESTION}")' in said, "the question is still open"
