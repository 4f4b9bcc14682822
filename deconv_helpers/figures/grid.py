"""The one hand that draws cells: one palette, one scale, symbols only."""

from dataclasses import dataclass

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from deconv_helpers.figures.picture import Picture

CELL_INCHES = 0.4  # every picture of the book has cells of this size


@dataclass(frozen=True)
class Look:
    """How a cell of one kind is drawn: by colour, and again without it."""

    face: str
    edge: str
    line: str = "solid"
    hatch: str | None = None


# After Okabe and Ito's colours for all kinds of colour vision, made paler so
# that numbers stand on them. Line and hatch tell the kinds apart in grey.
PALETTE = {
    "input": Look(face="#a9d6f2", edge="#1c6ea4"),
    "kernel": Look(face="#f6c36a", edge="#a86400"),
    "output": Look(face="#94d8bd", edge="#00694a"),
    "padding": Look(face="#ffffff", edge="#808080", line="dashed"),
    "unread": Look(face="#fbe3da", edge="#c4450c", hatch="////"),
    "bias": Look(face="#e3cbe8", edge="#7d4287", line="dotted"),
}
INK = "#222222"
QUIET = "#808080"


class Grid:
    """A sheet measured in cells, x to the right and y downwards.

    Parameters
    ----------
    left, top, right, bottom : float
        The part of the plane that is seen, in cells.
    """

    def __init__(self, left, top, right, bottom):
        size = ((right - left) * CELL_INCHES, (bottom - top) * CELL_INCHES)
        self._figure = Figure(figsize=size, facecolor="white")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(left, right), ylim=(bottom, top))
        self._axes.axis("off")
        self._cells = 0

    def cell(self, x, y, kind, text="", *, width=1.0, height=1.0, faint=False):
        """Draw the cell whose upper left corner is (x, y)."""
        look = PALETTE[kind]
        gap = 0.04  # neighbours keep their own outlines
        self._cells += 1
        self._axes.add_patch(
            Rectangle(
                (x + gap, y + gap),
                width - 2 * gap,
                height - 2 * gap,
                facecolor=look.face,
                edgecolor=look.edge,
                linestyle=look.line,
                hatch=look.hatch,
                linewidth=1.2,
                alpha=0.45 if faint else None,
                gid=f"{kind}-{self._cells}",  # an SVG's cells can be found, and counted
            )
        )
        if text != "":
            self.text(x + width / 2, y + height / 2, text, backed=look.hatch is not None)

    def shade(self, x, y, face, text="", *, width=1.0, height=1.0):
        """Draw a cell in a shade of its own, where the shade is what is to be read."""
        patch = Rectangle((x, y), width, height, facecolor=face, edgecolor="#6b5a3c", linewidth=0.8)
        self._axes.add_patch(patch)
        if text != "":
            dark = sum(to_rgb(face)) < 1.2
            self.text(x + width / 2, y + height / 2, text, color="white" if dark else INK)

    def text(self, x, y, text, *, size=12, across="center", color=INK, backed=False):
        """Write a symbol or a number, centred on (x, y)."""
        # On hatching a number needs a plain patch behind it.
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        self._axes.text(
            x,
            y,
            str(text),
            fontsize=size,
            color=color,
            ha=across,
            va="center_baseline",
            bbox=box if backed else None,
        )

    def line(self, xs, ys, *, color=QUIET, width=1.0, style="solid"):
        """Draw a line through the points, behind all cells."""
        looks = {"color": color, "linewidth": width, "linestyle": style}
        self._axes.plot(xs, ys, solid_capstyle="round", zorder=0.5, **looks)

    def arrow(self, start, end, *, color=QUIET):
        """Draw an arrow from one (x, y) to another."""
        style = {"arrowstyle": "-|>", "color": color, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        self._axes.annotate("", xy=end, xytext=start, arrowprops=style)

    def bracket(self, start, end, y, text, *, above, color=INK):
        """Mark the cells from x = start to x = end with a bracket and a label."""
        outwards = -1 if above else 1
        tip, back = y + 0.12 * outwards, y + 0.32 * outwards
        self.line(
            [start + 0.08, start + 0.08, end - 0.08, end - 0.08],
            [tip, back, back, tip],
            color=color,
        )
        self.text((start + end) / 2, y + 0.75 * outwards, text, color=color)

    def picture(self, description):
        """Finish the sheet."""
        return Picture(self._figure, description)
