"""The source of what a notebook defines, read from its cells and never run.

IPython's own lines (``%magic``, ``!command``, ``name?``) are passed over.
"""

import ast
import re
import warnings

MOST_CHARACTERS = 200_000  # of one cell; nobody writes more, and parsing takes time
COMPOUND = (ast.If, ast.Try, ast.For, ast.While, ast.With)
PLAIN_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")
MAGIC_LINE = re.compile(r"^(\s*)(?:[%!?].*|.*\?|[\w, ]+=\s*[%!].*)$", flags=re.MULTILINE)


def definitions(cells):
    """Return the source of every function and class that the cells define.

    Where a name has several definitions, the last one counts, as when the cells run; one that
    stands in an ``if``, a loop or a ``try`` may or may not run and counts beside the others.

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
        for name, text, certain in _bindings(source):
            if certain and finished:
                sources[name] = [text]
            else:
                sources.setdefault(name, []).append(text)
    return {name: "\n".join(texts) for name, texts in sources.items()}


def _bindings(source):
    source = source.replace("\r\n", "\n")
    tree = _parse(source)
    if tree is not None:
        lines = source.split("\n")
        for node, certain in _statements(tree.body, certain=True):
            text = "\n".join(lines[_first_line(node) - 1 : node.end_lineno])
            yield from ((name, _dedented(text), certain) for name in _names(node))


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


def _names(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Lambda, ast.Name)):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _first_line(node):
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _dedented(text):
    """Remove the first line's indentation from all lines that have it."""
    margin = text[: len(text) - len(text.lstrip())]
    return "\n".join(line.removeprefix(margin) for line in text.split("\n"))
