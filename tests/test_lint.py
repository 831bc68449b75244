"""The style checks, so that one report says all."""

import subprocess
from pathlib import Path

import pytest

from grader.testing import lint_commands

ROOT = Path(__file__).parents[1]
COMMANDS = lint_commands(fix=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_style_check_finds_nothing(name):
    done = subprocess.run(COMMANDS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
