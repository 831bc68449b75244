"""Opens JupyterLab: for a learner on the own copy of the course, for an instructor on all of it."""

import os
import sys
from pathlib import Path

from grader.bootstrap import become
from grader.learner_copy import MY_COURSE, ROOT, prepare
from grader.progress import MARKER

SETTINGS = ROOT / "grader" / "lab_settings"
FIRST = "00_start_here/start_here.ipynb"


def start(arguments=(), *, instructor=False):
    """Run JupyterLab until it is stopped, and return its exit status.

    Parameters
    ----------
    arguments : sequence of str
        Further options of ``jupyter lab``, such as ``--no-browser``.
    instructor : bool
        Open the repository with nbgrader's formgrader, not the learner's copy.
    """
    folder = ROOT if instructor else MY_COURSE
    if instructor:
        # nbgrader's panels complain while there is nowhere to hand work in.
        (ROOT / "grader" / "exchange").mkdir(exist_ok=True)
    else:
        _announce(prepare())
    os.chdir(folder)
    return become(command(folder, arguments), environment(instructor=instructor))


def command(folder, arguments=()):
    """Return the command line of JupyterLab in a folder."""
    first = first_notebook(folder)
    address = f"/lab/tree/{first}" if first else "/lab"
    return [
        *(sys.executable, "-P", "-m", "jupyterlab"),
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={address}",
        *(["--allow-root"] if _is_root() else []),
        *arguments,
    ]


def environment(*, instructor=False):
    """Return the variables JupyterLab starts with.

    Learners have nbgrader's Validate, but none of its panels for instructors.
    """
    data = Path(sys.prefix) / "share" / "jupyter"
    roles = ["everyone"] if instructor else ["learner", "everyone"]
    settings = [SETTINGS / role for role in roles]
    # Tabs of the learner's other projects have no business in the course.
    own = {} if instructor else {"JUPYTERLAB_WORKSPACES_DIR": str(MY_COURSE / MARKER / "tabs")}
    return {
        **os.environ,
        **own,
        # nbgrader calls `alembic` by its name alone.
        "PATH": _before("PATH", Path(sys.executable).parent),
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", *settings),
        # First of all places, so that a user's own `python3` kernel is not taken for this one.
        "JUPYTER_PATH": _before("JUPYTER_PATH", data),
    }


def first_notebook(folder):
    """Return where the course begins, relative to the folder, or None."""
    if (folder / FIRST).exists():
        return FIRST
    lessons = sorted(folder.glob("[0-9][0-9]_*/*.ipynb"))
    return lessons[0].relative_to(folder).as_posix() if lessons else None


def _before(variable, *paths):
    return os.pathsep.join([*map(str, paths), *filter(None, [os.environ.get(variable)])])


def _announce(added):
    lessons = sorted({path.parent.name for path in added if path.suffix == ".ipynb"})
    if lessons:
        print(f"New in {MY_COURSE.name}/: {', '.join(lessons)}", flush=True)


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0
