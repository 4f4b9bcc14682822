"""The one hand that draws cells: one palette, one scale, symbols only."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.palette import INK, PALETTE, QUIET, RIM, Look, ink_on
from deconv_helpers.figures.picture import Picture

_CELL_INCHES = 0.4
_GAP = 0.04  # neighbours keep their own outlines
_HATCH = 1 / 5  # of a cell, from one line to the next
# What matplotlib calls these lines, in widths of the line.
_DASHES = {"dashed": (3.7, 1.6), "dotted": (1.0, 1.65)}

_Box = tuple[float, float, float, float]


class Canvas:
    """A sheet measured in cells, x to the right and y downwards.

    A cell is 0.4 inches wide. Every property that matplotlib would take from
    its settings is given here, so that no picture depends on them.

    Parameters
    ----------
    left, top, right, bottom : float
        The part of the plane that is seen, in cells.

    Raises
    ------
    ValueError
        If it is larger than the budget of `bounds`.
    """

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        check_cells(right - left, bottom - top)
        size = ((right - left) * _CELL_INCHES, (bottom - top) * _CELL_INCHES)
        layout: Any = "none"  # which matplotlib's own types leave out
        self.figure = Figure(
            figsize=size, dpi=72, facecolor="white", edgecolor="white", frameon=True, layout=layout
        )
        _settle(self.figure.patch)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(left, right), ylim=(bottom, top))
        self._axes.axis("off")
        self._cells = 0
        self._named: dict[str, list[Artist]] = {}

    def cell(
        self,
        x: float,
        y: float,
        kind: str,
        text: object = "",
        *,
        width: float = 1.0,
        height: float = 1.0,
        faint: bool = False,
        cut: bool = False,
        name: str | None = None,
    ) -> None:
        """Draw the cell whose upper left corner is (x, y).

        `cut` is for a cell that is computed and thrown away. In the SVG a cell
        is found by `name`, or else by its kind, and a number.
        """
        look = PALETTE[kind]
        self._cells += 1
        box = (x + _GAP, y + _GAP, width - 2 * _GAP, height - 2 * _GAP)
        patch = Rectangle(
            box[:2],
            *box[2:],
            gid=f"{name or ('cut' if cut else kind)}-{self._cells}",
            **_brush(look, faint=faint, cut=cut),
        )
        self._add(patch, name)
        if look.hatched:
            self._hatch([box], look.edge)
        if text != "":
            middle = x + width / 2, y + height / 2
            self.text(*middle, text, size=_fitting(text), backed=look.hatched, name=name)

    def cells(
        self, corners: Iterable[tuple[float, float]], kind: str, *, cut: bool = False
    ) -> None:
        """Draw all cells of one kind at once, for a sheet with many of them."""
        side = 1 - 2 * _GAP
        boxes = [(x + _GAP, y + _GAP, side, side) for x, y in corners]
        look = PALETTE[kind]
        self._add(PathPatch(_outlines(boxes), **_brush(look, cut=cut)))
        if look.hatched:
            self._hatch(boxes, look.edge)

    def ring(self, x: float, y: float, *, name: str) -> None:
        """Draw a heavy outline around the cell whose upper left corner is (x, y)."""
        look: dict[str, Any] = {"edgecolor": INK, "linewidth": 3, "linestyle": "solid"}
        self._add(Rectangle((x, y), 1, 1, fill=False, gid=f"{name}-0", zorder=3, **look), name)

    def shade(self, x: float, y: float, face: str, text: object) -> None:
        """Draw a cell in a shade of its own, where the shade is what is to be read."""
        self._add(Rectangle((x, y), 1, 1, facecolor=face, **_RIMMED))
        self.text(x + 0.5, y + 0.5, text, color=ink_on(face))

    def mosaic(
        self, x: float, y: float, values: np.ndarray, faces: Mapping[float, str], *, size: float
    ) -> None:
        """Draw a two-dimensional array of small cells, each in the face of its value."""
        rows, columns = values.shape
        for value, face in faces.items():
            # Neighbours in a row become one patch, which keeps the file small.
            runs = [
                (x + start * size, y + row * size, (stop - start) * size, size)
                for row, line in enumerate(values == value)
                for start, stop in _runs(line)
            ]
            bare: dict[str, Any] = {"edgecolor": "none", "linewidth": 1.0, "linestyle": "solid"}
            self._add(PathPatch(_outlines(runs), facecolor=face, **bare))
        width, height = columns * size, rows * size
        lines = [(x + n * size, y, 0.0, height) for n in range(columns + 1)]
        lines += [(x, y + n * size, width, 0.0) for n in range(rows + 1)]
        self._add(PathPatch(_outlines(lines), facecolor="none", **_RIMMED))

    def text(
        self,
        x: float,
        y: float,
        text: object,
        *,
        size: float = 12,
        across: str = "center",
        color: str = INK,
        backed: bool = False,
        name: str | None = None,
    ) -> None:
        """Write a symbol or a number, centred on (x, y)."""
        # On hatching a number needs a plain patch behind it.
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        label = self._axes.text(
            x,
            y,
            str(text),
            fontproperties=_font(size),
            color=color,
            ha=across,
            va="center_baseline",
            bbox=box | {"linewidth": 1.0, "linestyle": "solid"} if backed else None,
            usetex=False,
            parse_math=True,
            gid=name and f"{name}-text-{len(self._named[name])}",
        )
        _settle(label)
        if backed:
            _settle(label.get_bbox_patch())
        if name:
            self._named[name].append(label)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        color: str = QUIET,
        width: float = 1.0,
        style: str = "solid",
    ) -> None:
        """Draw a line through the points, behind all cells."""
        line = Line2D(
            xs,
            ys,
            color=color,
            linewidth=width,
            linestyle=_dashes(style, width),
            marker="None",
            solid_capstyle="round",
            solid_joinstyle="round",
            dash_capstyle="butt",
            dash_joinstyle="round",
            zorder=0.5,
        )
        _settle(line)
        self._axes.add_line(line)

    def dot(self, x: float, y: float, *, color: str = INK) -> None:
        """Mark the point (x, y)."""
        look: dict[str, Any] = {"edgecolor": "none", "linewidth": 1.0, "linestyle": "solid"}
        self._cells += 1
        self._add(Circle((x, y), 0.13, facecolor=color, gid=f"dot-{self._cells}", **look))

    def arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw an arrow from one (x, y) to another."""
        style: dict[str, Any] = {
            "arrowstyle": "-|>",
            "color": QUIET,
            "linewidth": 1.2,
            "linestyle": "solid",
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 10,
        }
        note = self._axes.annotate(
            "", xy=end, xytext=start, arrowprops=style, fontproperties=_font(10), usetex=False
        )
        _settle(note)
        _settle(note.arrow_patch)

    def bracket(
        self, start: float, end: float, y: float, text: object, *, above: bool, color: str = INK
    ) -> None:
        """Mark the cells from x = start to x = end with a bracket and a label."""
        outwards = -1 if above else 1
        tip, back = y + 0.12 * outwards, y + 0.32 * outwards
        corners = [start + 0.08, start + 0.08, end - 0.08, end - 0.08]
        self.line(corners, [tip, back, back, tip], color=color)
        self.text((start + end) / 2, y + 0.75 * outwards, text, color=color)

    def picture(self, description: str, *, live: str | None = None) -> Picture:
        """Finish the sheet."""
        return Picture(self.figure, description, live=live)

    def points(self, move: tuple[float, float]) -> tuple[float, float]:
        """Return a move to the right and downwards, in cells, as an SVG measures it."""
        return move[0] * _CELL_INCHES * 72, move[1] * _CELL_INCHES * 72

    def parts(self, names: Iterable[str]) -> list[Artist]:
        """Return what was drawn under these names."""
        return [artist for name in names for artist in self._named[name]]

    def shift(self, moves: Mapping[str, tuple[float, float]]) -> None:
        """Move what was drawn under each name away from where it was drawn."""
        for name, move in moves.items():
            moved = Affine2D().translate(*move) + self._axes.transData
            for artist in self._named[name]:
                artist.set_transform(moved)

    def _hatch(self, boxes: Iterable[_Box], color: str) -> None:
        """Draw rising lines in the boxes, cut to them, in step over the whole sheet.

        They are lines and not a fill, which printers turn into pixels.
        """
        ends = []
        for x, y, width, height in boxes:
            # On such a line x + y is the same everywhere.
            first = ceil((x + y) / _HATCH)
            for number in range(first, ceil((x + width + y + height) / _HATCH)):
                total = number * _HATCH
                low, high = max(x, total - y - height), min(x + width, total - y)
                ends += [(low, total - low), (high, total - high)]
        path = Path(ends, [Path.MOVETO, Path.LINETO] * (len(ends) // 2))
        look: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": color,
            "linewidth": 1.0,
            "linestyle": "solid",
        }
        self._add(PathPatch(path, **look))

    def _add(self, patch: Patch, name: str | None = None) -> None:
        _settle(patch)
        self._axes.add_patch(patch)
        if name:
            self._named.setdefault(name, []).append(patch)


_RIMMED: dict[str, Any] = {"edgecolor": RIM, "linewidth": 0.8, "linestyle": "solid"}


def _settle(artist: Any) -> None:
    """Give a thing the properties that its constructor takes from matplotlib's settings."""
    artist.set_sketch_params(None)
    artist.set_path_effects([])
    artist.set_antialiased(True)


def _font(size: float) -> FontProperties:
    """Return the book's font, which comes with matplotlib."""
    plain: dict[str, Any] = {
        "style": "normal",
        "variant": "normal",
        "weight": "normal",
        "stretch": "normal",
    }
    return FontProperties(family="DejaVu Sans", size=size, math_fontfamily="dejavusans", **plain)


def _dashes(style: str, width: float) -> Any:
    """Return a line's dashes, so that they are as long under any settings."""
    if style == "solid":
        return style
    scale = 1 if mpl.rcParams["lines.scale_dashes"] else width
    return 0, [length * scale for length in _DASHES[style]]


def _brush(look: Look, *, faint: bool = False, cut: bool = False) -> dict[str, Any]:
    return {
        "facecolor": (*to_rgb(look.face), 0.45) if cut else look.face,
        "edgecolor": QUIET if cut else look.edge,
        "linewidth": 1.2,
        "linestyle": _dashes("dashed" if cut else look.line, 1.2),
        "alpha": 0.45 if faint else None,
    }


def _fitting(text: object) -> float:
    """Return the size at which a number fits into a cell."""
    digits = len(str(text)) if isinstance(text, int) else 1
    return min(12, 36 / digits)


def _outlines(boxes: Sequence[_Box]) -> Path:
    """Return one path around all boxes (x, y, width, height)."""
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    points = [
        corner
        for x, y, w, h in boxes
        for corner in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
    ]
    return Path(points, codes * len(boxes))


def _runs(line: np.ndarray) -> list[list[int]]:
    """Return where each run of true values starts and stops."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line, [0]))))
    return edges.reshape(-1, 2).tolist()
