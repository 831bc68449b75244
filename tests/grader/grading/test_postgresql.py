"""The gradebook in PostgreSQL: a real server, started by an unprivileged user on a free port."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.grader.grading.test_run import a_class, rows, scores

pytest.importorskip("psycopg", reason="psycopg is not installed")
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres"
pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.slow,
    pytest.mark.skipif(
        not PROGRAMS and shutil.which("initdb") is None,
        reason="PostgreSQL is not installed (Debian: apt install postgresql)",
    ),
]


@pytest.fixture(scope="module")
def server():
    """Start a server and return the address of its database."""
    programs = PROGRAMS[-1] if PROGRAMS else Path(shutil.which("initdb")).parent
    home = Path(tempfile.mkdtemp(prefix="pg"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, USER)

    def run(program, *arguments):
        command = [str(programs / program), "-D", str(home / "data"), *arguments]
        user = {"user": USER} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL, **user)

    run("initdb", "-A", "trust", "-U", "grader", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off"
    run("pg_ctl", "-w", "-l", str(home / "log"), "-o", options, "start")
    yield f"postgresql+psycopg://grader@127.0.0.1:{port}/postgres"
    run("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(home, ignore_errors=True)


def test_the_rows_are_those_of_sqlite(server, course, notebook, here):
    twin = type(course)(course.root / "twin", course.release.read_text())
    course.gradebook = server
    course.configure()
    for one in (course, twin):
        a_class(one, notebook)
        one.submit("gil", notebook, timestamp="2031-01-02 10:00:00 UTC")
        (one.root / "grader" / "hidden_seed").write_text("12345\n")

    report, other = here(course), here(twin)

    assert scores(report) == scores(other)
    assert comparable(rows(course)) == comparable(rows(twin))
    assert here(course).kept == 7


def comparable(found):
    """Return rows without what the two drivers write differently: dates, truth values."""
    for old, new in {
        "datetime.datetime(2031, 1, 2, 10, 0)": "'2031-01-02 10:00:00.000000'"
    }.items():
        found = [row.replace(old, new) for row in found]
    return sorted(row.replace("False", "0").replace("True", "1") for row in found)


def test_a_server_that_is_not_there_is_named_without_its_password(course, notebook, here):
    from grader.grading.errors import GradingError

    course.gradebook = "postgresql+psycopg://grader:secret@127.0.0.1:9/postgres"
    course.configure()
    course.submit("ada", notebook)
    start = time.monotonic()

    with pytest.raises(GradingError, match="Is the server running") as problem:
        here(course)

    assert "secret" not in str(problem.value)
    assert time.monotonic() - start < 30
