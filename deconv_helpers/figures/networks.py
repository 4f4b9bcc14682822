"""Pictures of networks: the sizes that a chain of layers makes, to scale."""

from deconv_helpers.figures.grid import PALETTE, Grid
from deconv_helpers.figures.picture import Picture, drawing_style
from deconv_helpers.figures.scene import PARAMETERS
from deconv_helpers.sizes import (
    conv_output_size,
    conv_transpose_output_size,
    output_padding_for,
    per_axis,
)

# A layer of the encoder says these; the output padding follows from them.
_PARAMETERS = {name: PARAMETERS[name] for name in PARAMETERS if name != "output_padding"}


def encoder_decoder(input_size, layers) -> Picture:
    """Draw the sizes of an encoder and of the decoder that mirrors it, to scale.

    Each bar is as high as its size. Below each arrow stand the parameters of
    its layer: on the way down a convolution, on the way up the transposed one,
    with the output padding that returns to the size of the bar on the same line.

    Parameters
    ----------
    input_size : int
        Size of the encoder's input, on one axis.
    layers : sequence of dict
        The encoder's convolutions in their order, each with a `kernel_size`,
        and `stride`, `padding` and `dilation` where they are not 1, 0 and 1.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError
        If a layer is not a dict with these names, or a value is not an int.
    ValueError
        As `conv_output_size`; and if there is no layer.

    Examples
    --------
    >>> encoder_decoder(28, [dict(kernel_size=3, stride=2, padding=1)] * 2)
    encoder and decoder: 28 -> 14 -> 7 -> 14 -> 28, back with p'=1 1
    """
    layers = [_checked(place, layer) for place, layer in enumerate(layers)]
    if not layers:
        raise ValueError("layers must hold at least one layer, got layers=[]")
    ((input_size,),) = per_axis(1, input_size=input_size)
    down = [input_size]
    for place, layer in enumerate(layers):
        try:
            down.append(conv_output_size(down[-1], **layer))
        except ValueError as error:
            raise ValueError(f"{error} (in layers[{place}])") from None
    up, rests = [], []
    for layer, size in zip(reversed(layers), reversed(down[:-1])):
        small = up[-1] if up else down[-1]
        rests.append(output_padding_for(small, size, **layer))
        up.append(conv_transpose_output_size(small, output_padding=rests[-1], **layer))
    # Only what some layer sets: a row of ones or zeros says nothing.
    rows = [
        name for name, (_, unset) in _PARAMETERS.items() if any(q[name] != unset for q in layers)
    ]
    pitch, tall = 1.7, 6.0
    scale, foot = tall / max(down), tall + 0.4
    bars = [(size, "input") for size in down] + [(size, "output") for size in up]
    last = (len(bars) - 1) * pitch
    with drawing_style():
        grid = Grid(-1.0, -0.9, last + 1.2, foot + 0.8 * (len(rows) + 1) + 0.2)
        for depth, size in enumerate(down[:-1]):
            # A bar and its mirrored one have the same size: their edges lie on two lines.
            for edge in (-1, 1):
                y = tall / 2 + edge * size * scale / 2
                grid.line([depth * pitch, last + 1 - depth * pitch], [y, y], color="#c8c8c8")
        for place, (size, kind) in enumerate(bars):
            top = (tall - size * scale) / 2
            grid.cell(place * pitch, top, kind, height=size * scale)
            grid.text(place * pitch + 0.5, top - 0.45, size, backed=True)
        for place, layer in enumerate([*layers, *reversed(layers)]):
            x = place * pitch + (pitch + 1) / 2
            grid.arrow((x - 0.28, tall / 2), (x + 0.28, tall / 2))
            for row, name in enumerate(rows):
                grid.text(x, foot + 0.8 * row + 0.4, layer[name])
            if place >= len(layers):
                rest = rests[place - len(layers)]
                grid.text(x, foot + 0.8 * len(rows) + 0.4, rest, color=PALETTE["unread"].edge)
        for row, symbol in enumerate([*(_PARAMETERS[name][0] for name in rows), "p'"]):
            color = {"color": PALETTE["unread"].edge} if symbol == "p'" else {}
            grid.text(-0.4, foot + 0.8 * row + 0.4, f"${symbol}$", **color)
        sizes = " -> ".join(str(size) for size, _ in bars)
        return grid.picture(
            f"encoder and decoder: {sizes}, back with p'={' '.join(map(str, rests))}"
        )


def _checked(place, layer):
    """Return the layer with every parameter as a checked int."""
    if (
        not isinstance(layer, dict)
        or "kernel_size" not in layer
        or not layer.keys() <= _PARAMETERS.keys()
    ):
        raise TypeError(
            f"layers must hold dicts with kernel_size and, if need be, stride, padding, "
            f"dilation, got layers[{place}]={layer!r}"
        )
    given = {name: layer.get(name, unset) for name, (_, unset) in _PARAMETERS.items()}
    try:
        return {name: value for name, (value,) in zip(given, per_axis(1, **given))}
    except (TypeError, ValueError) as error:
        raise type(error)(f"{error} (in layers[{place}])") from None
