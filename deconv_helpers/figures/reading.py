"""What a convolution reads, what it never reads, and the way back to the same size."""

from deconv_helpers.figures.axis import read, single_axis, stamp
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.palette import PALETTE
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints


def unread_rows(
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
) -> Picture:
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
        As in `conv_output_size`; a `Layer` in place of `kernel_size` stands for
        them all.

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
    layer, size = single_axis(
        Layer.of(kernel_size, stride=stride, padding=padding, dilation=dilation),
        input_size=input_size,
    )
    forth = read(size, layer)
    small = len(forth.result)
    check_cells(small, 2 * len(forth.taps))  # the positions are drawn above and below
    returning = layer.with_output_size(small, size)
    back = stamp(small, returning)
    rest, border, span = returning.output_padding, layer.padding, layer.effective_kernel_size
    step = 0.42  # height of one kernel position
    fan = small * step + 0.3
    middle = 1.0 + fan + 0.3
    low = middle + 2.3 + fan
    outer = 1.2 if rest else 0.2  # room for a bracket, where there is one
    sheet = Canvas(-border - 2.8, -outer, size + border + 0.4, low + 1 + outer)
    for position, start in enumerate(forth.window):
        centre = start + span / 2
        sheet.line([centre] * 2, [1.15, low - 0.15], color="#cccccc", style="dotted")
        for y in (1.15 + position * step, low - 0.15 - (position + 1) * step):
            ends = [start + 0.15, start + span - 0.15]
            sheet.line(ends, [y + step / 2] * 2, color=PALETTE["kernel"].edge)
            for offset in forth.taps:
                x = start + offset + 0.12
                last = position == small - 1
                sheet.cell(x, y + 0.04, "kernel", width=0.76, height=step - 0.08, faint=not last)
        sheet.cell(centre - 0.5, middle, "output", position)
        sheet.cell(centre - 0.5, middle + 1, "input", position)
    # The padded input above and the uncut result below have the same cells.
    for x, (kind, _) in forth.source.items():
        made, cut = back.result[x]
        text = "" if cut else x
        sheet.cell(x, 0, kind, text)
        sheet.cell(x, low, made, text, cut=cut)
    if rest:
        end = size + border
        mark, first = PALETTE["unread"].edge, end - rest
        sheet.bracket(first, end, 0, f"$r = {rest}$", above=True, color=mark)
        sheet.bracket(first, end, low + 1, f"$p' = {rest}$", above=False, color=mark)
    left = -border - 0.35
    for y, label in (
        (0, f"$i = {size}$"),
        (middle, f"$o = {small}$"),
        (middle + 1, f"$i' = {small}$"),
        (low, f"$o' = {size}$"),
    ):
        sheet.text(left, y + 0.5, label, across="right")
    for high, deep in ((1.2, middle - 0.1), (middle + 2.2, low - 0.1)):
        sheet.arrow((left - 1.0, high), (left - 1.0, deep))
    return sheet.picture(
        f"unread rows: {layer.line(conv=True)}, i={size} -> o={small}, unread {rest}; "
        f"back {small} -> {size} with p'={rest}",
        live=live_state(small, returning),
    )
