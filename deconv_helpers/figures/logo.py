"""The book's logo: two stamps, one step apart, and what they add up to."""

from deconv_helpers.figures.grid import Grid
from deconv_helpers.figures.picture import Picture, drawing_style
from deconv_helpers.figures.scene import stamp


def logo() -> Picture:
    """Draw the logo: a transposed convolution of two cells, in its smallest form.

    Returns
    -------
    Picture

    Examples
    --------
    >>> logo()
    logo: k=3 s=2, i'=2 -> o'=5
    """
    axis = stamp(2, kernel_size=3, stride=2, padding=0, output_padding=0, dilation=1)
    with drawing_style():
        grid = Grid(0, 0, 5, 5)
        for row, start in enumerate(axis.window):
            grid.cell(start + 1, 0, "input")
            for offset in axis.taps:
                grid.cell(start + offset, 1.2 + row * 1.05, "kernel")
        for place in axis.result:
            grid.cell(place, 3.9, "output")
        return grid.picture("logo: k=3 s=2, i'=2 -> o'=5")
