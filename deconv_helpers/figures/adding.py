"""Each input number adds a stamp, and the sum is cut: how the output comes to be."""

from dataclasses import replace

from numpy.typing import ArrayLike

from deconv_helpers.figures.axis import single_axis, stamp
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.numbers import whole_numbers
from deconv_helpers.figures.palette import PALETTE, QUIET
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints


def stamps(
    x: ArrayLike,
    kernel: ArrayLike,
    layer: Layer | None = None,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw the stamp of each input number, and their sum.

    Each row is one input number and the kernel multiplied by it, at its place.
    The last row is the sum; what the padding cuts is pale and dashed.

    Parameters
    ----------
    x : sequence of int
        The input, in one dimension.
    kernel : sequence of int
        The weights.
    layer : Layer, optional
        A layer with this many weights, in place of the parameters below.
    stride, padding, output_padding, dilation : int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`; and if `layer` has another
        `kernel_size`, or the numbers are no row of ints.

    Examples
    --------
    >>> stamps([1, 2, 3], [1, 2, 1], stride=2)
    stamps: k=3 s=2 p=0 p'=0 d=1, 3 stamps, sum 1 2 3 4 5 6 3
    """
    inputs, weights = (
        whole_numbers(name, numbers, 1).tolist() for name, numbers in (("x", x), ("kernel", kernel))
    )
    (of_axis,) = single_axis(
        Layer.of(
            len(weights) if layer is None else layer,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
        )
    )
    if of_axis.kernel_size != len(weights):
        raise ValueError(
            f"kernel must hold kernel_size={of_axis.kernel_size} numbers, as layer has it, "
            f"got kernel={weights}"
        )
    axis = stamp(len(inputs), of_axis)
    total = dict.fromkeys(axis.result, 0)
    sheet = Canvas(-of_axis.padding - 2.2, -0.2, max(total) + 1.2, len(inputs) + 1.5)
    for row, (number, start) in enumerate(zip(inputs, axis.window)):
        sheet.cell(-of_axis.padding - 1.9, row, "input", number)
        for weight, offset in zip(weights, axis.taps):
            total[start + offset] += number * weight
            sheet.cell(start + offset, row, "kernel", number * weight)
    for place, (kind, cut) in axis.result.items():
        sheet.cell(place, len(inputs) + 0.3, kind, total[place], cut=cut)
    kept = [total[place] for place, (_, cut) in axis.result.items() if not cut]
    sheet.text(-of_axis.padding - 0.3, len(inputs) + 0.8, f"$o' = {len(kept)}$", across="right")
    numbers = " ".join(map(str, kept))
    return sheet.picture(
        f"stamps: {of_axis.line()}, {len(inputs)} stamps, sum {numbers}",
        live=live_state(len(inputs), of_axis, x=inputs, w=weights),
    )


def crop(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw the full result, what the padding cuts, and what output padding saves.

    Above, the full result and behind it the cells that output padding appends;
    below, what remains after the cut.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`; a `Layer` in place of `kernel_size`
        stands for the last five.

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
    layer, size = single_axis(
        Layer.of(
            kernel_size,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
        ),
        input_size=input_size,
    )
    axis = stamp(size, layer)
    p, rest = layer.padding, layer.output_padding
    whole, outputs = len(axis.result), layer.output_size(size)
    full = replace(layer, padding=0, output_padding=0).output_size(size)
    # Places of the result: where the full one ends, and what is appended begins.
    end = full - p
    lost = sum(cut for place, (_, cut) in axis.result.items() if outputs <= place < end)
    gained = sum(not cut for place, (_, cut) in axis.result.items() if place >= end)
    more = f"{gained} more, " if gained else ""
    sheet = Canvas(-1.9, -1.2, whole + 0.3, 4.4 if rest else 3.2)
    for place, (kind, cut) in axis.result.items():
        sheet.cell(place + p, 0, kind, place + p, cut=cut)
        if not cut:
            sheet.cell(place + p, 2.0, kind, place)
    if p:
        for start in (0, whole - p):
            sheet.bracket(start, start + p, 0, f"$p = {p}$", above=True)
    if rest:
        label = f"$p' = {rest}$"
        mark = PALETTE["unread"].edge
        sheet.bracket(full, whole, 3.0, label, above=False, color=mark)
        for x in (full, whole):
            sheet.line([x, x], [-0.1, 3.1], color=mark, style="dotted")
    for x in (p, whole - p):
        sheet.line([x, x], [-0.1, 3.1], color=QUIET, style="dashed")
    sheet.text(-0.3, 2.5, f"$o' = {outputs}$", across="right")
    return sheet.picture(
        f"crop: {layer.line()}, full {full}, cut {p} and {lost}, {more}o'={outputs}",
        live=live_state(size, layer),
    )
