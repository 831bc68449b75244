"""Tests of the lessons' texts: headings, words, cells, symbols, figures, links.

A lesson is ``solutions/NN_slug/slug.md``. Lessons 00, 08 and 09 have a form of their own, so the
tests of headings leave them out.
"""

import ast
import re
from pathlib import Path

import jupytext
import pytest

from grader.exercises import registry

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for path in ROOT.glob("solutions/*/*.md") if path.parent.name[3:] == path.stem
)
OF_OWN_FORM = ("00", "08", "09")
REGULAR = [path for path in SOURCES if path.parent.name[:2] not in OF_OWN_FORM]
LESSONS = (
    "00_start_here",
    "01_forward_propagation",
    "02_loss_functions",
    "03_chain_rule",
    "04_activations",
    "05_initialization",
    "06_optimizers",
    "07_batch_normalization",
    "08_capstone",
    "09_mock_interview",
)

EVERY_LESSON = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
EVERY_REGULAR_LESSON = pytest.mark.parametrize("source", REGULAR, ids=lambda path: path.stem)

PICTURE = "The picture"
LAST = ["Explorer", "Quiz", "Interview corner", "Recap"]
SECTIONS = ("The maths", "By hand", "In code", "Exercise: ", "Questions")
BANNED = re.compile(r"\b(simply|just|obviously|trivial|trivially|of course)\b|!(?!=)", re.I)
PUBLISHED_AS = re.compile(r"\bseeds? \d|\bseed documents?\b", re.I)
DRAWS = re.compile(r"\.set_title\(|\.set\([^)]*title=|\bexplorers\.(?!__)\w+\(")
NAMES_A_FIGURE = re.compile(
    r"figure|plot|curve|panel|heat map|diagram|histogram|explorer|graph|picture|drawing", re.I
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SITES = {
    "arxiv.org",
    "cs231n.github.io",
    "cs231n.stanford.edu",
    "d2l.ai",
    "distill.pub",
    "docs.pytorch.org",
    "docs.python.org",
    "en.wikipedia.org",
    "github.com",
    "huyenchip.com",
    "ipython.readthedocs.io",
    "jupyterlab.readthedocs.io",
    "jmlr.org",
    "karpathy.github.io",
    "karpathy.medium.com",
    "matplotlib.org",
    "nbgrader.readthedocs.io",
    "numpy.org",
    "openreview.net",
    "papers.nips.cc",
    "papers.neurips.cc",
    "proceedings.mlr.press",
    "proceedings.neurips.cc",
    "pytorch.org",
    "scikit-learn.org",
    "stanford.edu",
    "www.cs.toronto.edu",
    "www.deeplearningbook.org",
    "www.jmlr.org",
    "www.nature.com",
    "www.tensorflow.org",
}


def cells(source):
    return jupytext.read(source, fmt="md:myst").cells


def markdown(source):
    """Return all the text outside of code cells."""
    return "\n\n".join(cell.source for cell in cells(source) if cell.cell_type == "markdown")


def words(text):
    """Return the prose alone: no code, no formulas, no links, no tables' bars."""
    for unspoken in (r"```.*?```", r"\$\$.*?\$\$", r"`[^`]*`", r"\$[^$]*\$", r"\]\([^)]*\)"):
        text = re.sub(unspoken, " ", text, flags=re.DOTALL)
    return re.sub(r"!\[|<[^>]+>", " ", text)


def headings(source, level):
    """Return the headings of a level; code in a text is no heading."""
    text = re.sub(r"```.*?```", "", markdown(source), flags=re.DOTALL)
    return re.findall(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)


def topics(source):
    """Return title and text of every second-level part, code included."""
    text = "\n\n".join(cell.source for cell in cells(source))
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_there_are_lessons():
    assert SOURCES


@EVERY_LESSON
def test_lesson_is_named_in_the_plan(source):
    assert source.parent.name in LESSONS


@EVERY_LESSON
def test_one_title(source):
    assert len(headings(source, 1)) == 1


@EVERY_REGULAR_LESSON
def test_it_says_what_you_can_do_afterwards(source):
    text = markdown(source)

    goals = re.search(r"\*\*After this lesson you can\*\*\n\n((?:- .+\n)+)", text)
    assert goals
    assert 3 <= len(goals[1].splitlines()) <= 5
    assert not re.search(r"^- (understand|know)\b", goals[1], re.IGNORECASE | re.MULTILINE)


@EVERY_REGULAR_LESSON
def test_parts_stand_in_order(source):
    parts = headings(source, 2)

    assert parts[0] == PICTURE
    assert parts[-len(LAST) :] == LAST
    assert len(parts) > len(LAST) + 1


@EVERY_REGULAR_LESSON
def test_topics_have_their_sections_in_order(source):
    for title, text in topics(source)[1 : -len(LAST)]:
        sections = re.findall(r"^### (.+)$", text, flags=re.MULTILINE)
        kinds = [next((k for k in SECTIONS if s.startswith(k)), s) for s in sections]
        assert set(kinds) <= set(SECTIONS), f"{title}: {kinds}"
        places = [SECTIONS.index(kind) for kind in kinds]
        assert places == sorted(places), f"{title}: {sections}"
        assert {"The maths", "By hand", "In code"} <= set(kinds), f"{title} lacks a section"


@EVERY_LESSON
def test_no_word_belittles_or_shouts(source):
    found = [
        match[0] + ": ..." + text[max(0, match.start() - 40) : match.end() + 20]
        for text in [words(markdown(source))]
        for match in BANNED.finditer(text)
    ]

    assert not found


@EVERY_LESSON
def test_no_emoji(source):
    assert not re.findall(r"[\U0001F000-\U0001FAFF\u2600-\u26FF\u2728\uFE0F]", markdown(source))


@EVERY_LESSON
def test_sources_are_named_as_a_reader_meets_them(source):
    assert not PUBLISHED_AS.findall(words(markdown(source)))


@EVERY_LESSON
def test_cells_are_short(source):
    long = [
        cell.source.splitlines()[0]
        for cell in cells(source)
        if cell.cell_type == "code" and len(cell.source.splitlines()) > 20
    ]

    assert not long


@EVERY_LESSON
def test_cells_do_not_print(source):
    printing = [
        cell.source.splitlines()[0]
        for cell in cells(source)
        if cell.cell_type == "code" and re.search(r"^\s*print\(", cell.source, re.MULTILINE)
    ]

    assert not printing


@EVERY_LESSON
def test_no_semicolon_hides_an_output(source):
    """Strict nbval runs cells without history, where a semicolon hides nothing."""
    hiding = [
        cell.source.splitlines()[-1]
        for cell in cells(source)
        if cell.cell_type == "code" and cell.source.rstrip().endswith(";")
    ]

    assert not hiding, "end a figure's cell with `plt.show()`"


@EVERY_REGULAR_LESSON
def test_every_symbol_of_a_table_is_used(source):
    for title, text in topics(source):
        table = re.search(r"^\| symbol \|.*\n\|[- |:]+\|\n((?:\|.*\n?)+)", text, re.MULTILINE)
        if table is None:
            continue
        rest = text.replace(table[0], "")
        for row in table[1].splitlines():
            named = re.findall(r"\$([^$]+)\$|`([^`]+)`", row.split(" | ")[0])
            assert named, f"{title}: a row names no symbol: {row}"
            for symbol in _symbols(named):
                assert symbol in rest, f"{title}: {symbol} is in the table and nowhere else"


def _symbols(named):
    r"""Return each single symbol: "n_0, \\dots, n_L" stands for its ends."""
    parts = [part.strip() for pair in named for part in "".join(pair).split(",")]
    return [part for part in parts if part not in ("", r"\dots", r"\ldots")]


@EVERY_LESSON
def test_a_sentence_says_what_each_figure_shows(source):
    previous = ""
    for cell in cells(source):
        if cell.cell_type == "markdown":
            previous = cell.source
        elif DRAWS.search(cell.source) and previous:
            paragraph = previous.strip().split("\n\n")[-1]
            assert NAMES_A_FIGURE.search(paragraph), (
                f"no words for the figure of the cell that starts {cell.source.splitlines()[0]!r}"
            )
            previous = ""


@EVERY_LESSON
def test_links_lead_somewhere(source):
    for target in LINK.findall(markdown(source)):
        if target.startswith("#"):
            continue
        if target.startswith("http"):
            site = target.split("/")[2]
            assert site in SITES, f"{site} is not among the known sites: {target}"
            continue
        path = (source.parent / target.partition("#")[0]).resolve()
        folder = path.parent.name
        planned = path.suffix == ".ipynb" and folder in LESSONS and path.stem == folder[3:]
        assert path.exists() or planned, f"nothing lies at {target}"


@EVERY_LESSON
def test_folded_parts_are_closed(source):
    text = markdown(source)

    assert text.count("<details") == text.count("</details>")
    assert text.count("<summary") == text.count("</summary>") == text.count("<details")


@EVERY_LESSON
def test_no_cell_hides_an_answer(source):
    """A demonstration may run again after the exercise; the learner's function must survive it."""
    exercises = set(re.findall(r"# exercise: (\w+)", source.read_text(encoding="utf-8")))

    hiding = {
        f"{name}, bound in the cell that starts {cell.source.splitlines()[0]!r}"
        for cell in cells(source)
        if cell.cell_type == "code"
        for name in _bound(cell.source) & exercises
    }

    assert not hiding, hiding


def test_a_rule_on_the_source_is_announced_where_the_exercise_is_set():
    silent, seen = [], set()
    sections = [part for path in SOURCES for part in re.split(r"\n##+ ", path.read_text("utf-8"))]
    for section in sections:
        for name in re.findall(r"# exercise: (\w+)", section):
            seen.add(name)
            exercise = registry()[name]
            told = section + exercise.reference.__doc__
            rules = (*exercise.forbidden, *["loop"] * exercise.no_loops)
            silent += [f"{name}: {rule}" for rule in rules if rule not in told]

    assert not silent, silent
    assert seen == registry().keys()


def _bound(code):
    """Return the names a cell gives a meaning at its top level."""
    names = set()
    for node in ast.parse(code).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        names |= {
            part.id
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
    return names
