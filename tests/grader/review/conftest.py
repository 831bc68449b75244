"""A learner's copy with three misses, and a clock that tests can turn."""

import json
from datetime import UTC, datetime

import pytest

START = datetime(2026, 1, 1, tzinfo=UTC)
QUESTION = "question/neuron-computes"
MISTAKE = "mistake/linear_backward/_bias_averaged"


def write_events(home, *events):
    """Append events to a learner's progress."""
    lines = "".join(json.dumps(event) + "\n" for event in events)
    with open(home / "progress.jsonl", "a", encoding="utf-8") as file:
        file.write(lines)


def miss(name, time=START):
    return {"kind": "quiz", "name": name, "passed": False, "time": time.isoformat()}


@pytest.fixture
def clock():
    """Return a function that tells `clock.time`."""

    def clock():
        return clock.time

    clock.time = START
    return clock


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a copy in which a question and a mistake were met, and one thing that is gone."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".course").mkdir()
    mistake = MISTAKE.partition("/")[2]
    check = {"kind": "check", "name": "linear_backward", "passed": False, "mistake": mistake}
    passed = {"kind": "quiz", "name": "bias-gradient", "passed": True}
    write_events(
        tmp_path,
        miss("neuron-computes"),
        {**check, "time": START.isoformat()},
        {**passed, "time": START.isoformat()},
        miss("a-question-of-long-ago"),
    )
    return tmp_path
