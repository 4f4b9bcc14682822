"""Chains of layers: the sizes that an encoder makes and a decoder returns through, to scale."""

from collections.abc import Sequence
from typing import Any

from deconv_helpers.figures.axis import AxisLayer, single_axis
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.palette import INK, PALETTE
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import ConvKeywords, Layer
from deconv_helpers.sizes import Ints, as_int, per_axis

# A layer of the encoder says these; the output padding follows from them.
_NAMES = ConvKeywords.__required_keys__
LARGEST = 10**6  # a size whose number still stands above its bar


def encoder_decoder(input_size: Ints, layers: Sequence[Layer | dict[str, Any]]) -> Picture:
    """Draw the sizes of an encoder and of the decoder that mirrors it, to scale.

    Each bar is as high as its size. Below each arrow stand the parameters of
    its layer: on the way down a convolution, on the way up the transposed one,
    with the output padding that returns to the size of the bar on the same line.

    Parameters
    ----------
    input_size : int
        Size of the encoder's input, on one axis.
    layers : sequence of Layer or dict
        The encoder's convolutions in their order: layers, whose own
        `output_padding` plays no part, or dicts with a `kernel_size`, and
        `stride`, `padding` and `dilation` where they are not 1, 0 and 1.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError
        If a layer is neither, or a value is not an int.
    ValueError
        As `conv_output_size`; and if there is no layer.

    Examples
    --------
    >>> encoder_decoder(28, [dict(kernel_size=3, stride=2, padding=1)] * 2)
    encoder and decoder: 28 -> 14 -> 7 -> 14 -> 28, back with p'=1 1
    """
    if not layers:
        raise ValueError("layers must hold at least one layer, got layers=[]")
    check_cells(2 * len(layers))
    encoder = [_checked(place, layer) for place, layer in enumerate(layers)]
    ((size,),) = per_axis(1, input_size=input_size)
    first = as_int("input_size", size, 1, LARGEST)
    down = [first]
    for place, layer in enumerate(encoder):
        try:
            down.append(layer.conv_output_size(down[-1]))
        except ValueError as error:
            raise ValueError(f"{error} (in layers[{place}])") from None
    up: list[int] = [down[-1]]
    decoder: list[AxisLayer] = []
    for layer, size in zip(reversed(encoder), reversed(down[:-1])):
        decoder.append(layer.with_output_size(up[-1], size))
        up.append(decoder[-1].output_size(up[-1]))
    # Only what some layer sets: a row of ones or zeros says nothing.
    unset = Layer(1).symbols(conv=True)
    rows = [
        symbol
        for symbol in unset
        if any(layer.symbols(conv=True)[symbol] != unset[symbol] for layer in encoder)
    ]
    pitch, tall = 1.7, 6.0
    scale, foot = tall / max(down), tall + 0.4
    bars = [(size, "input") for size in down] + [(size, "output") for size in up[1:]]
    last = (len(bars) - 1) * pitch
    sheet = Canvas(-1.0, -0.9, last + 1.2, foot + 0.8 * (len(rows) + 1) + 0.2)
    for depth, size in enumerate(down[:-1]):
        # A bar and its mirrored one have the same size: their edges lie on two lines.
        for edge in (-1, 1):
            y = tall / 2 + edge * size * scale / 2
            sheet.line([depth * pitch, last + 1 - depth * pitch], [y, y], color="#c8c8c8")
    for place, (size, kind) in enumerate(bars):
        top = (tall - size * scale) / 2
        sheet.cell(place * pitch, top, kind, height=size * scale)
        sheet.text(place * pitch + 0.5, top - 0.45, size, backed=True)
    for place, layer in enumerate([*encoder, *decoder]):
        x = place * pitch + (pitch + 1) / 2
        sheet.arrow((x - 0.28, tall / 2), (x + 0.28, tall / 2))
        for row, symbol in enumerate(rows):
            sheet.text(x, foot + 0.8 * row + 0.4, layer.symbols()[symbol])
        if place >= len(layers):
            y = foot + 0.8 * len(rows) + 0.4
            sheet.text(x, y, layer.output_padding, color=PALETTE["unread"].edge)
    for row, symbol in enumerate([*rows, "p'"]):
        color = PALETTE["unread"].edge if symbol == "p'" else INK
        sheet.text(-0.4, foot + 0.8 * row + 0.4, f"${symbol}$", color=color)
    rests = " ".join(str(layer.output_padding) for layer in decoder)
    sizes = " -> ".join(str(size) for size, _ in bars)
    return sheet.picture(f"encoder and decoder: {sizes}, back with p'={rests}")


def _checked(place: int, layer: Layer | dict[str, Any]) -> AxisLayer:
    """Return the layer on one axis, its place in the message if it is none."""
    if isinstance(layer, dict) and {"kernel_size"} <= layer.keys() <= _NAMES:
        try:
            layer = Layer(**layer)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{error} (in layers[{place}])") from None
    if not isinstance(layer, Layer):
        raise TypeError(
            f"layers must hold Layers, or dicts with kernel_size and, if need be, stride, "
            f"padding, dilation, got layers[{place}]={layer!r}"
        )
    try:
        return single_axis(layer)[0]
    except ValueError as error:
        raise ValueError(f"{error} (in layers[{place}])") from None
