"""Starts JupyterLab as a learner does, and drives it in a headless Chromium."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook

from grader import lab

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
CURRENT = "window.jupyterapp?.shell.currentWidget"
NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"


def chromium():
    """Return the path of a Chromium, or None; the variable COURSE_CHROMIUM names another."""
    named = [os.environ.get("COURSE_CHROMIUM"), *map(shutil.which, NAMES), *PLACES]
    return next((path for path in named if path and Path(path).exists()), None)


@contextlib.contextmanager
def serve(folder, settings, *, instructor=False):
    """Yield the address of a JupyterLab on a folder.

    Parameters
    ----------
    folder : Path
        What a learner's copy of the course would be, or an instructor's course.
    settings : Path
        An empty folder, for all that Jupyter would else keep in the home.
    instructor : bool
        Offer formgrader.
    """
    port = _free_port()
    command = lab.command(
        folder,
        [
            "--no-browser",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.ip=127.0.0.1",
            "--IdentityProvider.token=",
            "--LabApp.expose_app_in_browser=True",
        ],
    )
    with open(settings / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command,
            env=_environment(settings, instructor),
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _environment(settings, instructor):
    names = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
    names += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
    own = lab.environment(instructor=instructor)
    return own | {name: str(settings / name.lower()) for name in names}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address, server, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            return urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"JupyterLab did not answer at {address}")


def write_notebook(path, cells):
    """Write a notebook that runs in the course's kernel."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), path)


class Notebook:
    """One notebook open in a page; JupyterLab's own commands move it.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        The Chromium.
    address : str
        Where JupyterLab serves.
    name : str
        The notebook's path in the served folder.
    height : int
        How many pixels of the page are seen at once.
    """

    def __init__(self, browser, address, name, height=1300):
        self.page = browser.new_page(viewport={"width": 1100, "height": height})
        self.page.set_default_timeout(90_000)
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{address}/lab/tree/{name}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.wait_until_idle()

    def command(self, name, **options):
        """Run a command of JupyterLab; clicks on its menus get lost now and then."""
        self.page.evaluate(
            "([name, options]) => window.jupyterapp.commands.execute(name, options)",
            [name, options],
        )

    def wait_until_idle(self):
        """Wait until the kernel has nothing to do."""
        kernel = f"{CURRENT}?.sessionContext?.session?.kernel"
        self.page.wait_for_function(f"() => {kernel}?.status === 'idle'")

    def run_all(self):
        """Run every cell and wait for the last."""
        self.command("notebook:run-all-cells")
        self.wait_until_idle()

    def restart(self):
        """Restart the kernel, forget all outputs, and run every cell."""
        self.page.evaluate(f"() => {CURRENT}.sessionContext.session.kernel.restart()")
        self.wait_until_idle()
        self.command("notebook:clear-all-cell-outputs")
        self.run_all()

    def use_theme(self, theme):
        """Switch to the "light" or the "dark" theme."""
        self.command("apputils:change-theme", theme=THEMES[theme])
        is_light = str(theme == "light").lower()
        self.page.wait_for_selector(f"body[data-jp-theme-light={is_light}]", state="attached")

    def output(self, n):
        """Return the n-th cell's outputs, counted from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(n).locator(".jp-OutputArea-output")

    def question(self, n):
        """Return the n-th quiz question's box, counted from 0."""
        return self.page.locator(".course-quiz").nth(n)

    def set_source(self, n, source):
        """Replace the text of the n-th cell."""
        self.page.evaluate(
            f"([n, source]) => {NOTEBOOK}.model.cells.get(n).sharedModel.setSource(source)",
            [n, source],
        )

    def run_cell(self, n):
        """Run the n-th cell and wait for it."""
        self.page.evaluate(f"n => {{ {NOTEBOOK}.activeCellIndex = n }}", n)
        self.command("notebook:run-cell")
        self.wait_until_idle()

    @property
    def n_cells(self):
        """How many cells the notebook has."""
        return self.page.evaluate(f"() => {NOTEBOOK}.model.cells.length")
