"""What the browser tests share: one JupyterLab a worker, one Chromium a file."""

from types import SimpleNamespace

import pytest

from grader.learner_copy import COURSE, prepare
from tests.browser import harness


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    """Return the address and the folder of a JupyterLab on a fresh learner's copy."""
    _need_chromium()
    folder = tmp_path_factory.mktemp("my_course")
    prepare(COURSE, folder)
    with harness.serve(folder, tmp_path_factory.mktemp("settings")) as address:
        yield SimpleNamespace(address=address, folder=folder)


@pytest.fixture(scope="module")
def browser():
    """Return a Chromium; it ends with the file, as its event loop would be in others' way."""
    path = _need_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=harness.ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_notebook(jupyterlab, browser):
    """Return a function that opens a notebook by its path, written first if cells are given."""
    opened = []

    def opener(name, cells=None, **options):
        if cells is not None:
            harness.write_notebook(jupyterlab.folder / name, cells)
        opened.append(harness.Notebook(browser, jupyterlab.address, name, **options))
        return opened[-1]

    yield opener
    for notebook in opened:
        notebook.page.close()


def _need_chromium():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = harness.chromium()
    if path is None:
        pytest.skip("no Chromium here: install one, or name it in COURSE_CHROMIUM")
    return path
