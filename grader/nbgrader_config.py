"""The nbgrader course: released from solutions/, given out from course/, graded in here.

nbgrader finds this file when started in this folder, and through the file of the same name in the
folder above when started there.
"""

import os
import secrets
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

from grader.grading.nbgrader_adapter import install
from grader.release import GENERATE_STEPS

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "grader"
LESSONS = sorted(path.name for path in (ROOT / "solutions").glob("[0-9][0-9]_*"))

c = get_config()  # noqa: F821

# Where things lie. Paths are absolute, so that the working directory does not matter.
c.CourseDirectory.course_id = "dl-interview-prep"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"
for kind in ("submitted", "autograded", "feedback", "solution", "source_with_tests"):
    setattr(c.CourseDirectory, f"{kind}_directory", f"grader/{kind}")
c.CourseDirectory.db_url = f"sqlite:///{(GRADER / 'gradebook.db').as_posix()}"
c.Exchange.root = str(GRADER / "exchange")

# A lesson's text and its quiz with the answers stay here; all else of a lesson is released.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.md",
    "quiz.yaml",
]

# Releasing: the same steps as `course build`, so both write the same bytes.
c.GenerateAssignment.preprocessors = list(GENERATE_STEPS)

# Grading. A learner's quiz answers are never replaced by a file of the lesson.
c.Autograde.exclude_overwriting = {lesson: ["answers.json"] for lesson in LESSONS}
# A deleted check cell comes back and scores 0; otherwise it would wait for a manual grade.
c.OverwriteCells.add_missing_cells = True
# A cell with this tag does not run, and a check cell that does not run counts as passed. Learners
# can set tags, so it is one that nobody can know.
c.Execute.skip_cells_with_tag = secrets.token_hex()
c.Execute.timeout = 30
if os.name != "nt":
    # Over TCP the kernel writes a warning to stderr, which nbgrader takes for an error.
    c.KernelManager.transport = "ipc"

# Feedback shows no hidden source.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]

# Submissions are screened, and run in the sandbox only.
install(c)
