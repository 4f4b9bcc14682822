"""A drawing that moves: shown by a notebook, saved for slides."""

from hashlib import sha256
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from tqdm import tqdm

from deconv_helpers.figures.picture import drawing_style
from deconv_helpers.files import destination, write_whole

_GIF_DPI = 100
_GIF_PIXELS = 2**16 - 1  # the format's largest side
_COLORS = 128  # of a GIF: the palette, and the steps between two of its colours


class Animation:
    """A drawing that moves: shown as SVG, saved as SVG or GIF.

    The SVG plays by itself, and stands still in print, for readers who asked
    their system for less motion, and where its address ends in ``#still``.

    Parameters
    ----------
    sheet : Grid
        The drawing as it is at step `still`.
    moves : dict of str to list of (float, float)
        For each name on the sheet, how many cells it lies to the right of and
        below its place at step `still`, at each step.
    still : int
        The step that is shown where nothing moves.
    seconds : float
        Length of a step.
    description : str
        One line that says what is to be seen.

    Examples
    --------
    >>> from deconv_helpers import figures
    >>> figures.animate("conv", 5, 3)
    conv: i=5 -> o=3, k=3 s=1 p=0 d=1, 3 steps
    """

    def __init__(self, sheet, moves, *, still, seconds, description):
        self._sheet = sheet
        self._moves = moves
        self._still = still
        self._seconds = seconds
        self._description = description
        self.svg = self._animated_svg()

    def __repr__(self):
        return self._description

    def _repr_svg_(self):
        return self.svg

    def save(self, path):
        """Write the animation to a file, whole or not at all.

        A GIF is drawn frame by frame; where that takes more than a second, a
        bar on the error output shows how far it is.

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
            If the ending is neither, or the picture too large for a GIF.
        OSError
            If the folder does not exist or cannot be written to.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from deconv_helpers import figures
        >>> with TemporaryDirectory() as folder:
        ...     figures.animate("conv", 5, 3).save(f"{folder}/conv.gif").name
        'conv.gif'
        """
        path = destination(path, (".svg", ".gif"))  # before the long work, not after it
        ending = path.suffix.lower()
        largest = max(self._sheet.figure.get_size_inches()) * _GIF_DPI
        if ending == ".gif" and largest > _GIF_PIXELS:
            raise ValueError(
                f"path must end in .svg for a picture this large, got path={str(path)!r}: "
                f"a GIF has at most {_GIF_PIXELS} pixels to a side, this one needs {largest:.0f}"
            )
        write_whole(path, self.svg.encode() if ending == ".svg" else self._gif())
        return path

    def _animated_svg(self):
        """Return the still picture, with rules that move its named parts."""
        # A page may hold several: their rules and names must not meet.
        key = sha256(f"{self._description} {self._seconds}".encode()).hexdigest()[:8]
        svg = self._sheet.picture(self._description).svg
        steps = len(next(iter(self._moves.values())))
        rules, stills = [], []
        for name, moves in self._moves.items():
            svg = svg.replace(f'id="{name}-', f'id="{name}-{key}-')
            frames = "".join(
                f"{100 * step / steps:.5g}%{{transform:translate({x:.5g}px,{y:.5g}px)}}"
                for step, (x, y) in enumerate(self._sheet.points(move) for move in moves)
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

    def _gif(self):
        steps = list(zip(*self._moves.values()))
        figure = self._sheet.figure
        was = figure.dpi
        with drawing_style():
            canvas = FigureCanvasAgg(figure)

            def frame(step):
                for name, move in zip(self._moves, step):
                    self._sheet.shift(name, move)
                canvas.draw()
                size = canvas.get_width_height()
                return Image.frombuffer("RGBA", size, canvas.buffer_rgba()).convert("RGB")

            try:
                figure.set_dpi(_GIF_DPI)
                # One palette for all, so that what stands still is stored once.
                palette = frame(steps[self._still]).quantize(_COLORS)
                bar = tqdm(steps, desc="drawing", unit="step", delay=1, leave=False)
                frames = (
                    frame(step).quantize(palette=palette, dither=Image.Dither.NONE) for step in bar
                )
                file = BytesIO()
                next(frames).save(
                    file,
                    format="GIF",
                    save_all=True,
                    append_images=frames,  # one at a time, as they are drawn
                    duration=round(self._seconds * 1000),
                    loop=0,
                )
            finally:
                for name in self._moves:
                    self._sheet.shift(name, (0, 0))
                figure.set_dpi(was)
        return file.getvalue()
