"""One picture of a class: which exercises fail most, and the misconceptions behind it."""

import io
from pathlib import Path

from grader.grading.errors import GradingError
from grader.grading.reports import figures, write_whole

BLUE, VERMILION, GREY = "#0072B2", "#D55E00", "#BBBBBB"
MOST_BARS = 30


def plot_class(report, path):
    """Draw the exercises from the hardest to the easiest and write the picture.

    Parameters
    ----------
    report : Report
        Of a grading run.
    path : str or Path
        Where; the ending names the format, as `format_of` reads it.
    """
    from matplotlib.figure import Figure

    hardest = sorted(figures(report), key=lambda one: _failing(one), reverse=True)[:MOST_BARS]
    hardest = hardest[::-1]
    figure = Figure(figsize=(7, 1.2 + 0.34 * len(hardest)), layout="constrained")
    axes = figure.add_subplot()
    rows = range(len(hardest))
    known = [sum(count for _, count in one.mistakes) for one in hardest]
    failing = [one.submissions - one.solved for one in hardest]
    known = [min(pair) for pair in zip(known, failing, strict=True)]
    axes.barh(rows, known, color=VERMILION, label="a known misconception")
    others = [a - b for a, b in zip(failing, known, strict=True)]
    axes.barh(rows, others, left=known, color=GREY, hatch="//", label="another reason")
    axes.set_yticks(rows, [one.exercise for one in hardest])
    for row, one, most in zip(rows, hardest, failing, strict=True):
        if one.mistakes:
            name = one.mistakes[0][0].partition("/")[2].strip("_").replace("_", " ")
            axes.annotate(f" {name}", (most, row), va="center", fontsize=8)
    axes.set_xlabel("submissions without full points")
    axes.set_title(_title(hardest), loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.35)
    axes.legend(frameon=False, loc="lower right")
    file = io.BytesIO()
    figure.savefig(file, format=format_of(path), dpi=150)
    write_whole(path, file.getvalue())


def format_of(path):
    """Return the format that a file's ending names, PNG where there is none."""
    from matplotlib.figure import Figure

    name = Path(path).suffix.removeprefix(".").lower() or "png"
    if name not in Figure().canvas.get_supported_filetypes():
        raise GradingError(f"{path} cannot be drawn; end its name with .png, .svg or .pdf.")
    return name


def _failing(one):
    return one.submissions - one.solved, -one.mean


def _title(hardest):
    if not hardest or hardest[-1].solved == hardest[-1].submissions:
        return "Every exercise was solved by everybody"
    worst = hardest[-1]
    return (
        f"`{worst.exercise}` fails most: {worst.submissions - worst.solved} of {worst.submissions}"
    )
