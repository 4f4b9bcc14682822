"""One axis of a layer as it is drawn: cells by place, and where the kernel goes.

A picture of two axes is made of two of these.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.layer import Layer
from deconv_helpers.overlap import overlap_counts
from deconv_helpers.sizes import Ints, per_axis

Cells: TypeAlias = dict[int, tuple[str, bool]]
# A `Layer` whose parameters are ints, which its type does not say.
AxisLayer: TypeAlias = Any


@dataclass(frozen=True)
class Axis:
    """The cells of both arrays, and the positions of the kernel.

    Parameters
    ----------
    source, result : dict of int to (str, bool)
        The cells of what goes in and of what comes out, by their place: the
        kind of each, and whether it is cut.
    taps : list of int
        Where the kernel's taps lie, from the first one on.
    window : list of int
        At each step, the place of the first tap, in the array that the kernel
        goes along.
    mark : list of int
        At each step, the place that belongs to it, in the other array.
    along : {"source", "result"}
        The array that the kernel goes along.
    flipped : bool
        Whether the kernel lies with its last weight first.
    """

    source: Cells
    result: Cells
    taps: list[int]
    window: list[int]
    mark: list[int]
    along: Literal["source", "result"]
    flipped: bool = False

    @property
    def weights(self) -> list[int]:
        """Which of the weights lies on each tap."""
        weights = list(range(len(self.taps)))
        return weights[::-1] if self.flipped else weights


def single_axis(layer: Layer, **sizes: Ints) -> tuple[Any, ...]:
    """Return a layer and sizes as ints, for a picture of one dimension.

    Examples
    --------
    >>> single_axis(Layer((3,)), input_size=4)
    (Layer(kernel_size=3, stride=1, padding=0, output_padding=0, dilation=1), 4)
    """
    return *layer.axes(1), *(size for (size,) in per_axis(1, **sizes))


def uncut(layer: Layer) -> AxisLayer:
    """Return the layer whose result is this one's before the padding cuts it."""
    return replace(layer, padding=0)


def read(input_size: int, layer: AxisLayer) -> Axis:
    """Return a convolution's axis: the kernel goes along the padded input."""
    steps = range(layer.conv_output_size(input_size))
    places = range(-layer.padding, input_size + layer.padding)
    check_cells(len(places))
    window = [step * layer.stride - layer.padding for step in steps]
    taps = _taps(layer)
    reached = {start + tap for start in window for tap in taps}

    def kind(place: int) -> str:
        if place not in reached:
            return "unread"
        return "input" if 0 <= place < input_size else "padding"

    return Axis(
        source={place: (kind(place), False) for place in places},
        result=dict.fromkeys(steps, ("output", False)),
        taps=taps,
        window=window,
        mark=list(steps),
        along="source",
    )


def stamp(input_size: int, layer: AxisLayer) -> Axis:
    """Return a transposed convolution's axis: the kernel goes along the uncut output."""
    kept = range(layer.output_size(input_size))
    check_cells(uncut(layer).output_size(input_size))
    counts = overlap_counts(input_size, **uncut(layer).keywords).tolist()
    first = -layer.padding
    return Axis(
        source=dict.fromkeys(range(input_size), ("input", False)),
        result={
            place: ("output" if count else "bias", place not in kept)
            for place, count in enumerate(counts, first)
        },
        taps=_taps(layer),
        window=[first + n * layer.stride for n in range(input_size)],
        mark=list(range(input_size)),
        along="result",
    )


def spread(input_size: int, layer: AxisLayer) -> Axis:
    """Return a transposed convolution's axis: the flipped kernel goes along the spread input.

    Places are those of the uncut output: input cell n stands at n * stride.
    """
    stamped = stamp(input_size, layer)
    result = {place: look for place, look in stamped.result.items() if not look[1]}
    # The window that ends on place p of the uncut output makes that place.
    first = layer.padding - stamped.taps[-1]
    used = range(first, layer.padding + len(result))
    inputs = range(0, input_size * layer.stride, layer.stride)
    steps = list(result)
    return Axis(
        source={
            place: ("input" if place in inputs else "padding", place not in used)
            for place in range(min(first, 0), max(used.stop, inputs[-1] + 1))
        },
        result=result,
        taps=stamped.taps,
        window=[first + step for step in steps],
        mark=steps,
        along="source",
        flipped=True,
    )


# What stands for the second axis where there is only one.
POINT = Axis({0: ("input", False)}, {0: ("output", False)}, [0], [0], [0], along="source")


def _taps(layer: AxisLayer) -> list[int]:
    return [tap * layer.dilation for tap in range(layer.kernel_size)]
