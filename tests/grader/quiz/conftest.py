"""A course with one lesson, whose bank holds one question of every kind."""

import pytest
import yaml

from grader.quiz import catalog
from grader.quiz.build import build_sealed
from tests.grader.quiz.records import RECORDS


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return the root of a small course; its bank is the one in use."""
    root = tmp_path / "course_root"
    folder = root / "solutions" / "01_small"
    folder.mkdir(parents=True)
    bank = {"questions": list(RECORDS.values())}
    (folder / "quiz.yaml").write_text(yaml.safe_dump(bank, sort_keys=False), encoding="utf-8")
    (root / "grader").mkdir()
    build_sealed(root)
    monkeypatch.setattr(catalog, "FOLDER", root / "grader" / "quizzes")
    yield root
    catalog.forget()


@pytest.fixture
def desk(course, tmp_path, monkeypatch):
    """Return an empty folder, the working directory of a learner of the small course."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return folder
