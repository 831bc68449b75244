"""A course of one short lesson, built as the real ones are, and notebooks to submit to it."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import nbformat

from grader.exercises import registry
from grader.grading.lesson import load_lesson
from grader.lesson_source import solved_notebook
from grader.release import released
from grader.stub import BEGIN, END, answer_text

ROOT = Path(__file__).parents[3]
FOLDER, SLUG = "01_forward_propagation", "forward_propagation"
EXERCISES = ("neuron", "linear_forward", "mlp_forward")
QUESTION = "neuron-computes"
CONFIG = """
import pathlib
c = get_config()
load_subconfig({shared!r}, path={folder!r})
root = pathlib.Path({root!r})
c.CourseDirectory.root = str(root)
c.CourseDirectory.db_url = {gradebook!r}
c.Exchange.root = str(root / "exchange")
"""
TEXT = """---
kernelspec: {name: python3, display_name: Python 3, language: python}
---

# A short lesson

```{code-cell}
# Set-up: run this cell first.
import numpy as np

from grader import check, quiz

rng = np.random.default_rng(0)
```

```{code-cell}
from reference_impl import linear

linear.linear_forward(rng.normal(size=(2, 3)), np.ones((3, 2)), np.zeros(2))[0].shape
```

## Exercises

```{code-cell}
# exercise: neuron
```

Some words between.

```{code-cell}
# exercise: linear_forward
```

```{code-cell}
# exercise: mlp_forward
```

```{code-cell}
# quiz: neuron-computes
```
"""


def source_text(folder):
    """Write the lesson's text below a folder and return its path."""
    path = Path(folder) / "solutions" / FOLDER / f"{SLUG}.md"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    return path


def release_text():
    """Return the released notebook's text."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return nbformat.writes(released(solved_notebook(source_text(folder)))) + "\n"


def solution(name):
    """Return the model answer of an exercise as a cell's source."""
    lines = answer_text(registry()[name]).split("\n")
    return "\n".join(line for line in lines if line.strip() not in (BEGIN, END))


def mistake(exercise, name):
    """Return a cell in which a listed wrong version is the answer."""
    import inspect
    import textwrap

    wrong = next(m for m in registry()[exercise].mistakes if m.__name__ == name)
    text = textwrap.dedent(inspect.getsource(wrong)).replace(f"def {name}(", f"def {exercise}(")
    return text


def answered(notebook, answers):
    """Return a copy of a notebook with answer cells filled in."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell["source"] = answers[grade_id]
    return notebook


def solved(notebook):
    """Return a copy of a notebook with every exercise solved."""
    return answered(notebook, {name: solution(name) for name in EXERCISES})


def cell_of(notebook, grade_id):
    """Return the cell of a grade id."""
    return next(
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def code(source, **metadata):
    """Return a new code cell as JSON."""
    return {
        "cell_type": "code",
        "id": "added000",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


class SmallCourse:
    """The folders of a course.

    Parameters
    ----------
    root : Path
        Where it lies.
    text : str
        The released notebook.
    """

    def __init__(self, root, text):
        self.root = Path(root)
        self.release = self.root / "course" / FOLDER / f"{SLUG}.ipynb"
        self.release.parent.mkdir(parents=True)
        self.release.write_text(text)
        self.gradebook = f"sqlite:///{self.root}/grader/gradebook.db"
        self.submitted = self.root / "grader" / "submitted"
        self.submitted.mkdir(parents=True)
        self.configure()

    def configure(self):
        """Write the nbgrader configuration: the course's own, with other folders."""
        text = CONFIG.format(
            shared="nbgrader_config.py",
            folder=str(ROOT / "grader"),
            root=str(self.root),
            gradebook=self.gradebook,
        )
        (self.root / "nbgrader_config.py").write_text(text)

    @property
    def lesson(self):
        """The lesson."""
        return load_lesson(self.release)

    def path(self, student):
        """Return where a submission lies."""
        return self.submitted / student / FOLDER / f"{SLUG}.ipynb"

    def submit(self, student, notebook, answers=None, timestamp=None):
        """Put a submission in place: JSON, text or bytes."""
        path = self.path(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(notebook, (bytes, str)):
            notebook = json.dumps(notebook)
        path.write_bytes(notebook.encode() if isinstance(notebook, str) else notebook)
        if answers is not None:
            (path.parent / "answers.json").write_text(json.dumps(answers))
        if timestamp is not None:
            (path.parent / "timestamp.txt").write_text(timestamp)
        return path

    def run(self, *arguments, timeout=200, **options):
        """Run a command of the course in its folder and return the completed process."""
        command = [sys.executable, "-m", "grader", *map(str, arguments)]
        return self._run(command, timeout, options)

    def nbgrader(self, *arguments, timeout=200):
        """Run an nbgrader command in the folder of the course."""
        return self._run([sys.executable, "-m", "nbgrader", *map(str, arguments)], timeout, {})

    def _run(self, command, timeout, options):
        import os

        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "JUPYTER_CONFIG_DIR": str(self.root / ".jupyter"),
            "JUPYTER_DATA_DIR": str(self.root / ".jupyter-data"),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
        }
        return subprocess.run(
            command,
            cwd=self.root,
            env=environment | options.pop("env", {}),
            capture_output=True,
            text=True,
            timeout=timeout,
            **options,
        )

    def grade(self, *arguments, **options):
        """Run ``course grade`` and return the JSON report."""
        report = self.root / "report.json"
        done = self.run("grade", "--json", report, *arguments, **options)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(report.read_text())
