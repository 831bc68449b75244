"""Why an exercise of a submission got its points, in lines of text."""


def explanation(student, exercise, entry):
    """Yield the lines of an explanation.

    Parameters
    ----------
    student : str
        Who handed it in.
    exercise : str
        The exercise, or the grade id of a quiz.
    entry : Entry
        What the ledger keeps of the grading.
    """
    detail, one = entry.detail, entry.detail["exercises"][exercise]
    yield f"{exercise}, {student}: {one['score']:g} of {one['max_score']:g} points"
    yield f"Status of the submission: {detail['status']}"
    where = "in the sandbox" if detail["sandboxed"] else "without a sandbox"
    yield (
        f"Ran {detail['ran']} cells {where}; lesson version {detail['version']}, "
        f"hidden seed {detail['seed']}, checks {detail['checks'][:12]}"
    )
    for name, status, text in detail["cells"]:
        yield f"  {name}: {status}" + (f": {' '.join(text.split())}" if text.strip() else "")
    yield from _verdict(one)
    if one["answer"]:
        yield ""
        yield "What was examined:"
        yield from (f"    {line}" for line in one["answer"].split("\n"))


def _verdict(one):
    if one["problem"]:
        yield one["problem"]
    if one["card"]:
        yield from one["card"].split("\n")
    passed = sum(ok for _, ok, _, _ in one["cases"])
    if one["cases"]:
        yield f"{passed} of {len(one['cases'])} cases pass:"
    for label, ok, problem, hidden in one["cases"]:
        sign, kind = ("✓" if ok else "✗"), (" (hidden)" if hidden else "")
        yield f"  {sign} {label}{kind}" + (f": {problem}" if problem else "")
    if one["mistake"]:
        yield f"Recognised as {one['mistake']}: {one['hint']}"
    elif one["symptom"]:
        yield f"A pattern in the numbers: {one['symptom']}"
