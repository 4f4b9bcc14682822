"""Where stamps land: their centres under those of the inputs, and what one chunk hands on."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from deconv_helpers.design import centre, stream
from deconv_helpers.figures.axis import AxisLayer, single_axis, stamp
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.numbers import whole_numbers
from deconv_helpers.figures.palette import GUIDE, PALETTE, QUIET
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints, as_int


def centres(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
    position: int = 0,
) -> Picture:
    """Draw where the stamp of each input lies, beside where the input itself would lie.

    Above, the input, each cell drawn `stride` cells wide; below, the output, on
    the same ruler. A line leads from the middle of each input cell to the
    middle of its stamp: upright where the layer is centred, aslant where it
    moves the picture. One stamp is drawn whole.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_output_size`; a `Layer` in place of `kernel_size`
        stands for the last five.
    position : int
        The input cell whose stamp is drawn, from 0.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`; and if there is no such `position`.

    Examples
    --------
    >>> centres(4, 4, stride=2, padding=1)
    centres: k=4 s=2 p=1 p'=0 d=1, i'=4 -> o'=8, inputs at 2n + 1/2, stamps at 2n + 1/2
    >>> centres(4, 3, stride=2, padding=1, output_padding=1)
    centres: k=3 s=2 p=1 p'=1 d=1, i'=4 -> o'=8, inputs at 2n + 1/2, stamps at 2n
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
    position = as_int("position", position, 0, size - 1)
    axis = stamp(size, layer)
    stamps = centre([("conv_transpose", layer)])
    # A layer whose stamps are as wide as the cells here, side by side.
    inputs = centre([("conv_transpose", Layer(layer.stride, layer.stride))])
    moved = stamps.offset != inputs.offset
    color = PALETTE["unread" if moved else "output"].edge
    left = min(0, *axis.result)
    right = max(*axis.result, size * layer.stride - 1) + 1
    sheet = Canvas(left - 1.2, -0.2, right + 0.2, 5.2)
    for n in range(size):
        sheet.cell(n * layer.stride, 0, "input", n, width=layer.stride)
        # A whole number is the middle of a cell, which lies half a cell further on this sheet.
        above, below = (float(place.at(n)) + 0.5 for place in (inputs, stamps))
        if moved:
            sheet.line([above, above], [1.3, 5.0], color=GUIDE, style="dashed")
        sheet.line([above, below], [1.3, 2.4], color=color, width=2)
        sheet.dot(above, 1.3, color=PALETTE["input"].edge)
        sheet.dot(below, 2.4, color=PALETTE["kernel"].edge)
    start = axis.window[position]
    sheet.line([start + 0.5, start + axis.taps[-1] + 0.5], [3.2] * 2, color=PALETTE["kernel"].edge)
    for t, tap in enumerate(axis.taps):
        sheet.cell(start + tap, 2.7, "kernel", f"$w_{{{t}}}$")
    for place, (kind, cut) in axis.result.items():
        sheet.cell(place, 4, kind, "" if cut else place, cut=cut)
    sheet.text(left - 0.4, 0.5, "$n$", across="right")
    sheet.text(left - 0.4, 4.5, "$m$", across="right")
    return sheet.picture(
        f"centres: {layer.line()}, i'={size} -> o'={layer.output_size(size)}, "
        f"inputs at {inputs}, stamps at {stamps}",
        live=live_state(size, layer),
    )


def chunks(
    x: ArrayLike,
    kernel: ArrayLike,
    sizes: Sequence[int],
    *,
    stride: Ints = 1,
    dilation: Ints = 1,
) -> Picture:
    """Draw a causal layer chunk by chunk: what each chunk makes, and what it hands on.

    Each row is one chunk of the input and the full result of that chunk alone.
    Its last sums, pale and dashed, reach into the next chunk and are added
    there. Below, the output.

    Parameters
    ----------
    x : sequence of int
        The input, in one dimension.
    kernel : sequence of int
        The weights.
    sizes : sequence of int
        How many inputs each chunk holds; together all of them.
    stride, dilation : int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError
        If the numbers or the sizes are no ints.
    ValueError
        As `conv_transpose_output_size`; and if the sizes do not add up.

    Examples
    --------
    >>> chunks([1, 2, 3, 4], [1, 10, 100], [2, 2], stride=2)
    chunks: k=3 s=2 d=1, 2 + 2 inputs, 1 sum handed on, output 1 10 102 20 203 30 304 40
    """
    inputs, weights = (
        whole_numbers(name, numbers, 1).tolist() for name, numbers in (("x", x), ("kernel", kernel))
    )
    if not isinstance(sizes, Sequence) or isinstance(sizes, str):
        raise TypeError(f"sizes must be a row of ints, got sizes={sizes!r}")
    lengths = [as_int("sizes", number, 1) for number in sizes]
    if sum(lengths) != len(inputs):
        raise ValueError(
            f"sizes must add up to the {len(inputs)} numbers of x, got sizes={lengths}"
        )
    (layer,) = single_axis(Layer(len(weights), stride=stride, dilation=dilation))
    s, carried = layer.stride, stream(layer).sums
    kept = len(inputs) * s
    pitch, wide = 1.5, max(lengths)
    foot = len(lengths) * pitch + 0.3
    sheet = Canvas(-wide - 0.9, -0.2, kept + carried + 0.2, foot + 1.2)
    first = 0
    for row, length in enumerate(lengths):
        y, start, end = row * pitch, first * s, (first + length) * s
        for n, number in enumerate(inputs[first : first + length]):
            sheet.cell(n - wide - 0.7, y, "input", number)
        for place, (kind, number) in _sums(inputs[first : first + length], weights, layer).items():
            own = place < length * s
            sheet.cell(start + place, y, kind, number, cut=not own)
            if not own:
                below = y + pitch if row + 1 < len(lengths) else foot
                sheet.arrow((start + place + 0.5, y + 1), (start + place + 0.5, below))
        if row + 1 < len(lengths):
            sheet.line([end, end], [-0.1, foot + 1.1], color=QUIET, style="dashed")
        first += length
    total = _sums(inputs, weights, layer)
    for place, (kind, number) in total.items():
        cut = place >= kept
        sheet.cell(place, foot, "output" if kind == "kernel" else kind, number, cut=cut)
    numbers = " ".join(str(number) for place, (_, number) in total.items() if place < kept)
    return sheet.picture(
        f"chunks: k={layer.kernel_size} s={s} d={layer.dilation}, "
        f"{' + '.join(map(str, lengths))} inputs, "
        f"{carried} sum{'s' * (carried != 1)} handed on, output {numbers}",
        live=live_state(len(inputs), layer, x=inputs, w=weights),
    )


def _sums(inputs: list[int], weights: list[int], layer: AxisLayer) -> dict[int, tuple[str, int]]:
    """Return the kind and the sum of each place, of a stride for each input at least."""
    axis = stamp(len(inputs), layer)
    places = max(len(axis.result), len(inputs) * layer.stride)
    sums = dict.fromkeys(range(places), 0)
    for number, start in zip(inputs, axis.window):
        for weight, tap in zip(weights, axis.taps):
            sums[start + tap] += number * weight
    return {
        place: ("kernel" if axis.result.get(place, ("bias",))[0] == "output" else "bias", number)
        for place, number in sums.items()
    }
