"""Which size goes where: the steps of a convolution's sizes, and the way back."""

from deconv_helpers.figures.axis import AxisLayer, single_axis
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.palette import GUIDE, PALETTE
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints


def staircase(
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    input_sizes: range | None = None,
) -> Picture:
    """Draw which size the convolution makes of each input size.

    Each column is an input size, each row an output size. The number in a
    cell counts the cells behind the kernel's last position; 0 marks the sizes
    where the division leaves no remainder.

    Parameters
    ----------
    kernel_size, stride, padding, dilation : int
        As in `conv_output_size`, or a `Layer` for all of them.
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
    (layer,) = single_axis(Layer.of(kernel_size, stride=stride, padding=padding, dilation=dilation))
    steps = _steps(input_sizes, layer)
    columns = list(steps)
    lowest, highest = min(steps.values()), max(steps.values())
    sheet = Canvas(-1.6, -0.6, len(steps) + 0.8, highest - lowest + 3.0)
    bottom = highest - lowest + 1
    sheet.line([-0.15, -0.15, len(steps)], [0, bottom + 0.15, bottom + 0.15])
    for column, (size, output) in enumerate(steps.items()):
        row = highest - output
        rest = layer.with_output_size(output, size).output_padding
        # A guide from the axis to the step, as one follows it with a finger.
        sheet.line([column + 0.5] * 2, [row + 1, bottom + 0.1], color=GUIDE)
        sheet.cell(column, row, "unread" if rest else "output", rest)
        sheet.text(column + 0.5, bottom + 0.65, size)
    for output in range(lowest, highest + 1):
        sheet.text(-0.55, highest - output + 0.5, output)
    sheet.text(len(steps) / 2, bottom + 1.45, "$i$", size=14, color=PALETTE["input"].edge)
    sheet.text(-1.25, bottom / 2, "$o$", size=14, color=PALETTE["output"].edge)
    return sheet.picture(
        f"staircase: {layer.line(conv=True)}, "
        f"i={columns[0]}..{columns[-1]} -> o={lowest}..{highest}, "
        f"steps of {layer.stride}",
        live=_live(steps, layer),
    )


def size_map(
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    input_sizes: range | None = None,
) -> Picture:
    """Draw which sizes share an output size, and the output padding that leads back.

    From top to bottom: the sizes before the convolution; the sizes that it
    makes of them; the same, before the transposed convolution; and the sizes
    that it makes, one for each output padding below the stride.

    Parameters
    ----------
    kernel_size, stride, padding, dilation : int
        As in `conv_output_size`, or a `Layer` for all of them.
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
    (layer,) = single_axis(Layer.of(kernel_size, stride=stride, padding=padding, dilation=dilation))
    steps = _steps(input_sizes, layer)
    shared: dict[int, list[tuple[int, int]]] = {}
    for column, (size, output) in enumerate(steps.items()):
        shared.setdefault(output, []).append((column, size))
    middle, low = 2.2, 6.4  # where the rows of the small and of the large sizes begin
    sheet = Canvas(-1.4, -0.2, len(steps) + 0.3, low + 1.2)
    for output, sizes in shared.items():
        centre = sum(column for column, _ in sizes) / len(sizes)
        sheet.cell(centre, middle, "output", output)
        sheet.cell(centre, middle + 1, "input", output)
        for column, size in sizes:
            rest = layer.with_output_size(output, size).output_padding
            sheet.cell(column, 0, "input", size)
            sheet.line([column + 0.5, centre + 0.5], [1, middle])
            sheet.line([centre + 0.5, column + 0.5], [middle + 2, low - 1])
            sheet.text(column + 0.5, low - 0.5, rest, color=PALETTE["unread"].edge)
            sheet.cell(column, low, "output", size)
    for y, label in ((0, "i"), (middle, "o"), (middle + 1, "i'"), (low, "o'")):
        sheet.text(-0.4, y + 0.5, f"${label}$", size=14, across="right")
    sheet.text(-0.4, low - 0.5, "$p'$", size=14, across="right", color=PALETTE["unread"].edge)
    groups = ", ".join(
        f"{' '.join(str(size) for _, size in sizes)} -> {output}"
        for output, sizes in shared.items()
    )
    return sheet.picture(
        f"size map: {layer.line(conv=True)}, {groups}, and back with p'=0..{layer.stride - 1}",
        live=_live(steps, layer),
    )


def _steps(input_sizes: range | None, layer: AxisLayer) -> dict[int, int]:
    """Return the output size of each input size; if none are given, of whole steps."""
    if input_sizes is None:
        first = layer.input_sizes(1) or layer.input_sizes(layer.conv_output_size(1))
        stride = layer.stride
        columns = stride * -(-10 // stride)
        input_sizes = range(first.start, first.stop - stride + max(columns, 2 * stride))
    if not isinstance(input_sizes, range):
        raise TypeError(f"input_sizes must be a range, got input_sizes={input_sizes!r}")
    if not input_sizes:
        raise ValueError(f"input_sizes must hold at least one size, got {input_sizes}")
    check_cells(abs(input_sizes[-1] - input_sizes[0]) // abs(input_sizes.step) + 1)
    return {size: layer.conv_output_size(size) for size in input_sizes}


def _live(steps: dict[int, int], layer: Layer) -> str:
    """Return the live figure of the way back to the size in the middle."""
    size, output = list(steps.items())[len(steps) // 2]
    return live_state(output, layer.with_output_size(output, size))
