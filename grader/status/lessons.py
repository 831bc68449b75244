"""What each released lesson asks: read from its notebook, so that nothing is listed twice."""

import json
import re
from dataclasses import dataclass
from functools import cache

from grader.learner_copy import COURSE

QUESTION_IDS = re.compile(r"\"([\w-]+)\"")
WORDS_A_MINUTE = 300
CORNER = "## Interview corner"


@dataclass(frozen=True)
class Lesson:
    """One lesson."""

    folder: str
    exercises: tuple[str, ...]
    questions: tuple[str, ...]
    reading: float
    """Minutes to read its text, folded parts included."""
    has_corner: bool = False
    """Whether it has an interview corner."""

    @property
    def slug(self):
        """The folder's name without its number."""
        return self.folder.partition("_")[2]

    @property
    def title(self):
        """The number and the name, as in ``01 Forward propagation``."""
        number, _, slug = self.folder.partition("_")
        return f"{number} {slug.replace('_', ' ').capitalize()}"


@cache
def lessons(course=COURSE):
    """Return the lessons that ask something, in their order."""
    found = [_lesson(path) for path in sorted(course.glob("[0-9][0-9]_*/*.ipynb"))]
    return tuple(lesson for lesson in found if lesson.exercises or lesson.questions)


def _lesson(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    exercises, questions, n_words, has_corner = [], [], 0, False
    for cell in cells:
        source = "".join(cell["source"])
        marked = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            n_words += len(source.split())
            has_corner |= CORNER in source
        elif marked.get("grade") and marked["grade_id"].startswith("quiz-"):
            questions += QUESTION_IDS.findall(source)
        elif marked.get("grade"):
            exercises.append(marked["grade_id"].removesuffix("-check"))
    reading = n_words / WORDS_A_MINUTE
    return Lesson(path.parent.name, tuple(exercises), tuple(questions), reading, has_corner)
