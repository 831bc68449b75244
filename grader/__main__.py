"""``python -m grader`` is the ``course`` command."""

from grader.cli import app

app(prog_name="course")
