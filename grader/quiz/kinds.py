"""From the plain record in a bank to the question."""

from grader.quiz.bug import SpotTheBug
from grader.quiz.choice import MultiChoice, Option, SingleChoice
from grader.quiz.free_text import FreeText
from grader.quiz.model import default_seed
from grader.quiz.numeric import Numeric, Part, Trap
from grader.quiz.ordering import Mixup, OrderSteps
from grader.quiz.shapes import ShapePart, ShapeTrace, ShapeTrap

KINDS = {
    kind.kind: kind
    for kind in (SingleChoice, MultiChoice, Numeric, OrderSteps, SpotTheBug, ShapeTrace, FreeText)
}
TUPLES = ("hints", "asked", "rubric", "pitfalls", "steps")


def question_from(record):
    """Return the question that a bank's record describes."""
    fields = dict(record)
    kind = KINDS[fields.pop("kind")]
    fields["prompt"] = fields.pop("question").strip()
    shuffle = fields.pop("shuffle", True)
    fields.setdefault("seed", default_seed(fields["id"]) if shuffle else 0)
    for name in TUPLES:
        if name in fields:
            fields[name] = tuple(fields[name])
    if "options" in fields:
        fields["options"] = tuple(Option(**option) for option in fields["options"])
    if "mixups" in fields:
        fields["mixups"] = tuple(Mixup(**mixup) for mixup in fields["mixups"])
    if "line" in fields:
        line = fields["line"]
        fields["line"] = tuple(line) if isinstance(line, list) else (line,)
        innocent = fields.get("innocent", {})
        fields["innocent"] = {int(n): text for n, text in innocent.items()}
    if "parts" in fields:
        make = _shape_part if kind is ShapeTrace else _part
        fields["parts"] = tuple(make(part) for part in fields["parts"])
    return kind(**fields)


def _part(record):
    traps = tuple(Trap(str(t["value"]), t["feedback"]) for t in record.get("traps", ()))
    return Part(**{**record, "value": float(record["value"]), "traps": traps})


def _shape_part(record):
    traps = tuple(ShapeTrap(**trap) for trap in record.get("traps", ()))
    return ShapePart(**{**record, "traps": traps})
