"""Hostile submissions through the real command line, each named by the outcome it must have.

``tests/grader/submissions/<outcome>__<what>.py`` is one submission. Its first line names its class
and what it tries; a section ``# %%`` is a cell the learner added, ``# %% neuron`` an answer. What
succeeds in reading, changing or reaching something says so by raising "ATTACK SUCCEEDED". Outcomes:

- ``nothing``: put into an untouched notebook it earns no point;
- ``others``: put into a solved notebook it costs `neuron` and nothing else;
- ``full``: put into a solved notebook it costs nothing.

Damaged files (class e) come from `test_screening` and from `ODD_FILES` here.
"""

import json
import os
import re
import shutil
import socket
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from grader.grading.folder import recorded_as
from tests.grader.grading import test_screening as screening
from tests.grader.grading.small_course import FOLDER, ROOT, SmallCourse, answered, code, solved

pytestmark = [pytest.mark.sandbox, pytest.mark.slow, pytest.mark.timeout(1800)]
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions").glob("*__*.py"))
CANARY = "canary-7f3a91d2c4"
SCORES = {"nothing": 0, "others": 7, "full": 9}
SCRIPT = "<script>alert('own')</script>"
SECTION = re.compile(r"^# %%(?: (\w+))?$", flags=re.MULTILINE)


def notebook_of(path, notebook, port):
    """Return the notebook that a hostile submission hands in."""
    outcome = path.name.partition("__")[0]
    _, *sections = SECTION.split(path.read_text().replace("CANARY_PORT", str(port)))
    parts = list(zip(sections[::2], sections[1::2], strict=True))
    answers = {name: source.strip() for name, source in parts if name}
    base = notebook if outcome == "nothing" else solved(notebook)
    hostile = answered(base, answers)
    added = [code(source.strip()) for name, source in parts if not name]
    hostile["cells"][2:2] = added
    return hostile


def scripted(notebook):
    """Return a notebook with a script in every place that a page could show."""
    notebook = solved(notebook)
    text = {"text/html": SCRIPT, "text/plain": SCRIPT, "image/svg+xml": SCRIPT}
    picture = {"image/png": f"x'>{SCRIPT}"}
    for cell in notebook["cells"]:
        cell["source"] += f"\n# {SCRIPT}"
        cell["metadata"] |= {"name": SCRIPT, "tags": [SCRIPT], "collapsed": SCRIPT}
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "data": data, "metadata": {}}
                for data in (text, picture)
            ]
        else:
            cell["attachments"] = {"a.svg": {"image/svg+xml": SCRIPT}}
            cell["source"] += (
                f"\n![a](attachment:a.svg) [b](javascript:alert(1)) $\\href{{}}$ {SCRIPT}"
            )
    notebook["metadata"] |= {"title": SCRIPT, "language_info": {"name": SCRIPT}}
    return notebook


def damaged(course):
    """Hand in every damaged file there is; return who must be refused."""
    for name, data in screening.DAMAGED.items():
        course.submit(f"e-{name}", data)
    for make in [*screening.TRAPS, screening.make_sparse_giant]:
        path = course.path(f"e-{make.__name__}")
        path.parent.mkdir(parents=True)
        make(path)
    for name, make in ODD_FILES.items():
        make(course, f"e-{name}")
    for name in ODD_NAMES:
        os.makedirs(os.path.join(os.fsencode(course.submitted), name, FOLDER.encode()))
    found = [student for student in os.listdir(course.submitted) if student.startswith("e-")]
    return [recorded_as(student) for student in found]


def missing_file(course, student):
    """Make a folder without a notebook."""
    course.path(student).parent.mkdir(parents=True)


def other_name(course, student):
    """Hand in a notebook of another name."""
    path = course.submit(student, "{}")
    path.rename(path.with_name("Copy of forward_propagation.ipynb"))


def lesson_is_a_file(course, student):
    """Make a file where the lesson's folder should be."""
    course.path(student).parents[1].mkdir()
    course.path(student).parent.write_text("not a folder")


def lesson_is_a_link(course, student):
    """Link to somebody else's folder."""
    course.path(student).parents[1].mkdir()
    course.path(student).parent.symlink_to(course.path("witness").parent)


def student_is_a_link(course, student):
    """Link to somebody else."""
    (course.submitted / student).symlink_to(course.submitted / "witness")


ODD_FILES = {
    make.__name__: make
    for make in (missing_file, other_name, lesson_is_a_file, lesson_is_a_link, student_is_a_link)
}


ODD_NAMES = (b"e-\xff\xfe", b"e-a\nb", b"e-\x1b[2J", b"e-" + 200 * b"x", b"e-blank ")


class Listener:
    """Counts who connects to this machine."""

    def __enter__(self):
        """Listen."""
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def _count(self):
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.connections += 1

    def __exit__(self, *problem):
        """Stop."""
        self._socket.close()


class Outcome:
    """One grading run over all of it, and what was there before and after."""


def fingerprint():
    """Return the state of what no submission may change."""
    import numpy

    folders = [ROOT / "grader", ROOT / "reference_impl", Path(numpy.__file__).parent]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    return {path: path.stat().st_mtime_ns for path in files}


@pytest.fixture(scope="module")
def run(released, tmp_path_factory):
    """Grade all hostile submissions in one run."""
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    course = SmallCourse(tmp_path_factory.mktemp("hostile"), released)
    (course.root / "canary.txt").write_text(CANARY)
    outcome = Outcome()
    outcome.course = course
    with Listener() as listener:
        for path in SUBMISSIONS:
            course.submit(path.stem, notebook_of(path, notebook, listener.port))
        course.submit("script", scripted(notebook))
        course.submit("witness", solved(notebook))
        course.submit("zz-witness", solved(notebook))
        outcome.damaged = damaged(course)
        before, submitted = fingerprint(), _contents(course.submitted)
        start = time.monotonic()
        report = course.grade(env={"CANARY": CANARY}, timeout=1500)
        outcome.seconds = time.monotonic() - start
        outcome.connections = listener.connections
    outcome.changed = [path for path, when in before.items() if _changed(path, when)]
    outcome.submitted_changed = _contents(course.submitted) != submitted
    outcome.entries = {entry["student"]: entry for entry in report["submissions"]}
    yield outcome
    shutil.rmtree(course.root, ignore_errors=True)


def _changed(path, when):
    return not path.exists() or (path.stat().st_mtime_ns != when and ROOT not in path.parents)


def _contents(folder):
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 10**7
    }


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: path.stem)
def test_the_outcome_is_the_one_in_the_name(run, path):
    entry = run.entries[path.stem]

    assert entry["score"] == SCORES[path.name.partition("__")[0]], entry
    assert entry["status"].startswith("graded")


def test_every_damaged_file_is_named_and_costs_its_owner_alone(run):
    wrong = {
        student: run.entries.get(student)
        for student in run.damaged
        if run.entries[student]["score"] != 0
        or not run.entries[student]["status"].startswith(("refused: ", "missing: "))
    }

    assert wrong == {}
    assert len(run.damaged) >= 45


def test_honest_work_between_them_has_its_points(run):
    assert [run.entries[name]["score"] for name in ("witness", "zz-witness")] == [9, 9]


def test_no_attack_says_that_it_succeeded_and_no_canary_is_in_what_is_kept(run):
    kept = [path for path in (run.course.root / "grader").rglob("*") if path.is_file()]
    kept = [path for path in kept if run.course.submitted not in path.parents]
    texts = {path: path.read_bytes() for path in [*kept, run.course.root / "report.json"]}

    assert [p for p, text in texts.items() if CANARY.encode() in text] == []
    raised = [s for s, entry in run.entries.items() if "raised RuntimeError" in entry["status"]]
    assert raised == []


def test_nobody_reached_the_network(run):
    assert run.connections == 0


def test_nothing_outside_was_changed(run):
    assert run.changed == []
    assert not run.submitted_changed


def test_nothing_survives(run):
    alive = [
        path
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"99887" in _read(path) or (str(run.course.root).encode() in _read(path))
    ]

    assert alive == []


def _read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_submission_delays_others_by_its_own_limits_only(run):
    assert run.seconds < 900


def test_the_suite_covers_every_class():
    classes = Counter(path.read_text().split(":")[0].removeprefix("# ") for path in SUBMISSIONS)

    assert {"a", "b", "c", "d", "f"} <= classes.keys()
    assert sum(classes.values()) >= 60


def test_feedback_of_all_of_it_runs_no_script(run):
    done = run.course.nbgrader("generate_feedback", FOLDER, timeout=900)

    assert done.returncode == 0, done.stderr[-2000:]
    pages = {p: p.read_text() for p in (run.course.root / "grader" / "feedback").rglob("*.html")}
    assert [path for path, page in pages.items() if SCRIPT in page] == []
    assert [path for path, page in pages.items() if 'href="javascript:' in page] == []
    assert len(pages) == len(run.entries)
