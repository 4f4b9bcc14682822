"""The book's emblem: two stamps, one step apart, and what they add up to."""

from deconv_helpers.figures.axis import stamp
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer


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
    axis = stamp(2, Layer(3, stride=2))
    sheet = Canvas(0, 0, 5, 5)
    for row, start in enumerate(axis.window):
        sheet.cell(start + 1, 0, "input")
        for offset in axis.taps:
            sheet.cell(start + offset, 1.2 + row * 1.05, "kernel")
    for place in axis.result:
        sheet.cell(place, 3.9, "output")
    return sheet.picture("logo: k=3 s=2, i'=2 -> o'=5")
