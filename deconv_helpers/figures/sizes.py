"""Pictures of sizes: which size goes where, and what the kernel never reads."""

from deconv_helpers.figures.grid import PALETTE, Grid
from deconv_helpers.figures.picture import Picture, drawing_style
from deconv_helpers.figures.scene import one_dimension, read, stamp
from deconv_helpers.sizes import (
    conv_input_sizes,
    conv_output_size,
    effective_kernel_size,
    output_padding_for,
)


@one_dimension
def staircase(kernel_size, *, stride=1, padding=0, dilation=1, input_sizes=None) -> Picture:
    """Draw which size the convolution makes of each input size.

    Each column is an input size, each row an output size. The number in a
    cell counts the cells behind the kernel's last position; 0 marks the sizes
    where the division leaves no remainder.

    Parameters
    ----------
    kernel_size, stride, padding, dilation : int
        As in `conv_output_size`.
    input_sizes : range, optional
        The columns; if left out, whole steps from the smallest size that the
        kernel fits into: two steps at least, and ten columns or more.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_output_size`; and if `input_sizes` is empty.

    Examples
    --------
    >>> staircase(3, stride=2, input_sizes=range(9, 11))
    staircase: k=3 s=2 p=0 d=1, i=9..10 -> o=4..4, steps of 2
    """
    layer = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    steps = _steps(input_sizes, layer)
    input_sizes = list(steps)
    lowest, highest = min(steps.values()), max(steps.values())
    with drawing_style():
        grid = Grid(-1.6, -0.6, len(steps) + 0.8, highest - lowest + 3.0)
        bottom = highest - lowest + 1
        grid.line([-0.15, -0.15, len(steps)], [0, bottom + 0.15, bottom + 0.15])
        for column, (size, output) in enumerate(steps.items()):
            row = highest - output
            rest = output_padding_for(output, size, **layer)
            # A guide from the axis to the step, as one follows it with a finger.
            grid.line([column + 0.5] * 2, [row + 1, bottom + 0.1], color="#d8d8d8")
            grid.cell(column, row, "unread" if rest else "output", rest)
            grid.text(column + 0.5, bottom + 0.65, size)
        for output in range(lowest, highest + 1):
            grid.text(-0.55, highest - output + 0.5, output)
        grid.text(len(steps) / 2, bottom + 1.45, "$i$", size=14, color=PALETTE["input"].edge)
        grid.text(-1.25, bottom / 2, "$o$", size=14, color=PALETTE["output"].edge)
        return grid.picture(
            f"staircase: k={kernel_size} s={stride} p={padding} d={dilation}, "
            f"i={input_sizes[0]}..{input_sizes[-1]} -> o={lowest}..{highest}, "
            f"steps of {stride}"
        )


@one_dimension
def size_map(kernel_size, *, stride=1, padding=0, dilation=1, input_sizes=None) -> Picture:
    """Draw which sizes share an output size, and the output padding that leads back.

    From top to bottom: the sizes before the convolution; the sizes that it
    makes of them; the same, before the transposed convolution; and the sizes
    that it makes, one for each output padding below the stride.

    Parameters
    ----------
    kernel_size, stride, padding, dilation : int
        As in `conv_output_size`.
    input_sizes : range, optional
        The upper row; if left out, as in `staircase`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_output_size`; and if `input_sizes` is empty.

    Examples
    --------
    >>> size_map(3, stride=2, input_sizes=range(7, 11))
    size map: k=3 s=2 p=0 d=1, 7 8 -> 3, 9 10 -> 4, and back with p'=0..1
    """
    layer = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    steps = _steps(input_sizes, layer)
    shared = {}
    for column, (size, output) in enumerate(steps.items()):
        shared.setdefault(output, []).append((column, size))
    middle, low = 2.2, 6.4  # where the rows of the small and of the large sizes begin
    with drawing_style():
        grid = Grid(-1.4, -0.2, len(steps) + 0.3, low + 1.2)
        for output, sizes in shared.items():
            centre = sum(column for column, _ in sizes) / len(sizes)
            grid.cell(centre, middle, "output", output)
            grid.cell(centre, middle + 1, "input", output)
            for column, size in sizes:
                rest = output_padding_for(output, size, **layer)
                grid.cell(column, 0, "input", size)
                grid.line([column + 0.5, centre + 0.5], [1, middle])
                grid.line([centre + 0.5, column + 0.5], [middle + 2, low - 1])
                grid.text(column + 0.5, low - 0.5, rest, color=PALETTE["unread"].edge)
                grid.cell(column, low, "output", size)
        for y, label in ((0, "i"), (middle, "o"), (middle + 1, "i'"), (low, "o'")):
            grid.text(-0.4, y + 0.5, f"${label}$", size=14, across="right")
        grid.text(-0.4, low - 0.5, "$p'$", size=14, across="right", color=PALETTE["unread"].edge)
        groups = ", ".join(
            f"{' '.join(str(size) for _, size in sizes)} -> {output}"
            for output, sizes in shared.items()
        )
        return grid.picture(
            f"size map: k={kernel_size} s={stride} p={padding} d={dilation}, {groups}, "
            f"and back with p'=0..{stride - 1}"
        )


@one_dimension
def unread_rows(input_size, kernel_size, *, stride=1, padding=0, dilation=1) -> Picture:
    """Draw what the convolution never reads, and the same number as `p'`.

    From top to bottom: the padded input, every position of the kernel, the
    output of the convolution; and from there back, the same positions of the
    kernel, and the output of the transposed convolution that has the input's
    size again.

    Parameters
    ----------
    input_size : int
        Size before the convolution, and again after the transposed one.
    kernel_size, stride, padding, dilation : int
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
    >>> unread_rows(10, 3, stride=2)
    unread rows: k=3 s=2 p=0 d=1, i=10 -> o=4, unread 1; back 4 -> 10 with p'=1
    """
    layer = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    forth = read(input_size, **layer)
    small = len(forth.result)
    rest = output_padding_for(small, input_size, **layer)
    back = stamp(small, output_padding=rest, **layer)
    span = effective_kernel_size(kernel_size, dilation)
    step = 0.42  # height of one kernel position
    fan = small * step + 0.3
    middle = 1.0 + fan + 0.3
    low = middle + 2.3 + fan
    outer = 1.2 if rest else 0.2  # room for a bracket, where there is one
    with drawing_style():
        grid = Grid(-padding - 2.8, -outer, input_size + padding + 0.4, low + 1 + outer)
        for position, start in enumerate(forth.window):
            centre = start + span / 2
            grid.line([centre] * 2, [1.15, low - 0.15], color="#cccccc", style="dotted")
            for y in (1.15 + position * step, low - 0.15 - (position + 1) * step):
                ends = [start + 0.15, start + span - 0.15]
                grid.line(ends, [y + step / 2] * 2, color=PALETTE["kernel"].edge)
                for offset in forth.taps:
                    x = start + offset + 0.12
                    last = position == small - 1
                    grid.cell(x, y + 0.04, "kernel", width=0.76, height=step - 0.08, faint=not last)
            grid.cell(centre - 0.5, middle, "output", position)
            grid.cell(centre - 0.5, middle + 1, "input", position)
        # The padded input above and the uncut result below have the same cells.
        for x, (kind, _) in forth.source.items():
            made, cut = back.result[x]
            text = "" if cut else x
            grid.cell(x, 0, kind, text)
            grid.cell(x, low, made, text, cut=cut)
        if rest:
            end = input_size + padding
            mark, first = PALETTE["unread"].edge, end - rest
            grid.bracket(first, end, 0, f"$r = {rest}$", above=True, color=mark)
            grid.bracket(first, end, low + 1, f"$p' = {rest}$", above=False, color=mark)
        left = -padding - 0.35
        for y, label in (
            (0, f"$i = {input_size}$"),
            (middle, f"$o = {small}$"),
            (middle + 1, f"$i' = {small}$"),
            (low, f"$o' = {input_size}$"),
        ):
            grid.text(left, y + 0.5, label, across="right")
        for start, end in ((1.2, middle - 0.1), (middle + 2.2, low - 0.1)):
            grid.arrow((left - 1.0, start), (left - 1.0, end))
        return grid.picture(
            f"unread rows: k={kernel_size} s={stride} p={padding} d={dilation}, "
            f"i={input_size} -> o={small}, unread {rest}; "
            f"back {small} -> {input_size} with p'={rest}"
        )


def _steps(input_sizes, layer):
    """Return the output size of each input size; if none are given, of whole steps."""
    if input_sizes is None:
        first = conv_input_sizes(1, **layer) or conv_input_sizes(
            conv_output_size(1, **layer), **layer
        )
        stride = layer["stride"]
        columns = stride * -(-10 // stride)
        input_sizes = range(first.start, first.stop - stride + max(columns, 2 * stride))
    if not isinstance(input_sizes, range):
        raise TypeError(f"input_sizes must be a range, got input_sizes={input_sizes!r}")
    if not input_sizes:
        raise ValueError(f"input_sizes must hold at least one size, got {input_sizes}")
    return {size: conv_output_size(size, **layer) for size in input_sizes}
