"""The one hand that draws cells: one palette, one scale, symbols only."""

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

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
# Where a shade is what is to be read: few to many, first to last.
_SHADES = LinearSegmentedColormap.from_list(
    "taps", ["#fbe7c6", "#f6c36a", "#e59a2f", "#c46f0a", "#8f4a00"]
)


def shade_of(number, count):
    """Return one of `count` shades, evenly spread, number 0 the lightest."""
    return to_hex(_SHADES(number / max(count - 1, 1)))


_GAP = 0.04  # neighbours keep their own outlines
_RIM = "#6b5a3c"  # the outline of a shaded cell


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
        self._named = {}

    def cell(
        self, x, y, kind, text="", *, width=1.0, height=1.0, faint=False, cut=False, name=None
    ):
        """Draw the cell whose upper left corner is (x, y).

        `cut` is for a cell that is computed and thrown away. In the SVG a cell
        is found by `name`, or else by its kind, and a number.
        """
        look = PALETTE[kind]
        self._cells += 1
        patch = Rectangle(
            (x + _GAP, y + _GAP),
            width - 2 * _GAP,
            height - 2 * _GAP,
            linewidth=1.2,
            gid=f"{name or ('cut' if cut else kind)}-{self._cells}",
            **_brush(look, faint=faint, cut=cut),
        )
        self._add(patch, name)
        if text != "":
            middle = x + width / 2, y + height / 2
            self.text(*middle, text, backed=look.hatch is not None, name=name)

    def ring(self, x, y, *, name):
        """Draw a heavy outline around the cell whose upper left corner is (x, y)."""
        patch = Rectangle(
            (x, y), 1, 1, fill=False, edgecolor=INK, linewidth=3, gid=f"{name}-0", zorder=3
        )
        self._add(patch, name)

    def cells(self, corners, kind, *, cut=False):
        """Draw all cells of one kind at once, for a sheet with many of them."""
        side = 1 - 2 * _GAP
        path = _outlines([(x + _GAP, y + _GAP, side, side) for x, y in corners])
        look = _brush(PALETTE[kind], cut=cut)
        self._axes.add_patch(PathPatch(path, linewidth=1.2, **look))

    def shade(self, x, y, face, text):
        """Draw a cell in a shade of its own, where the shade is what is to be read."""
        patch = Rectangle((x, y), 1, 1, facecolor=face, edgecolor=_RIM, linewidth=0.8)
        self._axes.add_patch(patch)
        dark = sum(to_rgb(face)) < 1.2
        self.text(x + 0.5, y + 0.5, text, color="white" if dark else INK)

    def mosaic(self, x, y, values, faces, *, size):
        """Draw a two-dimensional array of small cells, each in the face of its value."""
        rows, columns = values.shape
        for value, face in faces.items():
            # Neighbours in a row become one patch, which keeps the file small.
            runs = [
                (x + start * size, y + row * size, (stop - start) * size, size)
                for row, line in enumerate(values == value)
                for start, stop in _runs(line)
            ]
            self._axes.add_patch(PathPatch(_outlines(runs), facecolor=face, edgecolor="none"))
        width, height = columns * size, rows * size
        lines = [(x + n * size, y, 0, height) for n in range(columns + 1)]
        lines += [(x, y + n * size, width, 0) for n in range(rows + 1)]
        mesh = PathPatch(_outlines(lines), facecolor="none", edgecolor=_RIM, linewidth=0.8)
        self._axes.add_patch(mesh)

    def text(self, x, y, text, *, size=12, across="center", color=INK, backed=False, name=None):
        """Write a symbol or a number, centred on (x, y)."""
        # On hatching a number needs a plain patch behind it.
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        label = self._axes.text(
            x,
            y,
            str(text),
            fontsize=size,
            color=color,
            ha=across,
            va="center_baseline",
            bbox=box if backed else None,
            gid=name and f"{name}-text-{len(self._named[name])}",
        )
        if name:
            self._named[name].append(label)

    def line(self, xs, ys, *, color=QUIET, width=1.0, style="solid"):
        """Draw a line through the points, behind all cells."""
        looks = {"color": color, "linewidth": width, "linestyle": style}
        self._axes.plot(xs, ys, solid_capstyle="round", zorder=0.5, **looks)

    def arrow(self, start, end):
        """Draw an arrow from one (x, y) to another."""
        style = {"arrowstyle": "-|>", "color": QUIET, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
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

    def _add(self, patch, name):
        self._axes.add_patch(patch)
        if name:
            self._named.setdefault(name, []).append(patch)

    def picture(self, description):
        """Finish the sheet."""
        return Picture(self._figure, description)

    @property
    def figure(self):
        """The sheet as matplotlib knows it."""
        return self._figure

    def points(self, move):
        """Return a move to the right and downwards, in cells, as an SVG measures it."""
        return [distance * CELL_INCHES * 72 for distance in move]

    def shift(self, name, move):
        """Move what was drawn under this name away from where it was drawn."""
        right, down = move
        moved = Affine2D().translate(right, down) + self._axes.transData
        for artist in self._named[name]:
            artist.set_transform(moved)


def _brush(look, *, faint=False, cut=False):
    return {
        "facecolor": (*to_rgb(look.face), 0.45) if cut else look.face,
        "edgecolor": QUIET if cut else look.edge,
        "linestyle": "dashed" if cut else look.line,
        "hatch": look.hatch,
        "alpha": 0.45 if faint else None,
    }


def _outlines(boxes):
    """Return one path around all boxes (x, y, width, height)."""
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    points = [
        corner
        for x, y, w, h in boxes
        for corner in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
    ]
    return Path(points, codes * len(boxes))


def _runs(line):
    """Return where each run of true values starts and stops."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line, [0]))))
    return edges.reshape(-1, 2).tolist()
