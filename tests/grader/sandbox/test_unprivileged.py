"""The attacks once more, as a user without any privilege: what holds for root holds there too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import launch

NOBODY = "65534"
AS_NOBODY = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]


def shown(path):
    """Return options of bubblewrap that show everybody a path in a closed home or below /tmp."""
    parents = list(reversed(Path(path).parents))
    closed = [
        number
        for number, folder in enumerate(parents)
        if not folder.stat().st_mode & 0o001 or folder == Path("/tmp")
    ]
    if not closed:
        return []
    view = ["--tmpfs", str(parents[closed[0]])]
    for folder in parents[closed[0] + 1 :]:
        view += ["--perms", "0755", "--dir", str(folder)]
    return [*view, "--ro-bind", str(path), str(path)]


@pytest.mark.sandbox
@pytest.mark.slow
def test_the_attacks_fail_without_privileges_too():
    if os.geteuid() != 0:
        pytest.skip("these tests run as a user without privileges already")
    view = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--perms", "1777"]
    view += ["--tmpfs", "/tmp", *shown(sys.base_prefix), *shown(launch.ROOT)]
    attacks = [str(Path(__file__).with_name(f"test_{n}.py")) for n in ("containment", "denial")]
    tests = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *attacks]

    ran = subprocess.run(
        [*view, *AS_NOBODY, *tests], cwd=launch.ROOT, capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    assert "2 skipped" in ran.stdout
