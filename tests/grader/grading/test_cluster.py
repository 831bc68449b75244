"""A real Dask scheduler and two workers on this machine, one of them killed midway."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.grading.errors import GradingError
from tests.grader.grading.small_course import ROOT, solved
from tests.grader.grading.test_run import rows, scores

distributed = pytest.importorskip("distributed", reason="dask[distributed] is not installed")
pytestmark = [pytest.mark.sandbox, pytest.mark.slow, pytest.mark.timeout(600)]
START_SECONDS = 120


class Cluster:
    """A scheduler and its workers, as programs of their own."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.start("scheduler", "--host", self.address)

    def start(self, *arguments):
        """Start one program; its folder holds neither gradebook nor submissions."""
        dask = Path(sys.executable).with_name("dask")
        process = subprocess.Popen(
            [dask, *arguments, "--no-dashboard"],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def work(self):
        """Start a worker."""
        return self.start("worker", self.address, "--nthreads", "1", "--no-nanny")

    def wait_for(self, workers):
        """Wait until so many workers are there."""
        with distributed.Client(
            self.address, timeout=START_SECONDS, set_as_default=False
        ) as client:
            client.wait_for_workers(workers, timeout=START_SECONDS)

    def stop(self):
        """Kill all of it."""
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """Return a cluster of two workers."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    cluster = Cluster(folder)
    cluster.workers = [cluster.work(), cluster.work()]
    try:
        cluster.wait_for(2)
        yield cluster
    finally:
        cluster.stop()


def test_a_killed_worker_costs_nothing(course, notebook, here, cluster):
    from grader.grading.cluster import DaskCluster

    for number in range(24):
        course.submit(f"s{number}", solved(notebook) if number % 2 else notebook)
    killed = []

    class Watched(DaskCluster):
        def map(self, tasks):
            for graded in super().map(tasks):
                if not killed:
                    cluster.workers[0].send_signal(signal.SIGKILL)
                    killed.append(graded.student)
                yield graded

    with Watched(cluster.address) as executor:
        report = here(course, executor)

    assert killed
    assert scores(report) == {f"s{n}": 9 * (n % 2) for n in range(24)}
    twin = type(course)(course.root / "twin", course.release.read_text())
    for number in range(24):
        twin.submit(f"s{number}", solved(notebook) if number % 2 else notebook)
    seed = (course.root / "grader" / "hidden_seed").read_text()
    (twin.root / "grader" / "hidden_seed").write_text(seed)
    here(twin)
    assert rows(course) == rows(twin)


def test_the_command_line_grades_on_the_cluster_and_refuses_another_version(
    course, notebook, cluster, tmp_path
):
    course.submit("ada", solved(notebook))

    report = course.grade("--dask", cluster.address)

    assert report["submissions"][0]["score"] == 9
    other = tmp_path / "other"
    _copy_of_the_course(other)
    cluster.start_elsewhere = subprocess.Popen(
        [Path(sys.executable).with_name("dask"), "worker", cluster.address, "--nthreads", "1",
         "--no-nanny", "--no-dashboard"],
        cwd=other,
        env=os.environ | {"PYTHONPATH": str(other)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    cluster.processes.append(cluster.start_elsewhere)
    cluster.wait_for(3)
    course.submit("bob", solved(notebook))
    refused = course.run("grade", "--dask", cluster.address)
    assert refused.returncode == 1
    assert "another version of the course" in refused.stderr


def _copy_of_the_course(folder):
    """Make a copy in which one check differs."""
    import shutil

    for name in ("grader", "reference_impl"):
        ignore = shutil.ignore_patterns("__pycache__", "gradebook.db*", "submitted", "autograded")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    with (folder / "grader" / "compare.py").open("a") as file:
        file.write("# Another version.\n")


def test_where_no_scheduler_answers_the_message_says_so(monkeypatch):
    from grader.grading import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    start = time.monotonic()

    with (
        pytest.raises(GradingError, match="No Dask scheduler answers"),
        cluster.DaskCluster("tcp://127.0.0.1:9"),
    ):
        pass

    assert time.monotonic() - start < 30
