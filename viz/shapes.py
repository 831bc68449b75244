"""Arrays as boxes: a product of arrays, with every shape written below its box."""

from dataclasses import dataclass

from matplotlib.patches import Rectangle

from viz.style import COLOURS, tint

GAP = 0.9
LONGEST = 6


@dataclass(frozen=True)
class Box:
    """An array drawn as a box of cells.

    Parameters
    ----------
    name : str
        Written into the box.
    rows, cols : int
        Cells drawn; sizes above six are drawn as six. ``rows=0`` stands for an array of one axis.
    kind : str
        ``"forward"``, ``"backward"``, ``"parameter"`` or ``"context"``: the colour.
    shape : str
        Written below the box; by default the numbers of rows and columns.
    """

    name: str
    rows: int
    cols: int
    kind: str = "forward"
    shape: str = ""

    @property
    def size(self):
        """Width and height as drawn."""
        return min(self.cols, LONGEST), min(max(self.rows, 1), LONGEST)

    @property
    def caption(self):
        """The shape as Python writes it."""
        if self.shape:
            return self.shape
        return f"({self.rows}, {self.cols})" if self.rows else f"({self.cols},)"


def draw_shapes(ax, parts):
    """Draw a formula between arrays, from left to right.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its frame is switched off.
    parts : list of Box or str
        Boxes, and signs such as ``"@"`` between them.
    """
    tallest = max(part.size[1] for part in parts if isinstance(part, Box))
    left = 0.0
    for part in parts:
        if isinstance(part, Box):
            # A short caption below a narrow box still needs its own room.
            room = max(part.size[0], 0.34 * len(part.caption))
            _draw_box(ax, part, left + (room - part.size[0]) / 2)
            left += room + GAP
        else:
            ax.text(left, 0, part, ha="center", va="center", fontsize=13)
            left += GAP
    _frame(ax, -GAP, left, tallest)


def draw_box(ax, name, shape, left, kind="forward"):
    """Draw one array of two axes, its middle at height 0.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        The box is added to it.
    name : str
        Written into the box.
    shape : tuple of int
        Rows and columns.
    left : float
        Where the box begins.
    kind : str, default="forward"
        The colour, as of a `Box`.
    """
    _draw_box(ax, Box(name, *shape, kind), left)


def _draw_box(ax, box, left):
    width, height = box.size
    colour = COLOURS[box.kind]
    bottom = -height / 2
    for row in range(height):
        for col in range(width):
            ax.add_patch(
                Rectangle(
                    (left + col, bottom + row), 1, 1, fc=tint(colour), ec=tint(colour, 0.4), lw=0.8
                )
            )
    ax.add_patch(Rectangle((left, bottom), width, height, fill=False, ec=colour, lw=1.8))
    middle = left + width / 2
    look = {"boxstyle": "round,pad=0.1", "fc": tint(colour), "ec": "none"}
    ax.text(middle, 0, box.name, ha="center", va="center", weight="bold", color=colour, bbox=look)
    ax.text(middle, bottom - 0.25, box.caption, ha="center", va="top", fontsize=9)


def _frame(ax, left, right, height):
    ax.set_xlim(left, right)
    ax.set_ylim(-height / 2 - 1.1, height / 2 + 0.3)
    ax.set_aspect("equal")
    ax.axis("off")
