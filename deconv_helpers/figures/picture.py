"""What a drawing function returns: shown by a notebook, saved to a file."""

from io import BytesIO

import matplotlib.style
from matplotlib.figure import Figure

from deconv_helpers.files import destination, write_whole

# Everything that shapes the bytes of a picture is set here, over matplotlib's
# defaults, so that a reader's own matplotlibrc changes nothing.
_STYLE = {
    "svg.hashsalt": "deconv_helpers",  # the ids in the file, else random
    "svg.fonttype": "path",  # the same glyphs everywhere, with no font installed
    "mathtext.fontset": "dejavusans",
    "font.family": "DejaVu Sans",
    "hatch.linewidth": 1.2,
}
_FORMATS = (".svg", ".png", ".pdf")
# Dates and version numbers would make equal pictures differ.
_METADATA = {
    ".svg": {"Date": None, "Creator": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def drawing_style():
    """Return a context in which matplotlib draws as this book does."""
    return matplotlib.style.context(["default", _STYLE], after_reset=True)


class Picture:
    """A finished drawing that shows itself as SVG and saves itself to a file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The drawing, made inside `drawing_style`, outside of pyplot.
    description : str
        One line that says what is to be seen; the picture's plain-text form.

    Examples
    --------
    >>> from deconv_helpers import figures
    >>> figures.staircase(3, stride=2)
    staircase: k=3 s=2 p=0 d=1, i=3..12 -> o=1..5, steps of 2
    """

    def __init__(self, figure: Figure, description: str):
        self._figure = figure
        self._description = description
        self.svg = self._render(".svg").decode()

    def __repr__(self):
        return self._description

    def _repr_svg_(self):
        return self.svg

    def save(self, path, *, dpi=200):
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
        ValueError
            If the ending is none of the three, or `dpi` is out of range.
        OSError
            If the folder does not exist or cannot be written to.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from deconv_helpers import figures
        >>> with TemporaryDirectory() as folder:
        ...     figures.staircase(3, stride=2).save(f"{folder}/steps.png").name
        'steps.png'
        """
        path = destination(path, _FORMATS)
        ending = path.suffix.lower()
        if isinstance(dpi, bool) or not isinstance(dpi, int):
            raise TypeError(f"dpi must be an int, got dpi={dpi!r}")
        if not 10 <= dpi <= 2000:
            raise ValueError(f"dpi must be from 10 to 2000, got dpi={dpi!r}")
        content = self.svg.encode() if ending == ".svg" else self._render(ending, dpi)
        write_whole(path, content)
        return path

    def _render(self, ending, dpi=200):
        buffer = BytesIO()
        with drawing_style():
            metadata = _METADATA[ending]
            self._figure.savefig(buffer, format=ending[1:], dpi=dpi, metadata=metadata)
        return buffer.getvalue()
