"""From a drawing to bytes: the same on every run, in every thread, under any settings.

matplotlib's settings belong to the caller and to all threads at once, so nothing
here changes them. The canvas gives each thing that it draws every property that
would otherwise come from them, and what remains is settled below: all but
`mathtext.default` and `font.weight`, which matplotlib asks for itself when it sets
a formula, and `svg.id`.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO, StringIO
from threading import RLock
from typing import Any, BinaryIO

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from PIL import Image, ImageChops
from PIL.GifImagePlugin import getdata, getheader

GIF_DPI = 100
_COLORS = 127  # of a GIF: the palette, and the steps between two of its colours
_CLEAR = _COLORS  # and behind them a place for what has not changed since the frame before
# matplotlib has one reader of mathematics for all threads, which holds one label at a time.
_HAND = RLock()


class _Renderer(RendererSVG):
    """An SVG whose ids are the same each time, and whose letters are outlines."""

    def _make_id(self, type: str, content: Any) -> str:  # noqa: A002, matplotlib's own name
        salted = f"deconv_helpers{content}"
        return f"{type}{sha256(salted.encode()).hexdigest()[:10]}"

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):  # type: ignore[no-untyped-def]
        self._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)


def svg_of(figure: Figure) -> str:
    """Return a drawing as SVG."""
    text = StringIO()
    with _HAND:
        figure.set_dpi(72)
        width, height = figure.get_size_inches() * 72
        renderer = _Renderer(width, height, text, metadata={"Date": None, "Creator": None})
        figure.draw(renderer)
        renderer.finalize()
    return text.getvalue()


def png_of(figure: Figure, dpi: int) -> bytes:
    """Return a drawing as PNG."""
    file = BytesIO()
    with _HAND:
        figure.set_dpi(dpi)
        FigureCanvasAgg(figure).print_png(file, metadata={"Software": None})
    return file.getvalue()


def pdf_of(figure: Figure) -> bytes:
    """Return a drawing as PDF."""
    file = BytesIO()
    with _HAND:
        FigureCanvasPdf(figure).print_pdf(
            file, metadata={"CreationDate": None, "Creator": None, "Producer": None}
        )
    return file.getvalue()


def gif_size(figure: Figure) -> tuple[int, int]:
    """Return the sides of a drawing in the pixels of a GIF."""
    width, height = figure.get_size_inches() * GIF_DPI
    return int(width), int(height)


def write_gif(
    file: BinaryIO,
    figure: Figure,
    parts: Sequence[Artist],
    steps: Sequence[Callable[[], None]],
    *,
    still: int,
    milliseconds: int,
    watch: Callable[[Sequence[Any]], Any] = iter,
) -> None:
    """Write a GIF frame by frame, so that its length costs no memory.

    Parameters
    ----------
    file : binary file
        Where to write.
    figure : matplotlib.figure.Figure
        The drawing.
    parts : sequence of matplotlib.artist.Artist
        What moves.
    steps : sequence of callable
        For each frame, what puts the parts in their places.
    still : int
        The frame whose colours all others share.
    milliseconds : int
        Length of a frame.
    watch : callable
        What goes through the steps, and may show how far it is.
    """
    draw = _frames(figure, parts)
    # One palette for all, so that what stands still is stored once.
    palette = draw(steps[still]).quantize(_COLORS)
    colours = palette.getpalette() or []
    palette.putpalette(colours + [0] * (3 * (_COLORS + 1) - len(colours)))
    before, indices = None, None
    for step in watch(steps):
        whole = draw(step)
        if before is None or indices is None:
            frame = whole.quantize(palette=palette, dither=Image.Dither.NONE)
            indices = np.array(frame)
            header, _ = getheader(frame, info={"loop": 0})
            file.writelines(header)
            file.writelines(getdata(frame, duration=milliseconds))
        else:
            # Only the part that has changed, one pixel at least, and of it what has changed.
            box = ImageChops.difference(whole, before).getbbox() or (0, 0, 1, 1)
            left, top, right, bottom = box
            part = whole.crop(box).quantize(palette=palette, dither=Image.Dither.NONE)
            was, now = indices[top:bottom, left:right], np.array(part)
            news = np.where(now == was, np.uint8(_CLEAR), now)
            part = Image.frombytes("P", part.size, news.tobytes())
            was[...] = now
            look = {"duration": milliseconds, "transparency": _CLEAR}
            file.writelines(getdata(part, offset=(left, top), **look))
        before = whole
    file.write(b";")


def _frames(figure: Figure, parts: Sequence[Artist]) -> Callable[[Callable[[], None]], Image.Image]:
    """Return what draws one frame: what stands still is drawn once, what moves on top of it."""
    with _HAND:
        figure.set_dpi(GIF_DPI)
        canvas = FigureCanvasAgg(figure)
        for part in parts:
            part.set_visible(False)
        canvas.draw()
        for part in parts:
            part.set_visible(True)
        ground = canvas.copy_from_bbox(figure.bbox)
    ordered = sorted(parts, key=lambda part: part.get_zorder())

    def draw(step: Callable[[], None]) -> Image.Image:
        with _HAND:
            canvas.restore_region(ground)
            step()
            for part in ordered:
                part.draw(canvas.get_renderer())
        size = canvas.get_width_height()
        return Image.frombuffer("RGBA", size, canvas.buffer_rgba()).convert("RGB")

    return draw
