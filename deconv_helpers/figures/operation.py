"""Pictures of the operation: stamps, zeros between, matrices, phases, and the crop."""

import numpy as np

from deconv_helpers.equivalents import conv_matrix
from deconv_helpers.figures.grid import PALETTE, QUIET, Grid, shade_of
from deconv_helpers.figures.picture import Picture, drawing_style
from deconv_helpers.figures.scene import one_dimension, spread, stamp
from deconv_helpers.sizes import conv_output_size


@one_dimension
def stamps(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1) -> Picture:
    """Draw the stamp of each input number, and their sum.

    Each row is one input number and the kernel multiplied by it, at its place.
    The last row is the sum; what the padding cuts is pale and dashed.

    Parameters
    ----------
    x : sequence of int
        The input, in one dimension.
    kernel : sequence of int
        The weights.
    stride, padding, output_padding, dilation : int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> stamps([1, 2, 3], [1, 2, 1], stride=2)
    stamps: k=3 s=2 p=0 p'=0 d=1, 3 stamps, sum 1 2 3 4 5 6 3
    """
    x, kernel = _row("x", x), _row("kernel", kernel)
    axis = stamp(len(x), len(kernel), stride, padding, output_padding, dilation)
    total = dict.fromkeys(axis.result, 0)
    with drawing_style():
        grid = Grid(-padding - 2.2, -0.2, max(total) + 1.2, len(x) + 1.5)
        for row, (number, start) in enumerate(zip(x, axis.window)):
            grid.cell(-padding - 1.9, row, "input", number)
            for weight, offset in zip(kernel, axis.taps):
                total[start + offset] += number * weight
                grid.cell(start + offset, row, "kernel", number * weight)
        for place, (kind, cut) in axis.result.items():
            grid.cell(place, len(x) + 0.3, kind, total[place], cut=cut)
        kept = [total[place] for place, (_, cut) in axis.result.items() if not cut]
        grid.text(-padding - 0.3, len(x) + 0.8, f"$o' = {len(kept)}$", across="right")
        numbers = " ".join(map(str, kept))
        return grid.picture(
            f"stamps: k={len(kernel)} s={stride} p={padding} p'={output_padding} d={dilation}, "
            f"{len(x)} stamps, sum {numbers}"
        )


@one_dimension
def zero_insertion(
    input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1, position=0
) -> Picture:
    """Draw the input with its zeros, and the flipped kernel on its way along it.

    Above, the input with `stride - 1` zeros between neighbours and a border of
    zeros; in the middle, the flipped kernel, its taps numbered by their place
    in the weights; below, the output, with the cell that this position makes.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`.
    position : int
        The output cell that the kernel is drawn for, from 0.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`; and if there is no such `position`.

    Examples
    --------
    >>> zero_insertion(3, 3, stride=2, padding=1, position=2)
    zero insertion: k=3 s=2 p=1 p'=0 d=1, i'=3 -> o'=5, kernel at 2
    """
    axis = spread(input_size, kernel_size, stride, padding, output_padding, dilation)
    outputs = len(axis.result)
    if isinstance(position, bool) or not isinstance(position, int):
        raise TypeError(f"position must be an int, got position={position!r}")
    if position not in axis.result:
        raise ValueError(f"position must be from 0 to {outputs - 1}, got position={position!r}")
    start, end = axis.window[position], axis.window[position] + axis.taps[-1]
    left, right = min(axis.source), max(axis.source) + 1
    with drawing_style():
        grid = Grid(left - 2.2, -0.2, right + 0.2, 4.4)
        for place, (kind, cut) in axis.source.items():
            text = f"$x_{{{place // stride}}}$" if kind == "input" else "" if cut else 0
            grid.cell(place, 0, kind, text, cut=cut)
        grid.line([start + 0.5, end + 0.5], [1.7] * 2, color=PALETTE["kernel"].edge)
        for tap, offset in enumerate(axis.taps):
            grid.cell(start + offset, 1.2, "kernel", f"$w_{{{kernel_size - 1 - tap}}}$")
        below = (start + end) / 2  # outputs stand under the middle of their windows
        grid.arrow((below + 0.5, 2.3), (below + 0.5, 3.0))
        for place, (kind, _) in axis.result.items():
            grid.cell(place - position + below, 3.1, kind, place, faint=place != position)
        grid.text(left - 0.4, 0.5, f"$i' = {input_size}$", across="right")
        grid.text(left - 0.4, 3.6, f"$o' = {outputs}$", across="right")
        return grid.picture(
            f"zero insertion: k={kernel_size} s={stride} p={padding} p'={output_padding} "
            f"d={dilation}, i'={input_size} -> o'={outputs}, kernel at {position}"
        )


@one_dimension
def matrices(input_size, kernel_size, *, stride=1, padding=0, dilation=1) -> Picture:
    """Draw the matrix of a convolution beside its transpose.

    Each entry that is not 0 holds the index of the kernel's weight, and the
    shade that belongs to it.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, dilation : int
        As in `conv_output_size`.

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
    layer = {"stride": stride, "padding": padding, "dilation": dilation}
    rows = conv_output_size(input_size, kernel_size, **layer)
    # Weights 1 to k, so that an entry says which weight it is, and 0 says none.
    matrix = conv_matrix(input_size, np.arange(1, kernel_size + 1), **layer)
    with drawing_style():
        grid = Grid(-0.3, -1.1, input_size + rows + 1.8, max(input_size, rows) + 0.2)
        for entries, left, name in (
            (matrix, 0, "$C$"),
            (matrix.T, input_size + 1.5, r"$C^{\top}$"),
        ):
            grid.text(left + entries.shape[1] / 2, -0.6, name, size=14)
            for (row, column), entry in np.ndenumerate(entries):
                if entry:
                    grid.shade(left + column, row, shade_of(entry - 1, kernel_size), entry - 1)
                else:
                    grid.cell(left + column, row, "padding")
        return grid.picture(
            f"matrices: k={kernel_size} s={stride} p={padding} d={dilation}, "
            f"{rows} x {input_size} and {input_size} x {rows}"
        )


@one_dimension
def phases(
    input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1
) -> Picture:
    """Draw which taps make which output cells: one row for each phase of the stride.

    On the left, the taps that land on the phase; on the right, the cells that
    they make. Below, the result, interleaved from the rows.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> phases(3, 4, stride=2)
    phases: k=4 s=2 p=0 p'=0 d=1, i'=3 -> o'=8; taps 0 2 | 1 3
    """
    axis = spread(input_size, kernel_size, stride, padding, output_padding, dilation)
    outputs = len(axis.result)
    taps = [
        [tap for tap in range(kernel_size) if tap * dilation % stride == phase]
        for phase in range(stride)
    ]
    left = -kernel_size - 1.5
    with drawing_style():
        grid = Grid(left - 0.2, -0.2, outputs + 0.2, stride + 2.6)
        for tap in range(kernel_size):
            phase = tap * dilation % stride
            grid.shade(left + tap, phase, shade_of(phase, stride), f"$w_{{{tap}}}$")
        for place, (kind, _) in axis.result.items():
            phase = (place + padding) % stride
            grid.line([place + 0.5] * 2, [phase + 0.5, stride + 1.6], color="#d8d8d8")
            for row in (phase, stride + 1.3):
                if kind == "bias":
                    grid.cell(place, row, "bias", place)
                else:
                    grid.shade(place, row, shade_of(phase, stride), place)
        for phase in range(stride):
            grid.arrow((-1.35, phase + 0.5), (-0.25, phase + 0.5))
        grid.text(-0.4, stride + 1.8, f"$o' = {outputs}$", across="right")
        named = " | ".join(" ".join(map(str, of_phase)) or "-" for of_phase in taps)
        return grid.picture(
            f"phases: k={kernel_size} s={stride} p={padding} p'={output_padding} d={dilation}, "
            f"i'={input_size} -> o'={outputs}; taps {named}"
        )


@one_dimension
def crop(input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1) -> Picture:
    """Draw the full result, what the padding cuts, and what output padding saves.

    Above, the full result and behind it the cells that output padding appends;
    below, what remains after the cut.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> crop(3, 3, stride=2, padding=1, output_padding=1)
    crop: k=3 s=2 p=1 p'=1 d=1, full 7, cut 1 and 0, o'=6
    """
    axis = stamp(input_size, kernel_size, stride, padding, output_padding, dilation)
    whole = len(axis.result)
    full, outputs = whole - output_padding, whole - 2 * padding
    with drawing_style():
        grid = Grid(-1.9, -1.2, whole + 0.3, 4.4 if output_padding else 3.2)
        for place, (kind, cut) in axis.result.items():
            grid.cell(place + padding, 0, kind, place + padding, cut=cut)
            if not cut:
                grid.cell(place + padding, 2.0, kind, place)
        if padding:
            for start in (0, whole - padding):
                grid.bracket(start, start + padding, 0, f"$p = {padding}$", above=True)
        if output_padding:
            label = f"$p' = {output_padding}$"
            mark = PALETTE["unread"].edge
            grid.bracket(full, whole, 3.0, label, above=False, color=mark)
            for x in (full, whole):
                grid.line([x, x], [-0.1, 3.1], color=mark, style="dotted")
        for x in (padding, whole - padding):
            grid.line([x, x], [-0.1, 3.1], color=QUIET, style="dashed")
        grid.text(-0.3, 2.5, f"$o' = {outputs}$", across="right")
        return grid.picture(
            f"crop: k={kernel_size} s={stride} p={padding} p'={output_padding} d={dilation}, "
            f"full {full}, cut {padding} and {padding - output_padding}, o'={outputs}"
        )


def arrays(*values, names) -> Picture:
    """Draw two-dimensional arrays side by side, each cell shaded by its value.

    Parameters
    ----------
    *values : array_like, shape (rows, columns)
        The arrays; each is shaded from its own smallest to its own largest value.
    names : sequence of str
        A symbol for each array, without the dollar signs.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If an array has not two axes, or there are not as many names as arrays.

    Examples
    --------
    >>> arrays([[0, 1], [1, 0]], names=["x"])
    arrays: x 2 x 2
    """
    values = [np.asarray(value, dtype=float) for value in values]
    names = list(names or ())
    if not values or len(names) != len(values):
        raise ValueError(f"names must be {len(values)} symbols, one for each array, got {names!r}")
    for name, value in zip(names, values):
        if value.ndim != 2 or not value.size:
            raise ValueError(f"values must have two axes, but {name} has shape {value.shape}")
        if not np.isfinite(value).all():
            raise ValueError(
                f"values must be finite, but {name} holds {value[~np.isfinite(value)][0]}"
            )
    small = 0.5  # these arrays are looked at as a whole: half the size of other cells
    width = sum(value.shape[1] for value in values) * small + (len(values) - 1) * 1.0
    height = max(value.shape[0] for value in values) * small
    with drawing_style():
        grid = Grid(-0.2, -1.1, width + 0.2, height + 0.2)
        left = 0.0
        for name, value in zip(names, values):
            low, high = value.min(), value.max()
            levels = {
                entry: (entry - low) / (high - low) if high > low else 0.5
                for entry in np.unique(value).tolist()
            }
            greys = {entry: f"{1 - 0.85 * level:.3f}" for entry, level in levels.items()}
            grid.mosaic(left, 0, value, greys, size=small)
            grid.text(left + value.shape[1] * small / 2, -0.6, f"${name}$", size=14)
            left += value.shape[1] * small + 1.0
        shapes = ", ".join(
            f"{name} {value.shape[0]} x {value.shape[1]}" for name, value in zip(names, values)
        )
        return grid.picture(f"arrays: {shapes}")


def _row(name, numbers):
    row = np.asarray(numbers)
    if row.ndim != 1 or not row.size:
        raise ValueError(f"{name} must be a row of numbers, got {name}={row.tolist()!r}")
    if row.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold ints, got {name}={row.tolist()!r}")
    return row.tolist()
