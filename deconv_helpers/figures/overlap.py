"""Pictures of overlap: how many stamps meet in each output cell."""

import numpy as np

from deconv_helpers.figures.grid import PALETTE, Grid, shade_of
from deconv_helpers.figures.picture import Picture, drawing_style
from deconv_helpers.figures.scene import one_dimension
from deconv_helpers.overlap import overlap_counts


def overlap(
    input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1
) -> Picture:
    """Draw the number of products that are added up in each output cell.

    In one dimension each row is the stamp of one input cell, and the last row
    counts; in two dimensions only the counts are drawn. The darker the cell,
    the more products. What the padding cuts is pale and dashed.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int or tuple of int
        As in `overlap_counts`: ints alone for one dimension, a tuple of two
        ints for two.

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
    layer = {
        "stride": stride,
        "padding": padding,
        "output_padding": output_padding,
        "dilation": dilation,
    }
    counts = overlap_counts(input_size, kernel_size, **layer)
    if counts.ndim > 2:
        raise ValueError(f"a picture has one or two dimensions, the parameters have {counts.ndim}")
    if counts.ndim == 2:
        given = f"k={kernel_size} s={stride} p={padding} p'={output_padding} d={dilation}"
        return _plane(counts, f"overlap: {given}, i'={input_size} -> o'={counts.shape}")
    return _rows(counts, input_size=input_size, kernel_size=kernel_size, **layer)


@one_dimension
def _rows(counts, *, input_size, kernel_size, stride, padding, output_padding, dilation):
    layer = {"stride": stride, "output_padding": output_padding, "dilation": dilation}
    uncut = overlap_counts(input_size, kernel_size, **layer)
    step = 0.5  # height of a stamp: its cells hold no number
    bottom = input_size * step + 0.3
    with drawing_style():
        grid = Grid(-2.2, -0.2, len(uncut) + 0.2, bottom + 1.2)
        for row in range(input_size):
            grid.cell(-1.9, row * step, "input", height=step)
            for tap in range(kernel_size):
                grid.cell(row * stride + tap * dilation, row * step, "kernel", height=step)
        for place, count in enumerate(uncut.tolist()):
            kept = padding <= place < padding + len(counts)
            if kept and count:
                grid.shade(place, bottom, shade_of(count - 1, counts.max()), count)
            else:
                grid.cell(place, bottom, "kernel" if count else "bias", count, cut=not kept)
        grid.text(-0.3, bottom + 0.5, f"$o' = {len(counts)}$", across="right")
        given = f"k={kernel_size} s={stride} p={padding} p'={output_padding} d={dilation}"
        shown = " ".join(map(str, counts))
        return grid.picture(
            f"overlap: {given}, i'={input_size} -> o'={len(counts)}, counts {shown}"
        )


def _plane(counts, description):
    rows, columns = counts.shape
    many = max(counts.shape) > 16  # too many numbers to read: shades alone, half as large
    size = 0.5 if many else 1.0
    faces = {
        count: shade_of(count - 1, counts.max()) if count else PALETTE["bias"].face
        for count in np.unique(counts).tolist()
    }
    with drawing_style():
        grid = Grid(-0.2, -0.2, columns * size + 0.2, rows * size + 0.2)
        if many:
            grid.mosaic(0, 0, counts, faces, size=size)
        else:
            for (y, x), count in np.ndenumerate(counts):
                grid.shade(x, y, faces[count], count)
        return grid.picture(f"{description}, counts {counts.min()} to {counts.max()}")
