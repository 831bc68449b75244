"""The steps from a solved notebook to the one learners get, all of them nbgrader's.

The build and ``nbgrader generate_assignment`` run the same steps, so both write the same bytes.
"""

import copy

from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    SaveCells,
)

from grader.exercises import registry
from grader.stub import TO_WRITE, stub_body


class CourseSolutions(ClearSolutions):
    """Replaces a solution by the exercise's own stub; a debug round starts from broken code."""

    def _replace_solution_region(self, cell, language):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        exercise = registry().get(grade_id)
        self.code_stub = {"python": stub_body(exercise) if exercise else TO_WRITE}
        return super()._replace_solution_region(cell, language)


# SaveCells writes to the gradebook, so only nbgrader itself runs it.
GENERATE_STEPS = (
    LockCells,
    CourseSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ComputeChecksums,
    CheckCellMetadata,
)


def released(solved):
    """Return the released form of a solved notebook."""
    notebook, resources = copy.deepcopy(solved), {}
    for step in GENERATE_STEPS:
        if step is not SaveCells:
            notebook, resources = step().preprocess(notebook, resources)
    return notebook
