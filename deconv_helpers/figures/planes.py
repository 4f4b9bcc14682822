"""Two axes: the stamp of each input number as a sheet of its own, and the sum of all sheets."""

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.equivalents import scatter_add
from deconv_helpers.figures.axis import stamp, uncut
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.numbers import whole_numbers
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints


def stamps_2d(
    x: ArrayLike,
    kernel: ArrayLike,
    layer: Layer | None = None,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw the stamp of each input number in the plane, and their sum.

    Each sheet is the whole output with one stamp on it, below the number that
    multiplies the kernel; the last sheet is the sum. What the padding cuts is
    pale and dashed.

    Parameters
    ----------
    x : array_like of int, shape (rows, columns)
        The input.
    kernel : array_like of int, shape (rows, columns)
        The weights.
    layer : Layer, optional
        A layer with a kernel of this size, in place of the parameters below.
    stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`; and if `layer` has another
        `kernel_size`, or an array is no table of ints.

    Examples
    --------
    >>> stamps_2d([[1, 2], [3, 4]], [[1, 10], [100, 1000]])
    stamps: k=2 s=1 p=0 p'=0 d=1, 2x2 stamps, sum 1 12 20 | 103 1234 2040 | 300 3400 4000
    """
    inputs, weights = whole_numbers("x", x, 2), whole_numbers("kernel", kernel, 2)
    whole = Layer.of(
        weights.shape if layer is None else layer,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )
    along = whole.axes(2)
    if tuple(axis.kernel_size for axis in along) != weights.shape:
        raise ValueError(
            f"kernel must have shape {whole.kernel_size}, as layer has it, got {weights.shape}"
        )
    kept: Any = whole.output_size(inputs.shape)
    high, wide = (uncut(axis).output_size(size) for axis, size in zip(along, inputs.shape))
    check_cells((inputs.size + 1) * wide, high)
    rows, columns = (stamp(size, axis) for size, axis in zip(inputs.shape, along))
    sheet = Canvas(-0.2, -1.6, (inputs.size + 1) * (wide + 1) - 0.8, high + 0.2)
    for place, at in enumerate(np.ndindex(inputs.shape)):
        number, left = int(inputs[at]), place * (wide + 1)
        sheet.cell(left + wide / 2 - 0.5, -1.4, "input", number)
        sheet.text(left + wide + 0.5, high / 2, "=" if place == inputs.size - 1 else "+", size=16)
        touched = {}
        for tap in np.ndindex(weights.shape):
            y = rows.window[at[0]] + rows.taps[tap[0]]
            touched[y, columns.window[at[1]] + columns.taps[tap[1]]] = number * int(weights[tap])
        for y, column in product(rows.result, columns.result):
            spot = left + column - min(columns.result), y - min(rows.result)
            if (y, column) in touched:
                sheet.cell(*spot, "kernel", touched[y, column])
            else:
                sheet.cell(*spot, "padding", faint=True)
    total = scatter_add(inputs, weights, **_keywords(uncut(whole)))
    left = inputs.size * (wide + 1)
    for (y, (row_kind, row_cut)), (column, (kind, cut)) in product(
        rows.result.items(), columns.result.items()
    ):
        spot = y - min(rows.result), column - min(columns.result)
        look = "bias" if "bias" in (row_kind, kind) else "output"
        sheet.cell(left + spot[1], spot[0], look, int(total[spot]), cut=row_cut or cut)
    sheet.text(left + wide / 2, -0.8, f"$o' = {kept[0]} \\times {kept[1]}$")
    result = scatter_add(inputs, weights, **_keywords(whole))
    shown = " | ".join(" ".join(map(str, line)) for line in result.tolist())
    sizes = "x".join(map(str, inputs.shape))
    return sheet.picture(
        f"stamps: {whole.line()}, {sizes} stamps, sum {shown}",
        live=live_state(inputs.shape, whole, x=inputs.tolist(), w=weights.tolist()),
    )


def _keywords(layer: Layer) -> dict[str, Any]:
    return {name: value for name, value in layer.keywords.items() if name != "kernel_size"}
