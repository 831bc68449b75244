"""One small record of every kind of question."""

from grader.quiz.kinds import question_from

COMMON = {
    "topic": "Bias",
    "question": "What is `db`?",
    "hints": ["Look at the shape.", "Sum over the batch."],
    "follow_up": "Why not the mean?",
}
OPTIONS = [
    {"text": "`dZ.sum(axis=0)`", "correct": True, "feedback": "One bias served N rows."},
    {"text": "`dZ.mean(axis=0)`", "feedback": "The 1/N is inside `dZ`."},
    {"text": "`dZ`", "feedback": "Its shape is (N, M)."},
    {"text": "`db`", "feedback": "That is what we look for."},
]
SINGLE = {**COMMON, "id": "one-choice", "kind": "single", "options": OPTIONS}
MULTI = {
    **COMMON,
    "id": "several-choices",
    "kind": "multi",
    "options": [OPTIONS[0], {**OPTIONS[1], "correct": True}, *OPTIONS[2:]],
    "points": 2,
}
NUMERIC = {
    **COMMON,
    "id": "two-numbers",
    "kind": "numeric",
    "why": "Because.",
    "parts": [
        {
            "name": "z",
            "value": -0.1,
            "traps": [{"value": -0.5, "feedback": "The bias is missing."}],
        },
        {"name": "memory", "value": 0, "within": 0.001, "unit": "bytes", "traps": []},
    ],
}
ORDER = {
    **COMMON,
    "id": "four-steps",
    "kind": "order",
    "why": "Each needs the one before.",
    "steps": ["draw", "forward", "backward", "update"],
    "mixups": [{"early": 4, "late": 3, "feedback": "There is no gradient yet."}],
}
BUG = {
    **COMMON,
    "id": "wrong-line",
    "kind": "bug",
    "code": "a = 1\nb = a + 2\nreturn b\n",
    "line": 2,
    "innocent": {1: "This only sets a."},
    "options": OPTIONS,
}
SHAPES = {
    **COMMON,
    "id": "three-shapes",
    "kind": "shapes",
    "why": "Shapes follow names.",
    "parts": [
        {"name": "W", "shape": "(784, 256)"},
        {
            "name": "b",
            "shape": "(256,)",
            "traps": [{"shape": "(32, 256)", "feedback": "One for each unit."}],
        },
        {"name": "loss", "shape": "()"},
    ],
}
TEXT = {
    **COMMON,
    "id": "free-words",
    "kind": "text",
    "model_answer": "The bias acts on every row, so its gradient is a sum over rows.",
    "rubric": ["Says sum.", "Says rows.", "Gives the shape."],
    "pitfalls": ["Says mean."],
    "min_words": 5,
}
RECORDS = {r["id"]: r for r in (SINGLE, MULTI, NUMERIC, ORDER, BUG, SHAPES, TEXT)}
QUESTIONS = {name: question_from(record) for name, record in RECORDS.items()}


def letter(question, text):
    """Return the letter under which the option or step `text` is shown."""
    shown = {getattr(o, "text", o): x for x, o in question.lettered.items()}
    return shown[text]
