"""Which tones a sequence is made of, before and after a transposed convolution."""

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.figures.axis import AxisLayer, single_axis
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.numbers import whole_numbers
from deconv_helpers.figures.picture import Picture
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv_transpose

_HIGH = 2.0  # the loudest bar of a row, in cells
_LEAST = 0.15  # a bar lower than that cannot be seen
_WIDE = 0.6  # a column, in cells


def spectrum(x: ArrayLike, kernel: ArrayLike, *, stride: int = 1) -> Picture:
    """Draw how loud each tone is: in the input, between zeros, in the kernel, in the output.

    The input is one period of a sequence that goes on for ever. Column q
    holds the tone that swings q times in this period; the columns end where
    the samples of a row do, at half their number. Each row has its own scale, and the
    numbers are per cent of its loudest tone. Blue and green tones are the
    input's own; red ones are copies, which it does not hold. Orange is how
    much the kernel lets through.

    Parameters
    ----------
    x : array_like of int, shape (period,)
        The input.
    kernel : array_like of int, shape (taps,)
        The weights.
    stride : int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`; and if an array is no row of ints, or
        all its numbers are 0.

    Examples
    --------
    A tone of two swings in 12 samples, and a stride of 3:

    >>> spectrum([2, 1, -1, -2, -1, 1, 2, 1, -1, -2, -1, 1], [1, 1, 1], stride=3)
    spectrum: k=3 s=3 p=0 p'=0 d=1, tones 2 -> 2 10 14, 100 23 18 per cent
    """
    inputs, weights = whole_numbers("x", x, 1), whole_numbers("kernel", kernel, 1)
    (layer,) = single_axis(Layer(len(weights), stride=stride))
    long = len(inputs) * layer.stride
    check_cells(long // 2 + 1, 16)
    spread = _periodic(inputs, np.ones(1, dtype=int), layer, long)
    rows = {
        "x": _loudness("x", inputs, len(inputs)),
        "": _loudness("x", spread, long),
        "w": _loudness("kernel", weights, long),
        "y": _loudness("y", _periodic(inputs, weights, layer, long), long),
    }
    own = len(inputs) // 2  # the last tone that the input can hold
    sheet = Canvas(-1.1, -0.3, (long // 2 + 1) * _WIDE + 0.2, len(rows) * (_HIGH + 1.7) - 0.4)
    for number, (symbol, loudness) in enumerate(rows.items()):
        ground = number * (_HIGH + 1.7) + _HIGH + 0.6
        kinds = {"w": ("kernel", "kernel"), "y": ("output", "unread")}.get(
            symbol, ("input", "unread")
        )
        sheet.line([0, len(loudness) * _WIDE], [ground, ground])
        if symbol:
            sheet.text(-0.6, ground - _HIGH / 2, f"${symbol}$", size=14)
        for tone, level in enumerate(loudness):
            height = _HIGH * level / 100
            if height >= _LEAST:
                kind = kinds[tone > own]
                sheet.cell(tone * _WIDE, ground - height, kind, width=_WIDE, height=height)
            if level and symbol != "w":
                middle = (tone + 0.5) * _WIDE
                sheet.text(middle, ground - height - 0.35, level, size=10)
                sheet.text(middle, ground + 0.4, tone)
    heard = [[(tone, level) for tone, level in enumerate(rows[name]) if level] for name in "xy"]
    before, after = (" ".join(str(tone) for tone, _ in row) for row in heard)
    levels = " ".join(str(level) for _, level in heard[1])
    return sheet.picture(
        f"spectrum: {layer.line()}, tones {before} -> {after}, {levels} per cent",
        live=live_state(len(inputs), layer, x=inputs.tolist(), w=weights.tolist(), view="zeros"),
    )


def _periodic(inputs: np.ndarray, weights: np.ndarray, layer: AxisLayer, period: int) -> np.ndarray:
    """Return one period of what becomes of a sequence that goes on for ever."""
    result = conv_transpose(inputs[None], weights[None, None], stride=layer.stride)[0]
    whole = np.zeros((-(-len(result) // period), period), dtype=result.dtype)
    whole.ravel()[: len(result)] = result
    folded: np.ndarray = np.sum(whole, axis=0)  # what hangs over the end comes in at the front
    return folded


def _loudness(name: str, numbers: np.ndarray, period: int) -> list[int]:
    """Return how loud each tone is, in per cent of the loudest."""
    loudness = np.abs(np.fft.rfft(numbers, period))
    if len(numbers) > period:  # a kernel may be longer than the period
        places = np.arange(period // 2 + 1)[:, None] * np.arange(len(numbers))
        loudness = np.abs(np.exp(-2j * np.pi / period * places) @ numbers)
    if not loudness.max() > 1e-9:
        raise ValueError(f"{name} must hold a tone, got nothing but zeros")
    levels: list[int] = np.rint(100 * loudness / loudness.max()).astype(int).tolist()
    return levels
