"""Builds both notebooks of every lesson from its text, and says which are stale."""

import copy
import os
import shutil
import tempfile
from pathlib import Path

import nbclient
import nbformat
from nbclient.exceptions import CellControlSignal, DeadKernelError

from grader.lesson_source import METADATA, solved_notebook
from grader.release import released

ROOT = Path(__file__).parents[1]
SECONDS = 60  # what a whole lesson may take
# A kernel warns that its messages are not encrypted; they do not leave this machine.
QUIET = ["--log-level=ERROR"]


class BuildError(RuntimeError):
    """A lesson does not build; the message says which and why."""


def sources(names=()):
    """Return the lessons' texts, all of them or those whose folder or slug is named."""
    found = sorted(path for path in ROOT.glob("solutions/*/*.md") if _is_lesson(path))
    unknown = [n for n in names if not any(n in (p.parent.name, p.stem) for p in found)]
    if unknown:
        known = ", ".join(path.parent.name for path in found)
        raise BuildError(f"there is no lesson {unknown[0]!r}; the lessons are {known}")
    return [path for path in found if not names or {path.parent.name, path.stem} & set(names)]


def _is_lesson(path):
    return path.parent.name.partition("_")[2] == path.stem


def paths(source):
    """Return where a lesson's solved and released notebooks lie."""
    name = f"{source.stem}.ipynb"
    return source.with_name(name), ROOT / "course" / source.parent.name / name


def build(source):
    """Write both notebooks of a lesson; return the paths whose bytes changed."""
    solved = solved_notebook(source)
    contents = zip(paths(source), (execute(solved, source), released(solved)), strict=True)
    return [path for path, notebook in contents if _write(path, _text(notebook))]


def stale(source):
    """Return the notebooks that are not what their text builds to; outputs are not compared."""
    solved = solved_notebook(source)
    contents = zip(paths(source), (solved, released(solved)), strict=True)
    return [path for path, notebook in contents if _read_bare(path) != _text(_bare(notebook))]


def execute(notebook, source):
    """Return a copy of a notebook with its outputs, run in a folder that is thrown away."""
    notebook = copy.deepcopy(notebook)
    with tempfile.TemporaryDirectory() as folder:
        # Beside its question bank a notebook shows its quizzes solved, here as in solutions/.
        bank = source.with_name("quiz.yaml")
        if bank.exists():
            shutil.copy(bank, folder)
        client = nbclient.NotebookClient(
            notebook,
            timeout=SECONDS,
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": folder}},
            extra_arguments=QUIET,
        )
        try:
            client.execute(env=_environment())
        except (CellControlSignal, DeadKernelError) as problem:  # it raises, hangs, or ends it all
            raise BuildError(
                f"{source.name}: a cell of the solved notebook fails\n{problem}"
            ) from None
    return _cleaned(notebook, source)


def _environment():
    """Return a kernel's environment that does not depend on who builds."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NBGRADER")}
    return environment | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def _cleaned(notebook, source):
    stamp = {key: value for key, value in notebook.metadata.items() if key == "course"}
    notebook.metadata = nbformat.from_dict(METADATA | stamp)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise BuildError(f"{source.name}: a cell writes to stderr\n{output.text}")
            if "data" in output:
                # A widget cannot be shown without its kernel; its text and picture can.
                output.data.pop("application/vnd.jupyter.widget-view+json", None)
    return notebook


def _bare(notebook):
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _read_bare(path):
    try:
        return _text(_bare(nbformat.read(path, as_version=4)))
    except Exception:  # whatever nbformat makes of a file that is missing, or half a merge
        return ""


def _text(notebook):
    return nbformat.writes(notebook) + "\n"


def _write(path, text):
    """Write a file in one step, only if it would change; say whether it did."""
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)
    return True
