"""Each output cell from the inputs that reach it: under the flipped kernel, or by phase."""

from deconv_helpers.figures.axis import single_axis, spread
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.palette import GUIDE, PALETTE, shade_of
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints, as_int


def zero_insertion(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
    position: int = 0,
) -> Picture:
    """Draw the input with its zeros, and the flipped kernel on its way along it.

    Above, the input with `stride - 1` zeros between neighbours and a border of
    zeros; in the middle, the flipped kernel, its taps numbered by their place
    in the weights; below, the output, with the cell that this position makes.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`; a `Layer` in place of `kernel_size`
        stands for the last five.
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
    outputs = layer.output_size(size)
    position = as_int("position", position, 0, outputs - 1)
    axis = spread(size, layer)
    start, end = axis.window[position], axis.window[position] + axis.taps[-1]
    left, right = min(axis.source), max(axis.source) + 1
    sheet = Canvas(left - 2.2, -0.2, right + 0.2, 4.4)
    for place, (kind, cut) in axis.source.items():
        text = f"$x_{{{place // layer.stride}}}$" if kind == "input" else "" if cut else 0
        sheet.cell(place, 0, kind, text, cut=cut)
    sheet.line([start + 0.5, end + 0.5], [1.7] * 2, color=PALETTE["kernel"].edge)
    for weight, offset in zip(axis.weights, axis.taps):
        sheet.cell(start + offset, 1.2, "kernel", f"$w_{{{weight}}}$")
    below = (start + end) / 2  # outputs stand under the middle of their windows
    sheet.arrow((below + 0.5, 2.3), (below + 0.5, 3.0))
    for place, (kind, _) in axis.result.items():
        sheet.cell(place - position + below, 3.1, kind, place, faint=place != position)
    sheet.text(left - 0.4, 0.5, f"$i' = {size}$", across="right")
    sheet.text(left - 0.4, 3.6, f"$o' = {outputs}$", across="right")
    return sheet.picture(
        f"zero insertion: {layer.line()}, i'={size} -> o'={outputs}, kernel at {position}",
        live=live_state(size, layer, view="zeros"),
    )


def phases(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
    """Draw which taps make which output cells: one row for each phase of the stride.

    On the left, the taps that land on the phase; on the right, the cells that
    they make. Below, the result, interleaved from the rows.

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
    >>> phases(3, 4, stride=2)
    phases: k=4 s=2 p=0 p'=0 d=1, i'=3 -> o'=8; taps 0 2 | 1 3
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
    axis = spread(size, layer)
    outputs, apart, weights = len(axis.result), layer.stride, layer.kernel_size
    left = -weights - 1.5
    sheet = Canvas(left - 0.2, -0.2, outputs + 0.2, apart + 2.6)
    taps: list[list[int]] = [[] for _ in range(apart)]
    for tap, offset in enumerate(axis.taps):
        phase = offset % apart
        taps[phase].append(tap)
        sheet.shade(left + tap, phase, shade_of(phase, apart), f"$w_{{{tap}}}$")
    for place, (kind, _) in axis.result.items():
        phase = (place + layer.padding) % apart
        sheet.line([place + 0.5] * 2, [phase + 0.5, apart + 1.6], color=GUIDE)
        for row in (phase, apart + 1.3):
            if kind == "bias":
                sheet.cell(place, row, "bias", place)
            else:
                sheet.shade(place, row, shade_of(phase, apart), place)
    for phase in range(apart):
        sheet.arrow((-1.35, phase + 0.5), (-0.25, phase + 0.5))
    sheet.text(-0.4, apart + 1.8, f"$o' = {outputs}$", across="right")
    named = " | ".join(" ".join(map(str, of_phase)) or "-" for of_phase in taps)
    return sheet.picture(
        f"phases: {layer.line()}, i'={size} -> o'={outputs}; taps {named}",
        live=live_state(size, layer, view="phases"),
    )
