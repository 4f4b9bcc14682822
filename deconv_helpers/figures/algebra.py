"""A convolution as a matrix, and its transpose."""

import numpy as np

from deconv_helpers.equivalents import conv_matrix
from deconv_helpers.figures.axis import single_axis
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.palette import shade_of
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints


def matrices(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw the matrix of a convolution beside its transpose.

    Each entry that is not 0 holds the index of the kernel's weight, and the
    shade that belongs to it.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, dilation : int
        As in `conv_output_size`; a `Layer` in place of `kernel_size` stands for
        the last four.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_output_size`.

    Examples
    --------
    >>> matrices(7, 3, stride=2)
    matrices: k=3 s=2 p=0 d=1, 3 x 7 and 7 x 3
    """
    layer, size = single_axis(
        Layer.of(kernel_size, stride=stride, padding=padding, dilation=dilation),
        input_size=input_size,
    )
    rows = layer.conv_output_size(size)
    check_cells(rows, size + 2 * layer.padding)
    # Weights 1 to k, so that an entry says which weight it is, and 0 says none.
    rest = layer.conv_keywords
    weights = np.arange(1, rest.pop("kernel_size") + 1)
    matrix = conv_matrix(size, weights, **rest)
    sheet = Canvas(-0.3, -1.1, size + rows + 1.8, max(size, rows) + 0.2)
    for entries, left, name in (
        (matrix, 0, "$C$"),
        (matrix.T, size + 1.5, r"$C^{\top}$"),
    ):
        sheet.text(left + entries.shape[1] / 2, -0.6, name, size=14)
        for (row, column), entry in np.ndenumerate(entries):
            if entry:
                sheet.shade(left + column, row, shade_of(entry - 1, len(weights)), entry - 1)
            else:
                sheet.cell(left + column, row, "padding")
    return sheet.picture(
        f"matrices: {layer.line(conv=True)}, {rows} x {size} and {size} x {rows}",
        live=live_state(rows, layer.with_output_size(rows, size), view="matrix"),
    )
