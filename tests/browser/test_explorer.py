"""Moves an explorer in JupyterLab, by keyboard, in both themes."""

import pytest
from nbformat.v4 import new_code_cell

from viz.a11y import BOX, STATUS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CELLS = ["from viz import explorers", "explorers.small_network()"]


@pytest.fixture
def explorer(open_notebook):
    """Return a notebook with the small network, drawn and cared for."""
    notebook = open_notebook("explorer.ipynb", [new_code_cell(text) for text in CELLS])
    notebook.run_all()
    notebook.page.wait_for_selector(f".{BOX} .noUi-handle[aria-label][data-lm-suppress-shortcuts]")
    return notebook


def _caption(explorer):
    return explorer.page.locator(f".{STATUS}")


def test_arrow_keys_move_a_slider_and_the_caption_follows(explorer):
    before = _caption(explorer).inner_text()

    explorer.page.get_by_role("slider", name="input x1", exact=True).focus()
    explorer.page.keyboard.press("ArrowRight")

    explorer.page.wait_for_function(
        "([status, before]) => document.querySelector(status).innerText !== before",
        arg=[f".{STATUS}", before],
    )
    assert "Z1 = (0.78, -1.36)" in _caption(explorer).inner_text()
    assert explorer.errors == []


def test_letters_on_a_control_leave_the_notebook_alone(explorer):
    for role, name in [("slider", "input x1"), ("button", "Start again")]:
        explorer.page.get_by_role(role, name=name, exact=True).focus()
        for key in ("x", "d", "d"):
            explorer.page.keyboard.press(key)

    assert explorer.n_cells == len(CELLS)


def test_start_again_puts_the_sliders_back(explorer):
    before = _caption(explorer).inner_text()
    explorer.page.get_by_role("slider", name="input x2", exact=True).focus()
    explorer.page.keyboard.press("ArrowRight")
    explorer.page.wait_for_timeout(1000)

    explorer.page.get_by_role("button", name="Start again", exact=True).click()

    explorer.page.wait_for_function(
        "([status, before]) => document.querySelector(status).innerText === before",
        arg=[f".{STATUS}", before],
    )


def test_caption_is_a_live_region(explorer):
    assert _caption(explorer).get_attribute("role") == "status"
    assert _caption(explorer).get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(explorer, theme, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    explorer.use_theme(theme)
    explorer.page.wait_for_timeout(1000)

    report = axe.run(explorer.page, context=f".{BOX}").response["violations"]
    explorer.page.screenshot(path=tmp_path / f"{theme}.png")

    assert [v["id"] for v in report if v["impact"] in {"serious", "critical"}] == []
