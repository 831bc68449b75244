"""Time the way from a check cell to its card in JupyterLab: ``python benchmarks/card.py``.

Every exercise of lesson 01 is answered and checked once, as a learner would, in headless Chromium;
what counts is the time from running the check cell until its card can be read.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader.card import PASSED  # noqa: E402
from grader.learner_copy import COURSE, prepare  # noqa: E402
from tests.browser import harness  # noqa: E402

LESSON = "01_forward_propagation/forward_propagation.ipynb"
TARGET = 0.5


def main():
    """Measure and print."""
    if harness.chromium() is None:
        print("cards are not timed: there is no Chromium here")
        return 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as settings:
        prepare(COURSE, Path(folder))
        with harness.serve(Path(folder), Path(settings)) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=harness.chromium(), args=harness.ARGS)
            seconds = [*first_views(harness.Notebook(browser, address, LESSON))]
            browser.close()
    print(f"the first card after the start of the kernel   {1000 * seconds[0]:6.0f} ms")
    print(
        f"median of {len(seconds)} first views of a card            "
        f"{1000 * statistics.median(seconds):6.0f} ms (target: below {1000 * TARGET:.0f})"
    )
    return int(statistics.median(seconds) >= TARGET)


def first_views(notebook):
    """Yield the seconds each exercise's card takes to appear, in the order of the lesson."""
    cells = nbformat.read(COURSE / LESSON, as_version=4).cells
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    solved = nbformat.read(ROOT / "solutions" / LESSON, as_version=4).cells
    answers = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in solved}
    notebook.run_cell(next(n for n, cell in enumerate(cells) if cell.cell_type == "code"))
    for name in [one.removesuffix("-check") for one in ids if one.endswith("-check")]:
        notebook.set_source(ids.index(name), answers[name])
        notebook.run_cell(ids.index(name))
        check = ids.index(f"{name}-check")
        notebook.page.evaluate(f"n => {{ {harness.NOTEBOOK}.activeCellIndex = n }}", check)
        card = notebook.output(check).get_by_text(PASSED[1]).first
        start = time.perf_counter()
        notebook.command("notebook:run-cell")
        card.wait_for()
        yield time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
