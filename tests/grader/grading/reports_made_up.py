"""Reports on made-up classes, as a grading run leaves them."""

from grader.grading.gradebook import Entry
from grader.grading.run import Report

LESSON = "01_forward_propagation"
MAX_SCORES = {"neuron": 2.0, "linear_forward": 3.0}


def entry(scores, mistakes=None, status="graded"):
    """Return what the ledger keeps of one submission: ``{"neuron": 2.0}``."""
    exercises = {
        name: {
            "score": score,
            "max_score": MAX_SCORES[name],
            "mistake": (mistakes or {}).get(name, ""),
        }
        for name, score in scores.items()
    }
    return Entry("key", "content", exercises, {"status": status})


def report(entries, **figures):
    """Return a run's report on the entries of one lesson, by student."""
    return Report(
        entries={(student, LESSON): one for student, one in entries.items()},
        max_scores={LESSON: sum(MAX_SCORES.values())},
        **figures,
    )


def class_of_three():
    """Return the report on a class in which two have the same mistake."""
    wrong = {"linear_forward": "linear_forward/_bias_forgotten"}
    return report(
        {
            "ada": entry({"neuron": 2.0, "linear_forward": 3.0}),
            "bob": entry({"neuron": 2.0, "linear_forward": 0.0}, wrong),
            "=1+1": entry({"neuron": 1.0, "linear_forward": 1.5}, wrong, "refused: too large"),
        },
        graded=2,
        kept=1,
        seconds=4.0,
    )
