"""An instructor grades by formgrader's buttons and reads what the learner will read."""

import json

import pytest

from tests.browser import harness
from tests.grader.grading.small_course import (
    FOLDER,
    SLUG,
    SmallCourse,
    answered,
    mistake,
    release_text,
    solved,
    source_text,
)

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.timeout(600)]
OPEN = "nbgrader:open-formgrader"
WRONG = mistake("linear_forward", "_bias_forgotten")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course to which two students have submitted."""
    root = tmp_path_factory.mktemp("course")
    source_text(root)
    (root / "grader" / "exchange").mkdir(parents=True)
    course = SmallCourse(root, release_text())
    notebook = json.loads(course.release.read_text())
    course.submit("ada", solved(notebook))
    course.submit("bob", answered(notebook, {"linear_forward": WRONG}))
    return course


@pytest.fixture(scope="module")
def address(course, tmp_path_factory):
    """Yield where the instructor's JupyterLab serves."""
    folder = tmp_path_factory.mktemp("settings")
    with harness.serve(course.root, folder, instructor=True) as address:
        yield address


@pytest.fixture
def page(browser):
    """Yield an empty page."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(90_000)
    yield page
    page.close()


def test_formgrader_opens_in_jupyterlab_and_lists_the_lesson(address, page, tmp_path):
    page.goto(f"{address}/lab?reset")
    page.wait_for_function(f"() => window.jupyterapp?.commands.hasCommand('{OPEN}')")
    page.wait_for_selector("#jp-main-dock-panel .lm-TabBar-tab")
    page.evaluate("name => window.jupyterapp.commands.execute(name)", OPEN)

    page.frame_locator("iframe").get_by_role("link", name=FOLDER).first.wait_for()
    page.screenshot(path=tmp_path / "formgrader.png")


def test_its_buttons_grade_and_write_feedback_that_names_the_mistake(
    course, address, page, tmp_path
):
    page.goto(f"{address}/formgrader/manage_submissions/{FOLDER}")
    for student, score in {"ada": "9 / 10", "bob": "0 / 10"}.items():
        row = page.locator("tr", has_text=student)
        _press(page, row, ".autograde", "Successfully autograded")
        assert row.locator(".score").inner_text() == score
        _press(page, row, ".generate-feedback", "Successfully generated feedback")
    page.screenshot(path=tmp_path / "graded.png")

    page.goto((course.root / f"grader/feedback/bob/{FOLDER}/{SLUG}.html").as_uri())
    page.screenshot(path=tmp_path / "feedback.png", full_page=True)
    assert "The bias must remain." in page.locator("body").inner_text()


def _press(page, row, button, told):
    row.locator(f"{button} a").click()
    page.get_by_text(told).wait_for()
    page.locator(".modal.in").get_by_role("button", name="OK").click()
    page.locator(".modal-backdrop").wait_for(state="detached")
