"""Curves with their names beside them, heat maps with their numbers, and histograms."""

import numpy as np

from viz.style import COLOURS


def draw_curves(ax, x, curves, *, kinds=None, direct=True):
    """Draw a few curves over the same axis.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Gets the lines; its axes are for the caller to name.
    x : ndarray of shape (N,)
        Where the curves are known.
    curves : dict of str to ndarray
        Name and heights of each curve; at most three read well.
    kinds : dict of str to str, optional
        For curves whose colour has a meaning: ``"forward"``, ``"backward"``, ``"parameter"`` or
        ``"context"`` by name.
    direct : bool, default=True
        Whether names stand at the right end of the lines instead of in a legend.
    """
    lines = [ax.plot(x, y, label=name)[0] for name, y in curves.items()]
    for line in lines:
        if kind := (kinds or {}).get(line.get_label()):
            line.set_color(COLOURS[kind])
    if direct:
        _name_beside(ax, lines)
    else:
        ax.legend()


def _name_beside(ax, lines):
    """Write the lines' names at their right ends, pushed apart where the ends are close."""
    low, high = ax.get_ylim()
    height = low - (high - low)
    for line in sorted(lines, key=lambda line: line.get_ydata()[-1]):
        x, y = line.get_xdata()[-1], line.get_ydata()[-1]
        height = max(y, height + 0.07 * (high - low))
        ax.annotate(
            line.get_label(),
            (x, height),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            annotation_clip=False,
        )


def draw_heatmap(ax, M, *, rows=(), cols=(), digits=2):
    """Draw a matrix as a heat map with its numbers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Gets the picture; row 0 is at the top.
    M : ndarray of shape (N, D)
        The numbers.
    rows, cols : sequence of str
        Names at the left and below.
    digits : int, default=2
        Digits after the point; -1 writes no numbers.
    """
    M = np.asarray(M)
    image = ax.imshow(M, aspect="auto")
    ax.grid(visible=False)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(cols)), cols)
    if digits < 0:
        return
    for (i, j), number in np.ndenumerate(M):
        # Dark numbers on the light end of the colour map, light ones on the dark end.
        colour = "black" if image.norm(number) > 0.5 else "white"
        text = f"{number:.{digits}f}".replace("-", "−")
        ax.text(j, i, text, ha="center", va="center", fontsize=8, color=colour)


def draw_histograms(ax, samples, *, bins=40):
    """Draw the distributions of a few samples as outlines over each other.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Gets the outlines and a legend; its axes are for the caller to name.
    samples : dict of str to ndarray
        Name and numbers of each sample.
    bins : int, default=40
        Equal bins over the range of all samples.
    """
    everything = np.concatenate([np.ravel(sample) for sample in samples.values()])
    edges = np.histogram_bin_edges(everything, bins)
    for name, sample in samples.items():
        heights, _ = np.histogram(sample, edges, density=True)
        ax.step(edges[:-1], heights, where="post", label=name)
    ax.legend()
