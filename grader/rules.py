"""Rules on the source of an answer: no loops, no forbidden helper, no use of the reference.

The source is read, never run. A rule covers the learner's own helper functions too.
"""

import ast
import symtable
import textwrap

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.comprehension)
LOOPS_IN_DISGUISE = {"np.vectorize", "np.frompyfunc", "np.apply_along_axis", "map"}


def broken_rule(exercise, subject):
    """Say which rule an answer breaks.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    subject : subject
        Offers ``definition(name)``, the source of a function of the learner's, or None.

    Returns
    -------
    sentence : str
        The first broken rule, or "".
    """
    forbidden = {name: f"`{name}` is not allowed here" for name in exercise.forbidden}
    if exercise.no_loops:
        forbidden |= {name: f"`{name}` is a Python loop in disguise" for name in LOOPS_IN_DISGUISE}
    if not forbidden:
        return ""
    if _parse(subject.definition(exercise.name)) is None:
        return f"the source of `{exercise.name}` cannot be read; define it with `def` in its cell"
    for name, tree, from_outside in _definitions(exercise.name, subject):
        for node in ast.walk(tree):
            if exercise.no_loops and isinstance(node, LOOPS):
                return f"`{name}` uses a Python loop; this exercise asks for whole-array operations"
            dotted = _dotted(node)
            if dotted in forbidden and _root(node) in from_outside:
                return f"{forbidden[dotted]}; `{name}` uses it"
    return ""


def _definitions(name, subject):
    """Yield the learner's function and, in turn, each function of theirs that it uses.

    With each come the names it takes from outside. A parameter or a variable of its own that
    happens to be called like some other function is not that function.
    """
    waiting, seen = [name], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source = subject.definition(name)
        tree = _parse(source)
        if tree is not None:
            from_outside = _names_from_outside(source, tree)
            yield name, tree, from_outside
            waiting += sorted(from_outside)


def _names_from_outside(source, tree):
    """Return the names that are not a function's own; all names where that cannot be told."""
    try:
        tables = [symtable.symtable(textwrap.dedent(source), "<answer>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names = set()
    for table in tables:  # grows while it is gone through
        tables += table.get_children()
        inside = table.get_type() == "function"
        names |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_global() or symbol.is_imported() or not inside
        }
    return names


def _parse(source):
    try:
        return ast.parse(textwrap.dedent(source)) if source else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _root(node):
    """Return the first name of a dotted expression."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id


def _dotted(node):
    """Return ``np.linalg.norm`` for the tree of that expression, "" for anything else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    first = "np" if node.id == "numpy" else node.id
    return ".".join([first, *reversed(parts)])
