"""A printable page of every formula, shape and trap, by lesson.

All of it is read from the docstrings of `reference_impl` and from the exercise records, so the page
cannot disagree with the code.
"""

import importlib
import inspect
import os
import pkgutil
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path

import reference_impl
from grader.exercises import by_lesson
from grader.learner_copy import COURSE
from grader.status.lessons import lessons as lessons_taught

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SECONDS = 120
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", flags=re.MULTILINE)
FIELD = re.compile(r"^(\S.*?)(?: : (.*))?$")
SHAPE = re.compile(r"of shape (\(.*\))")
CODE = re.compile(r"(``?)(.+?)\1")
MORE = "More of the library"
NO_EXERCISE = {
    "adam_variants": "optimizers",
    "batchnorm2d": "batch_normalization",
    "early_stopping": "optimizers",
    "focal_loss": "loss_functions",
    "initializers": "initialization",
    "lsuv": "initialization",
    "schedules": "optimizers",
    "silu": "activations",
    "warm_up": "optimizers",
}
"""The lessons of modules that have no exercise of the same name."""
STYLE = """
@page { size: A4; margin: 11mm; }
body { font: 8.5pt/1.35 "Helvetica Neue", Arial, sans-serif; color: #111; margin: 0 auto;
  max-width: 60em; }
main { columns: 2; column-gap: 7mm; }
h1 { font-size: 15pt; margin: 0 0 2mm; }
h2 { font-size: 11pt; margin: 3mm 0 1mm; border-bottom: 0.4mm solid #111; break-after: avoid; }
article { break-inside: avoid; margin: 0 0 2mm; padding-bottom: 1mm;
  border-bottom: 0.1mm solid #bbb; }
h3 { font: bold 8.5pt monospace; margin: 0; overflow-wrap: anywhere; }
p, ul { margin: 0.3mm 0; } ul { padding-left: 4mm; }
code { font-family: monospace; overflow-wrap: anywhere; }
.trap::before { content: "Trap: "; font-weight: bold; }
.next::before { content: "Asked next: "; font-weight: bold; }
@media screen { body { padding: 1.5em; font-size: 11pt; } }
@media screen and (max-width: 50em) { main { columns: 1; } }
"""


class NoConverter(RuntimeError):
    """No program here makes a PDF of a page; the message says what to do."""


@dataclass(frozen=True)
class Entry:
    """One function or class on the page."""

    name: str
    signature: str
    doc: str
    traps: tuple[str, ...] = ()
    asked_next: str = ""
    """The interviewer's follow-up and a good answer to it."""


def entries():
    """Return the entries by the title of their lesson.

    A function of the library stands in the lesson whose exercises its module serves; where an
    exercise has its name, the exercise stands for both.
    """
    lessons, home = {}, {}
    for slug in _in_order(by_lesson()):
        exercises = _as_taught(slug)
        lessons[_title(slug)] = [_of_exercise(exercise) for exercise in exercises]
        home |= {exercise.name: slug for exercise in exercises}
    for module in _modules():
        names = [name for name in module.__all__ if _is_defined_in(module, name)]
        served = Counter(home[name] for name in names if name in home)
        served.update(_served_by(module.__name__))
        slug = served.most_common(1)[0][0] if served else NO_EXERCISE.get(_last(module))
        title = _title(slug) if slug else MORE
        found = [_of_function(getattr(module, name)) for name in names if name not in home]
        lessons.setdefault(title, []).extend(found)
    lessons[MORE] = lessons.pop(MORE, [])
    return {title: found for title, found in lessons.items() if found}


def page():
    """Return the whole page as HTML that needs no other file."""
    body = "".join(
        f"<h2>{escape(title)}</h2>{''.join(map(_article, found))}"
        for title, found in entries().items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Cheat sheet</title>'
        f"<style>{STYLE}</style><body><h1>Formulas, shapes and traps</h1><main>{body}</main>"
        "</body></html>\n"
    )


def write(path):
    """Write the page, as PDF where the name ends so.

    Parameters
    ----------
    path : Path
        Replaced in one step.
    """
    path = Path(path)
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        if path.suffix.lower() == ".pdf":
            _print(page(), part)
        else:
            part.write_text(page(), encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def sections(doc):
    r"""Return the parts of a numpydoc text by their headings; "" is what stands above them.

    >>> sections("Add.\n\nNotes\n-----\nIt adds.")
    {'': 'Add.', 'Notes': 'It adds.'}
    """
    first, *rest = SECTION.split(doc)
    found = {"": first.strip()}
    found |= {title: text.strip("\n") for title, text in zip(rest[::2], rest[1::2], strict=True)}
    return found


def fields(text):
    """Return the fields of a section as triples of name, shape or type, and description."""
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith(" "):
            name, kind = FIELD.match(line).groups()
            shape = SHAPE.search(kind or "")
            found.append([name, shape[1] if shape else kind or "", []])
        elif line.strip() and found:
            found[-1][2].append(line.strip())
    return [(name, kind, " ".join(words)) for name, kind, words in found]


def _of_exercise(exercise):
    hints = tuple(exercise.hint(mistake) for mistake in exercise.mistakes)
    entry = _of_function(exercise.reference)
    asked_next = f"{exercise.follow_up} {exercise.follow_up_answer}".strip()
    return Entry(entry.name, entry.signature, entry.doc, hints, asked_next)


def _of_function(function):
    signature = str(inspect.signature(function))
    return Entry(function.__name__, signature, inspect.getdoc(function) or "")


def _article(entry):
    parts = sections(entry.doc)
    summary, _, _ = parts[""].partition("\n\n")
    shapes = [(name, kind) for name, kind, _ in fields(parts.get("Parameters", "")) if "(" in kind]
    lines = [f"<h3>{escape(entry.name)}{escape(entry.signature)}</h3>", _paragraph(summary)]
    if shapes:
        lines.append(_paragraph(", ".join(f"`{name}` {kind}" for name, kind in shapes)))
    for name, kind, words in fields(parts.get("Returns", "")):
        lines.append(_paragraph(f"→ `{name}` {kind}: {words}"))
    lines += [_paragraph(block) for block in parts.get("Notes", "").split("\n\n") if block]
    lines += [_paragraph(hint, "trap") for hint in entry.traps]
    lines += [_paragraph(entry.asked_next, "next")] if entry.asked_next else []
    return f"<article>{''.join(lines)}</article>"


def _paragraph(text, name=""):
    text = escape(" ".join(text.split()), quote=False)
    html = CODE.sub(lambda match: f"<code>{match[2]}</code>", text)
    return f'<p class="{name}">{html}</p>' if name else f"<p>{html}</p>"


def _modules():
    found = (one.name for one in pkgutil.iter_modules(reference_impl.__path__))
    modules = [importlib.import_module(f"reference_impl.{n}") for n in found if n[0] != "_"]
    return [module for module in modules if hasattr(module, "__all__")]


def _is_defined_in(module, name):
    """Return whether a name is a function or class of this module, not one it passes on."""
    return getattr(getattr(module, name), "__module__", None) == module.__name__


def _last(module):
    return module.__name__.rpartition(".")[2]


def _served_by(module):
    return [
        slug
        for slug, exercises in by_lesson().items()
        for exercise in exercises
        if exercise.reference.__module__ == module
    ]


def _in_order(slugs):
    """Return slugs in the order of the released lessons, the others behind."""
    order = [path.name.partition("_")[2] for path in sorted(COURSE.glob("[0-9]*_*"))]
    return sorted(slugs, key=lambda slug: (order.index(slug) if slug in order else 99, slug))


def _as_taught(slug):
    """Return the exercises of a lesson in the order of its notebook, those without a mark last."""
    taught = [name for lesson in lessons_taught() for name in lesson.exercises]
    return sorted(
        by_lesson()[slug],
        key=lambda exercise: (
            taught.index(exercise.name) if exercise.name in taught else len(taught)
        ),
    )


def _title(slug):
    return slug.replace("_", " ").capitalize()


def _print(html, path):
    """Let a browser print a page; nothing is left beside the PDF."""
    found = [os.environ.get("COURSE_CHROMIUM"), *map(shutil.which, BROWSERS)]
    browser = next(filter(None, found), None)
    if browser is None:
        raise NoConverter(
            "No Chromium or Chrome is on the PATH. Write the page as .html, open it in a browser "
            "and print it from there."
        )
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(html, encoding="utf-8")
        flags = ["--headless", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        # Chromium refuses to run its own sandbox as root, which is what containers are.
        flags += ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        flags += ["--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri()]
        try:
            subprocess.run([browser, *flags], check=False, capture_output=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise NoConverter(f"{browser} did not print the page: {problem}") from None
        if not made.exists():
            raise NoConverter(f"{browser} did not print the page. Write it as .html instead.")
        shutil.copyfile(made, path)
