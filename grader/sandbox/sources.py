"""The source of what a notebook defines, read from its cells and never run.

IPython's own lines (``%magic``, ``!command``, ``name?``) are passed over.
"""

import ast
import re
import warnings

MOST_CHARACTERS = 200_000  # of one cell; nobody writes more, and parsing takes time
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
COMPOUND = (ast.If, ast.Try, ast.For, ast.While, ast.With)
PLAIN_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")
# Possessive and within the line: whatever the text is, matching takes time in proportion to it.
MAGIC_LINE = re.compile(r"^([ \t]*+)(?:[%!?].*|.*\?|[\w, ]+=[ \t]*+[%!].*)$", flags=re.MULTILINE)
MOST_DEFINITIONS = 50  # of one name; with more of them it has no source


def definitions(cells):
    """Return the source of every function and class that the cells define.

    Where a name has several definitions, the last one counts, as when the cells run; one that
    stands in an ``if``, a loop or a ``try`` may or may not run and counts beside the others. A name
    that is bound to anything else has no source.

    Parameters
    ----------
    cells : iterable of (str, bool)
        The source of each cell, and whether it ran to its end.

    Returns
    -------
    sources : dict of str to str
        By name.
    """
    sources = {}
    for source, finished in cells:
        for name, value, certain in _bindings(source):
            texts = sources.get(value.id, []) if isinstance(value, ast.Name) else [value]
            before = [] if certain and finished else sources.get(name, [])
            # Each text once, or `if x: f = f` would double them.
            together = list(dict.fromkeys([*before, *texts]))
            sources[name] = together if len(together) <= MOST_DEFINITIONS else [""]
    readable = {name: texts for name, texts in sources.items() if texts and all(texts)}
    return {name: "\n".join(texts) for name, texts in readable.items()}


def _bindings(source):
    """Yield each name that is bound, its source or the name it leads to, and whether it must be."""
    source = source.replace("\r\n", "\n")
    tree = _parse(source)
    if tree is None:
        return
    lines = source.split("\n")
    for node, certain in _statements(tree.body, certain=True):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            text = "\n".join(lines[_first_line(node) - 1 : node.end_lineno])
            yield node.name, _dedented(text), certain
        elif isinstance(node, ASSIGNMENTS):
            # Not cut out of its line, which may hold thousands of others.
            value = ast.unparse(node) if isinstance(node.value, ast.Lambda) else ""
            value = node.value if isinstance(node.value, ast.Name) else value
            for target in getattr(node, "targets", None) or [node.target]:
                plain = isinstance(target, ast.Name)
                yield from ((name, value if plain else "", certain) for name in _names(target))


def _parse(source):
    if len(source) > MOST_CHARACTERS:
        return None
    if source.startswith(PLAIN_CELL_MAGICS):
        source = "#" + source
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (source, MAGIC_LINE.sub(r"\1pass", source)):
            try:
                return ast.parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
    return None


def _statements(body, certain):
    """Yield each statement outside functions and classes, and whether it always runs."""
    for node in body:
        yield node, certain
        if isinstance(node, COMPOUND):
            blocks = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
            blocks += [handler.body for handler in getattr(node, "handlers", [])]
            for block in blocks:
                yield from _statements(block, certain=False)


def _names(target):
    names = (node for node in ast.walk(target) if isinstance(node, ast.Name))
    return [node.id for node in names if isinstance(node.ctx, ast.Store)]


def _first_line(node):
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _dedented(text):
    """Remove the first line's indentation from all lines that have it."""
    margin = text[: len(text) - len(text.lstrip())]
    return "\n".join(line.removeprefix(margin) for line in text.split("\n"))
