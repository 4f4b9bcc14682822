"""What a drawing function returns: shown by a notebook, saved still or moving."""

import os
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from tqdm import tqdm

from deconv_helpers.figures.bounds import check_gif, check_png
from deconv_helpers.figures.rendering import gif_size, pdf_of, png_of, svg_of, write_gif
from deconv_helpers.files import destination, whole_file, write_whole
from deconv_helpers.sizes import as_int

if TYPE_CHECKING:
    from deconv_helpers.figures.canvas import Canvas


class Picture:
    """A finished drawing that shows itself as SVG and saves itself to a file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The drawing, as a `Canvas` makes it.
    description : str
        One line that says what is to be seen; the picture's plain-text form.
    live : str, optional
        The state of the live figure that shows the same layer. The SVG's root
        carries it as ``data-live``.

    Examples
    --------
    >>> from deconv_helpers import figures
    >>> figures.staircase(3, stride=2)
    staircase: k=3 s=2 p=0 d=1, i=3..12 -> o=1..5, steps of 2
    """

    def __init__(self, figure: Figure, description: str, *, live: str | None = None) -> None:
        self._figure = figure
        self._description = description
        self.svg = _with_live(svg_of(figure), live)

    def __repr__(self) -> str:
        return self._description

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | os.PathLike[str], *, dpi: int = 200) -> Path:
        """Write the picture to a file, whole or not at all.

        Parameters
        ----------
        path : str or os.PathLike
            Where to write; its ending, ``.svg``, ``.png`` or ``.pdf``,
            chooses the format. An existing file is replaced.
        dpi : int
            Dots per inch of a PNG, from 10 to 2000; a cell is 0.4 inches wide.

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        TypeError
            If `dpi` is not an int.
        ValueError
            If the ending is none of the three, `dpi` is out of range, or the
            PNG would have more than 100 million pixels.
        OSError
            If the file or its folder cannot be written to.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from deconv_helpers import figures
        >>> with TemporaryDirectory() as folder:
        ...     figures.staircase(3, stride=2).save(f"{folder}/steps.png").name
        'steps.png'
        """
        path = destination(path, (".svg", ".png", ".pdf"))
        dpi = as_int("dpi", dpi, 10, 2000)
        ending = path.suffix.lower()
        if ending == ".png":
            width, height = self._figure.get_size_inches()
            check_png(width, height, dpi)
            content = png_of(self._figure, dpi)
        else:
            content = self.svg.encode() if ending == ".svg" else pdf_of(self._figure)
        write_whole(path, content)
        return path


class Animation:
    """A drawing that moves: shown as SVG, saved as SVG or GIF.

    The SVG plays by itself, and stands still in print, for readers who asked
    their system for less motion, and where its address ends in ``#still``.

    Parameters
    ----------
    canvas : Canvas
        The drawing as it is at step `still`.
    moves : dict of str to list of (float, float)
        For each name on the canvas, how many cells it lies to the right of and
        below its place at step `still`, at each step.
    still : int
        The step that is shown where nothing moves.
    seconds : float
        Length of a step.
    description : str
        One line that says what is to be seen.
    live : str, optional
        As in `Picture`.

    Examples
    --------
    >>> from deconv_helpers import figures
    >>> figures.animate("conv", 5, 3)
    conv: i=5 -> o=3, k=3 s=1 p=0 d=1, 3 steps
    """

    def __init__(
        self,
        canvas: "Canvas",
        moves: dict[str, list[tuple[float, float]]],
        *,
        still: int,
        seconds: float,
        description: str,
        live: str | None = None,
    ) -> None:
        self._canvas = canvas
        self._moves = moves
        self._still = still
        self._seconds = seconds
        self._description = description
        self._being_moved = Lock()  # one GIF at a time: its parts are moved to draw it
        self.svg = self._moving_svg(_with_live(svg_of(canvas.figure), live))

    def __repr__(self) -> str:
        return self._description

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the animation to a file, whole or not at all.

        A GIF is drawn and written frame by frame; where that takes more than a
        second, a bar on the error output shows how far it is.

        Parameters
        ----------
        path : str or os.PathLike
            Where to write; its ending, ``.svg`` or ``.gif``, chooses the
            format. An existing file is replaced.

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        ValueError
            If the ending is neither, or the GIF would have a side of more than
            8192 pixels, or more than 4 · 10⁹ pixels in all its frames.
        OSError
            If the file or its folder cannot be written to.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from deconv_helpers import figures
        >>> with TemporaryDirectory() as folder:
        ...     figures.animate("conv", 5, 3).save(f"{folder}/conv.gif").name
        'conv.gif'
        """
        path = destination(path, (".svg", ".gif"))
        if path.suffix.lower() == ".svg":
            write_whole(path, self.svg.encode())
            return path
        steps = [dict(zip(self._moves, step)) for step in zip(*self._moves.values())]
        check_gif(*gif_size(self._canvas.figure), len(steps))
        with self._being_moved, whole_file(path) as file:
            try:
                write_gif(
                    file,
                    self._canvas.figure,
                    self._canvas.parts(self._moves),
                    [partial(self._canvas.shift, step) for step in steps],
                    still=self._still,
                    milliseconds=round(self._seconds * 1000),
                    watch=partial(tqdm, desc="drawing", unit="step", delay=1, leave=False),
                )
            finally:
                self._canvas.shift(dict.fromkeys(self._moves, (0, 0)))
        return path

    def _moving_svg(self, svg: str) -> str:
        """Return the still picture, with rules that move its named parts."""
        # A page may hold several: their rules and names must not meet.
        key = sha256(f"{self._description} {self._seconds}".encode()).hexdigest()[:8]
        steps = len(next(iter(self._moves.values())))
        rules, stills = [], []
        for name, moves in self._moves.items():
            svg = svg.replace(f'id="{name}-', f'id="{name}-{key}-')
            frames = "".join(
                f"{100 * step / steps:.5g}%{{transform:translate({x:.5g}px,{y:.5g}px)}}"
                for step, (x, y) in enumerate(self._canvas.points(move) for move in moves)
            )
            part = f'[id^="{name}-{key}-"]'
            time = f"{steps * self._seconds:.5g}s"
            rules.append(f"@keyframes {name}-{key}{{{frames}}}")
            rules.append(f"{part}{{animation:{name}-{key} {time} step-end infinite}}")
            stills.append(part)
        stop = "{animation:none}"
        rules.append(",".join(f"#still:target {part}" for part in stills) + stop)
        quiet = "(prefers-reduced-motion:reduce)"
        rules.append(f"@media print,{quiet}{{{','.join(stills)}{stop}}}")
        svg = svg.replace("<svg ", '<svg id="still" ', 1)
        return svg.replace("</svg>", f"<style>{''.join(rules)}</style>\n</svg>")


def _with_live(svg: str, live: str | None) -> str:
    """Return an SVG whose root says where it comes alive."""
    return svg if live is None else svg.replace("<svg ", f'<svg data-live="{escape(live)}" ', 1)
