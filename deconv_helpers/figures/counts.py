"""How many stamps meet in each output cell."""

import numpy as np

from deconv_helpers.figures.axis import single_axis, stamp, uncut
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.palette import PALETTE, shade_of
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.overlap import overlap_counts
from deconv_helpers.sizes import Ints, axes_of, per_axis


def overlap(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw the number of products that are added up in each output cell.

    In one dimension each row is the stamp of one input cell, and the last row
    counts; in two dimensions only the counts are drawn, with those of each axis
    in the margins: a cell's count is their product. The darker the cell, the
    more products. What the padding cuts is pale and dashed.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int or tuple of int
        As in `overlap_counts`: ints alone for one dimension, a tuple of two
        ints for two. A `Layer` in place of `kernel_size` stands for the last
        five.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `overlap_counts`; and if there are more than two dimensions.

    Examples
    --------
    >>> overlap(4, 3, stride=2)
    overlap: k=3 s=2 p=0 p'=0 d=1, i'=4 -> o'=9, counts 1 1 2 1 2 1 2 1 1
    >>> overlap((4, 4), 3, stride=2)
    overlap: k=3 s=2 p=0 p'=0 d=1, i'=(4, 4) -> o'=(9, 9), counts 1 to 4
    """
    layer = Layer.of(
        kernel_size,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )
    axes = axes_of(input_size=input_size, **layer.keywords) or 1
    if axes > 2:
        raise ValueError(f"a picture has one or two dimensions, the parameters have {axes}")
    if axes == 1:
        return _rows(*single_axis(layer, input_size=input_size))
    (sizes,) = per_axis(2, input_size=input_size)
    return _plane(layer, sizes)


def _rows(layer: Layer, input_size: int) -> Picture:
    axis = stamp(input_size, layer)
    check_cells(len(axis.window), len(axis.taps))
    first = min(axis.result)
    counts = overlap_counts(input_size, **layer.keywords)
    every = overlap_counts(input_size, **uncut(layer).keywords).tolist()
    step = 0.5  # height of a stamp: its cells hold no number
    bottom = input_size * step + 0.3
    sheet = Canvas(-2.2, -0.2, len(every) + 0.2, bottom + 1.2)
    for row, start in enumerate(axis.window):
        sheet.cell(-1.9, row * step, "input", height=step)
        for offset in axis.taps:
            sheet.cell(start + offset - first, row * step, "kernel", height=step)
    for (place, (_, cut)), count in zip(axis.result.items(), every):
        if count and not cut:
            sheet.shade(place - first, bottom, shade_of(count - 1, counts.max()), count)
        else:
            sheet.cell(place - first, bottom, "kernel" if count else "bias", count, cut=cut)
    sheet.text(-0.3, bottom + 0.5, f"$o' = {len(counts)}$", across="right")
    shown = " ".join(map(str, counts))
    return sheet.picture(
        f"overlap: {layer.line()}, i'={input_size} -> o'={len(counts)}, counts {shown}",
        live=live_state(input_size, layer, counts=True),
    )


def _plane(layer: Layer, input_sizes: tuple[int, ...]) -> Picture:
    outputs = layer.output_size(input_sizes)
    check_cells(*uncut(layer).output_size(input_sizes))
    counts = overlap_counts(input_sizes, **layer.keywords)
    rows, columns = counts.shape
    many = max(counts.shape) > 16  # too many numbers to read: shades alone, half as large
    size = 0.5 if many else 1.0
    faces = {
        count: shade_of(count - 1, counts.max()) if count else PALETTE["bias"].face
        for count in np.unique(counts).tolist()
    }
    margin = 0.2 if many else 1.2
    sheet = Canvas(-margin, -margin, columns * size + 0.2, rows * size + 0.2)
    if many:
        sheet.mosaic(0, 0, counts, faces, size=size)
    else:
        for (y, x), count in np.ndenumerate(counts):
            sheet.shade(x, y, faces[count], count)
        down, across = (
            overlap_counts(size, **axis.keywords).tolist()
            for size, axis in zip(input_sizes, layer.axes(2))
        )
        for place, count in enumerate(down):
            sheet.text(-0.5, place + 0.5, count, color=PALETTE["kernel"].edge)
        for place, count in enumerate(across):
            sheet.text(place + 0.5, -0.5, count, color=PALETTE["kernel"].edge)
    return sheet.picture(
        f"overlap: {layer.line()}, i'={input_sizes} -> o'={outputs}, "
        f"counts {counts.min()} to {counts.max()}",
        live=live_state(input_sizes, layer, counts=True),
    )
