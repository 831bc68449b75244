"""Time grading beside stock nbgrader: ``python benchmarks/grading.py``.

Both grade the same submissions of lesson 01 (solved, half solved, untouched) in one run on one
machine: stock `nbgrader autograde` with its own converter, kernel and in-kernel checks, and
`course grade` with the sandbox. Start-up is counted for neither in "a further submission", and for
both in "all in all".
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

LESSON, SLUG = "01_forward_propagation", "forward_propagation"
TARGET = 20
STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.db_url = "sqlite:///" + {root!r} + "/gradebook.db"
c.CourseDirectory.ignore = ["*.md", "quiz.yaml", "__pycache__", ".ipynb_checkpoints"]
c.Execute.timeout = 60
"""
OURS = """
c = get_config()
load_subconfig("nbgrader_config.py", path={grader!r})
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = "sqlite:///" + {root!r} + "/grader/gradebook.db"
"""


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stock", type=int, default=6, help="submissions for stock nbgrader")
    parser.add_argument("--ours", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    kinds = submissions()
    stock = time_stock(kinds, options.stock)
    print(f"stock nbgrader autograde, a further submission     {1000 * stock:8.1f} ms", flush=True)
    times = []
    for count in options.ours:
        wall, memory = time_ours(kinds, count, options.workers)
        times.append((count, wall))
        print(
            f"course grade, {count:5} submissions, all in all        "
            f"{1000 * wall / count:8.1f} ms each; largest worker {memory:.0f} MB",
            flush=True,
        )
    (few, short), (many, long) = times[0], times[-1]
    ours = (long - short) / (many - few) if many > few else long / many
    print(f"course grade, {options.workers} workers, a further submission  {1000 * ours:8.1f} ms")
    print(f"ratio of throughputs {stock / ours:.1f} (target: at least {TARGET})")


def submissions():
    """Return the notebooks that are handed in, in turn."""
    from grader.exercises import registry
    from grader.stub import BEGIN, END, answer_text

    released = json.loads((ROOT / "course" / LESSON / f"{SLUG}.ipynb").read_text())
    kinds = []
    for share in (1.0, 0.5, 0.0):
        notebook = json.loads(json.dumps(released))
        answers = [
            c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution")
        ]
        for cell in answers[: round(share * len(answers))]:
            exercise = registry()[cell["metadata"]["nbgrader"]["grade_id"]]
            lines = answer_text(exercise).split("\n")
            cell["source"] = "\n".join(x for x in lines if x.strip() not in (BEGIN, END))
        kinds.append(json.dumps(notebook))
    return kinds


def time_stock(kinds, count):
    """Return the seconds that stock nbgrader takes for one submission more."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "nbgrader_config.py").write_text(STOCK.format(root=folder))
        source = root / "source" / LESSON
        source.mkdir(parents=True)
        solved = ROOT / "solutions" / LESSON / f"{SLUG}.ipynb"
        (source / solved.name).write_bytes(solved.read_bytes())
        run(root, "nbgrader", "generate_assignment", LESSON)
        times = []
        for students in ([0], range(1, count + 1)):
            for number in students:
                hand_in(root / "submitted", f"s{number}", kinds[number % len(kinds)])
            times.append(run(root, "nbgrader", "autograde", LESSON))
    # The second run finds the first student graded and grades the others.
    # Both runs start up once, and the first grades one submission.
    return (times[1] - times[0]) / (count - 1)


def time_ours(kinds, count, workers):
    """Return the seconds in all, and the peak memory of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "grader").mkdir()
        (root / "nbgrader_config.py").write_text(
            OURS.format(root=folder, grader=str(ROOT / "grader"))
        )
        (root / "course").symlink_to(ROOT / "course")
        for number in range(count):
            hand_in(root / "grader" / "submitted", f"s{number}", kinds[number % len(kinds)])
        report = root / "report.json"
        peak = [0.0]
        arguments = ["grader", "grade", LESSON, "--workers", str(workers), "--json", str(report)]
        wall = run(root, *arguments, peak=peak)
        found = json.loads(report.read_text())
        assert len(found["submissions"]) == count
        return wall, peak[0]


def hand_in(submitted, student, text):
    """Put a submission in place."""
    path = submitted / student / LESSON / f"{SLUG}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(text)


def run(folder, *arguments, peak=None):
    """Run a module as a program and return the seconds it took."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(folder / ".jupyter"),
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if peak is not None:
        threading.Thread(target=watch, args=(process.pid, peak), daemon=True).start()
    _, errors = process.communicate()
    if process.returncode:
        raise SystemExit(errors.decode()[-3000:])
    return time.perf_counter() - start


def watch(pid, peak):
    """Note the largest memory of any process below one, in MB, as long as it lives."""
    while Path(f"/proc/{pid}").exists():
        for child in descendants(pid):
            peak[0] = max(peak[0], peak_memory(child))
        time.sleep(0.3)


def descendants(pid):
    """Return the ids of all processes below one."""
    below = []
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return below
    for child in " ".join(tasks).split():
        below += [int(child), *descendants(int(child))]
    return below


def peak_memory(pid):
    """Return the largest memory a process has had, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        return 0.0


if __name__ == "__main__":
    main()
