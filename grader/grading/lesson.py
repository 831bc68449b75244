"""A released lesson as grading sees it: what is asked, and which cells are the author's."""

import ast
import functools
import hashlib
import json
import zlib
from dataclasses import dataclass

from grader.exercises import allowed_imports, lesson_of, registry
from grader.grading.errors import GradingError
from grader.lesson_version import version_of

CHECK = "-check"
REPETITIONS = 10  # how often a cell of the same source may stand in a lesson


@dataclass(frozen=True)
class Graded:
    """One check cell."""

    grade_id: str
    points: float
    exercise: str = ""
    questions: tuple[str, ...] = ()
    """Ids of quiz questions, if it is no exercise."""

    @property
    def name(self):
        """How it is called in reports."""
        return self.exercise or self.grade_id


@dataclass(frozen=True)
class Lesson:
    """What a released notebook asks; plain data, so that it travels to other machines."""

    folder: str
    """Such as ``"01_forward_propagation"``."""
    slug: str
    version: str
    graded: tuple[Graded, ...]
    modules: tuple[str, ...]
    """Modules of `reference_impl` that its answers may import."""
    packed: bytes
    """The released notebook, compressed."""

    @property
    def max_score(self):
        """The points to be had."""
        return float(sum(one.points for one in self.graded))

    @property
    def notebook(self):
        """The released notebook, as plain JSON; not to be changed."""
        return _unpacked(self.packed)

    @property
    def marked_cells(self):
        """The released cells that nbgrader knows, by grade id, in order."""
        return _marked(self.packed)

    def releases(self, source):
        """Say whether the author's notebook holds a cell of this source."""
        return _hash(source) in _authors_sources(self.packed)

    def is_authors(self, cell):
        """Say whether a submitted cell is one of the author's, unchanged.

        A cell of an earlier release tells by its id, which the build makes of its source.
        """
        if self.releases(cell.source):
            return True
        return any(
            hashlib.sha256(f"{cell.source}\x1f{n}".encode()).hexdigest()[:12] == cell.cell_id
            for n in range(1, REPETITIONS)
        )


def load_lesson(path):
    """Return the lesson of a released notebook.

    Parameters
    ----------
    path : Path
        ``course/NN_slug/slug.ipynb``.

    Raises
    ------
    GradingError
        If it is not there or not what the exercises' records say.
    """
    try:
        notebook = _read(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise GradingError(
            f"There is no released notebook {path} ({problem.strerror}). Run: make build"
        ) from None
    except (ValueError, LookupError, TypeError):
        raise GradingError(f"{path} is not a notebook. Run: make build") from None
    stamp = notebook["metadata"].get("course", {}).get("version")
    graded = tuple(filter(None, map(_graded, notebook["cells"])))
    return Lesson(
        path.parent.name,
        path.stem,
        stamp or version_of(notebook["cells"]),
        graded,
        _modules(graded),
        zlib.compress(json.dumps(notebook).encode()),
    )


def _read(text):
    """Return a notebook as JSON, the source of each cell as one text."""
    notebook = json.loads(text)
    parts = [*notebook["cells"], notebook]
    if len(parts) == 1 or not all(isinstance(part["metadata"], dict) for part in parts):
        raise ValueError("a notebook has cells, and metadata in each")
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def _graded(cell):
    marked = cell["metadata"].get("nbgrader", {})
    if not marked.get("grade"):
        return None
    grade_id, points = marked["grade_id"], float(marked["points"])
    exercise = registry().get(grade_id.removesuffix(CHECK)) if grade_id.endswith(CHECK) else None
    if exercise is not None:
        if exercise.points != points:
            raise GradingError(f"{grade_id} is released with other points. Run: make build")
        return Graded(grade_id, points, exercise.name)
    return Graded(grade_id, points, questions=_questions(cell["source"]))


def _questions(source):
    """Return the ids in the author's ``quiz.points("a", "b")``; nothing for any other cell."""
    try:
        call = ast.parse(source.strip(), mode="eval").body
        if ast.unparse(call.func) == "quiz.points":
            return tuple(ast.literal_eval(argument) for argument in call.args)
    except (SyntaxError, AttributeError, ValueError):
        pass
    return ()


def _modules(graded):
    slugs = {lesson_of(one.exercise) for one in graded if one.exercise}
    return tuple(sorted({module for slug in slugs for module in allowed_imports(slug)}))


@functools.lru_cache(maxsize=32)
def _unpacked(packed):
    return json.loads(zlib.decompress(packed))


@functools.lru_cache(maxsize=32)
def _marked(packed):
    cells = _unpacked(packed)["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in cells
        if "nbgrader" in cell["metadata"]
    }


@functools.lru_cache(maxsize=32)
def _authors_sources(packed):
    """Return the hashes of the author's cells, code and text."""
    return frozenset(
        _hash(cell["source"])
        for cell in _unpacked(packed)["cells"]
        if not cell["metadata"].get("nbgrader", {}).get("solution")
    )


def _hash(text):
    return hashlib.sha256(text.strip().encode("utf-8", "replace")).digest()
