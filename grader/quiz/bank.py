"""Reads and examines ``quiz.yaml``; every complaint names the file, the question and the remedy."""

import json
import re
from functools import cache
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from grader.quiz.kinds import question_from
from grader.quiz.model import NotAnAnswer

SCHEMA = Path(__file__).with_name("schema.json")
FILE = "quiz.yaml"


class BadBank(ValueError):
    """A bank has mistakes; the message lists them, one a line."""


def slug_of(folder):
    """Return the slug of a lesson folder.

    >>> slug_of(Path("01_forward_propagation"))
    'forward_propagation'
    """
    return re.sub(r"^\d+_", "", Path(folder).name)


def load(path):
    """Return the records of one bank, or raise `BadBank`."""
    path = Path(path)
    where = f"{path.parent.name}/{path.name}"
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except yaml.YAMLError as error:
        raise BadBank(f"{where}: not YAML: {error}") from error
    if problems := list(_problems(document)):
        raise BadBank("\n".join(f"{where}, {problem}" for problem in problems))
    return document["questions"]


def load_all(solutions):
    """Return, by slug, the records of every bank below `solutions`; ids are unique over all."""
    banks, problems, home = {}, [], {}
    for path in sorted(Path(solutions).glob(f"*/{FILE}")):
        try:
            banks[slug_of(path.parent)] = load(path)
        except BadBank as bad:
            problems.append(str(bad))
            continue
        for record in banks[slug_of(path.parent)]:
            other = home.setdefault(record["id"], path.parent.name)
            if other != path.parent.name:
                problems.append(
                    f"{path.parent.name}/{FILE}, question `{record['id']}`: the id is taken by "
                    f"{other}: choose another"
                )
    if problems:
        raise BadBank("\n".join(problems))
    return banks


class _Strict(yaml.SafeLoader):
    """YAML that refuses a key given twice, which would silently win."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"`{key}` is given twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


@cache
def _validator():
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _problems(document):
    """Yield what is wrong: the form first; the sense only of what has the right form."""
    formal = sorted(_validator().iter_errors(document), key=lambda e: [str(p) for p in e.path])
    for error in formal:
        yield f"{_place(document, list(error.absolute_path))}: {_say(error)}"
    if formal:
        return
    seen = set()
    for record in document["questions"]:
        name = f"question `{record['id']}`"
        if record["id"] in seen:
            yield f"{name}: the id is used twice: choose another"
        seen.add(record["id"])
        for problem in list(_sense(record)) or _own_answer(record):
            yield f"{name}: {problem}"


def _place(document, path):
    if len(path) < 2:
        return "top level"
    record = document["questions"][path[1]]
    name = record.get("id", "") if isinstance(record, dict) else ""
    place = f"question `{name}`" if name else f"question number {path[1] + 1}"
    for key in path[2:]:
        place += f" {key + 1}" if isinstance(key, int) else f", {key}"
    return place


def _say(error):
    if error.validator == "required":
        missing = sorted(set(error.validator_value) - set(error.instance))
        return f"add {', '.join(f'`{name}`' for name in missing)}"
    if error.validator in {"additionalProperties", "unevaluatedProperties"}:
        names = re.findall(r"'([^']+)' (?:was|were)|'([^']+)',", error.message)
        listed = ", ".join(f"`{a or b}`" for a, b in names) or error.message
        return f"{listed} has no meaning here: remove it, or mend its name"
    if error.validator == "enum":
        return f"{error.instance!r} is none of {', '.join(error.validator_value)}"
    if error.validator in {"minItems", "maxItems"}:
        return f"{len(error.instance)} entries; the limit is {error.validator_value}"
    if error.validator == "const":
        return f"only {json.dumps(error.validator_value)} may stand here; leave it out otherwise"
    return error.message


def _sense(record):
    """Yield what the schema cannot say."""
    question = question_from(record)
    if "options" in record:
        yield from _options(record)
    if record["kind"] in {"numeric", "shapes"}:
        yield from _traps(question)
    if record["kind"] == "order":
        yield from _mixups(record)
    if record["kind"] == "bug":
        n_lines = len(record["code"].splitlines())
        if not all(1 <= line <= n_lines for line in question.line):
            yield f"`line` is not in the code, which has {n_lines} lines: correct it"
        if set(question.innocent) & set(question.line):
            yield "an `innocent` line is the line of the bug: remove it"


def _own_answer(record):
    """Yield what is wrong with the bank's own answer."""
    question = question_from(record)
    try:
        verdict = question.judge(question.read(question.reference()))
    except NotAnAnswer as problem:
        yield f"its own answer cannot be read: {problem}"
    else:
        if not verdict.passed:
            yield "its own answer is judged wrong: correct it"


def _options(record):
    n_right = sum(option.get("correct", False) for option in record["options"])
    if record["kind"] != "multi" and n_right != 1:
        yield f"{n_right} options are marked `correct: true`: mark exactly one"
    if record["kind"] == "multi" and not 0 < n_right < len(record["options"]):
        yield "mark at least one option `correct: true`, and not all"
    texts = [option["text"].strip() for option in record["options"]]
    if len(set(texts)) < len(texts):
        yield "two options have the same text: reword one"


def _mixups(record):
    for mixup in record["mixups"]:
        if not mixup["late"] < mixup["early"] <= len(record["steps"]):
            yield (
                f"mixup {mixup['early']} before {mixup['late']} is the right order or no step: "
                "`early` is the step put too early, so its number is the higher one"
            )


def _traps(question):
    for part in question.parts:
        if getattr(part, "value", None) == 0 and not part.within:
            yield f"part {part.name}: a value of 0 needs `within`, an absolute tolerance"
        for trap in part.traps:
            wrong = getattr(trap, "value", None) or trap.shape
            try:
                hit = part.remark(wrong)
            except NotAnAnswer as problem:
                yield f"part {part.name}, trap {wrong}: {problem}"
                continue
            if hit.passed:
                yield f"part {part.name}: the trap {wrong} is within the tolerance: tighten it"
            elif hit.text != trap.feedback:
                yield f"part {part.name}: the trap {wrong} is hidden by one before it"
