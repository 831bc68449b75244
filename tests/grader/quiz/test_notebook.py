"""A notebook with a question of every kind, executed, compared by nbval, exported and cheated."""

import os
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook

from grader.quiz import build
from grader.quiz.cells import quiz_cells
from grader.quiz.scoring import score_answers

LESSON = "forward_propagation"
IDS = [
    "neuron-computes",
    "stacked-linear-layers",
    "neuron-by-hand",
    "forward-shapes-trace",
    "bias-as-a-column",
    "forward-pass-order",
    "explain-forward-propagation",
]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def _notebook(*more):
    cells = [new_code_cell("from grader.quiz import quiz"), *quiz_cells(IDS, LESSON), *more]
    return new_notebook(cells=cells, metadata=KERNEL)


def _run(notebook, folder):
    client = nbclient.NotebookClient(
        notebook, store_widget_state=False, resources={"metadata": {"path": str(folder)}}
    )
    return client.execute(env={**os.environ, "PYTHONPATH": str(build.ROOT)})


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """Return the path of an executed notebook beside its question bank."""
    folder = tmp_path_factory.mktemp("solutions")
    bank = next((build.ROOT / "solutions").glob(f"*_{LESSON}")) / "quiz.yaml"
    (folder / "quiz.yaml").write_bytes(bank.read_bytes())
    path = folder / "quiz.ipynb"
    nbformat.write(_run(_notebook(), folder), path)
    return path


def test_the_solved_notebook_shows_full_points(solved):
    *_, last = nbformat.read(solved, as_version=4).cells

    assert last.outputs[0].data["text/plain"] == "6"
    assert sorted(path.name for path in solved.parent.iterdir()) == ["quiz.ipynb", "quiz.yaml"]


@pytest.mark.slow
def test_strict_nbval_passes(solved):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p"]
    command += ["no:cacheprovider", "--rootdir", str(solved.parent), "-c", os.devnull, str(solved)]
    run = subprocess.run(
        command,
        cwd=solved.parent,
        env={**os.environ, "PYTHONPATH": str(build.ROOT)},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stdout


def test_an_export_shows_the_questions_without_a_kernel(solved):
    page, _ = HTMLExporter().from_filename(str(solved))

    assert "Run this cell in JupyterLab to answer" in page
    assert "A weighted sum of its inputs plus a bias, and nothing else." in page
    assert "The order is reversed" not in page


def test_a_score_forged_in_the_learners_process_changes_nothing(tmp_path):
    forged = new_code_cell(
        "import json, pathlib\n"
        "from grader.quiz import facade, points, scoring\n"
        "points.points_of = lambda *_: 1.0\n"
        "scoring.score_answers = lambda *_: {'neuron-computes': 1.0}\n"
        "answer = {'v': 'A', 'points': 1, 'passed': True, 'share': 1.0}\n"
        "text = json.dumps({'schema': 1, 'answers': {'neuron-computes': answer}})\n"
        "pathlib.Path('answers.json').write_text(text)\n"
        "quiz.points('neuron-computes')"
    )
    *_, last = _run(_notebook(forged), tmp_path).cells
    data = Path(tmp_path, "answers.json").read_bytes()

    assert last.outputs[0].data["text/plain"] == "1"
    assert score_answers(data, ["neuron-computes"], LESSON) == {"neuron-computes": 0.0}
