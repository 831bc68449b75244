"""Cuts a reference's text into the contract a learner gets, the body they write and the answer."""

import ast
import inspect
import textwrap

from grader.exercise import Exercise

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TO_WRITE = "# Your code here.\nraise NotImplementedError"
DOCUMENTED = (ast.FunctionDef, ast.ClassDef)


def answer_text(exercise: Exercise):
    """Return the reference's source, each body between nbgrader's solution marks."""
    lines, tree = _source(exercise.reference)
    # From the last body to the first, so that line numbers above stay valid.
    for function in reversed(_functions(tree)):
        first, last = _body_span(function)
        indent = " " * function.body[0].col_offset
        body = lines[first:last]
        lines[first:last] = [indent + BEGIN, *body, indent + END]
    return "\n".join(lines)


def model_answer(exercise: Exercise):
    """Return the reference's source without docstrings: the contract is what a learner was given.

    Parameters
    ----------
    exercise : Exercise
        Whose answer to show.
    """
    lines, tree = _source(exercise.reference)
    documented = [node for node in ast.walk(tree) if isinstance(node, DOCUMENTED)]
    # From the last to the first, so that line numbers above stay valid.
    for node in sorted(documented, key=lambda node: -node.lineno):
        if ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            after = docstring.end_lineno
            blank = after < len(lines) and not lines[after].strip()
            del lines[docstring.lineno - 1 : after + blank]
    return "\n".join(lines)


def stub_body(exercise: Exercise):
    """Return what stands in the notebook in place of a body, without indentation."""
    if exercise.starts_from is None:
        return TO_WRITE
    lines, tree = _source(exercise.starts_from)
    first, last = _body_span(tree)
    return textwrap.dedent("\n".join(lines[first:last]))


def is_as_released(exercise: Exercise, source):
    """Return whether a function still does what it did in the released notebook, line for line.

    Parameters
    ----------
    exercise : Exercise
        What it answers; one that starts from a stub is never meant here.
    source : str or None
        The learner's function. Its docstring and its comments do not count.
    """
    if exercise.starts_from is None or source is None:
        return False
    try:
        return _statements(source) == _statements(inspect.getsource(exercise.starts_from))
    except (SyntaxError, ValueError, TypeError, IndexError, RecursionError, MemoryError):
        return False  # no `def`, or nothing that can be read


def _statements(source):
    """Return what a function does, without its docstring."""
    function = ast.parse(textwrap.dedent(source)).body[0]
    first = 0 if ast.get_docstring(function, clean=False) is None else 1
    return [ast.dump(statement) for statement in function.body[first:]]


def _source(definition):
    text = textwrap.dedent(inspect.getsource(definition)).rstrip()
    return text.splitlines(), ast.parse(text).body[0]


def _functions(tree):
    """Return the function itself, or the methods of a class, from top to bottom."""
    if isinstance(tree, ast.ClassDef):
        return [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [tree]


def _body_span(function):
    """Return the first line of the body behind the docstring, and the line past the last."""
    statements = function.body
    if ast.get_docstring(function, clean=False) is not None:
        first = statements[0].end_lineno
    else:
        first = statements[0].lineno - 1
    if first >= function.end_lineno or statements[0].lineno == function.lineno:
        raise ValueError(f"{function.name} needs a body of lines of its own")
    return first, function.end_lineno
