"""Starts JupyterLab on a folder of notebooks and a headless Chromium to drive it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("COURSE_CHROMIUM") or shutil.which("chromium") or ""
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


def need_browser():
    """Skip, saying why, where there is no browser to drive."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no chromium on the PATH and COURSE_CHROMIUM is not set")


@contextlib.contextmanager
def lab(work, meta):
    """Yield the address of a JupyterLab on the folder `work`; settings go below `meta`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bin_folder = Path(sys.executable).parent
    places = {"CONFIG_DIR": "config", "DATA_DIR": "data"}
    env = {f"JUPYTER_{name}": str(meta / folder) for name, folder in places.items()}
    env |= {f"JUPYTERLAB_{name}": str(meta / name) for name in ("SETTINGS_DIR", "WORKSPACES_DIR")}
    env["PATH"] = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={work}",
        "--LabApp.news_url=",
        "--LabApp.expose_app_in_browser=True",
    ]
    with open(meta / "server.log", "w") as log:
        server = subprocess.Popen(
            [str(bin_folder / "jupyter"), "lab", *options],
            env={**os.environ, **env},
            cwd=work,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api/status")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait(address):
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"JupyterLab did not answer at {address}")


class Notebook:
    """One notebook open in a page."""

    def __init__(self, browser, address, name, height=1300):
        self.page = browser.new_page(viewport={"width": 1100, "height": height})
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{address}/lab/tree/{name}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
        self._wait_idle()

    def _wait_idle(self):
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
            "?.status === 'idle'",
            timeout=90_000,
        )

    def run_all(self):
        """Run every cell."""
        self.command("notebook:run-all-cells")
        self._wait_idle()

    def command(self, name, **args):
        """Run a command of JupyterLab."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args)", [name, args]
        )

    def restart(self):
        """Restart the kernel and run every cell again."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        self._wait_idle()
        self.command("notebook:clear-all-cell-outputs")
        self.run_all()

    @property
    def n_cells(self):
        """How many cells the notebook has."""
        return self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
        )

    def question(self, n):
        """Return the n-th question's box."""
        return self.page.locator(".course-quiz").nth(n)
