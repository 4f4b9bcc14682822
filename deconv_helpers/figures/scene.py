"""One axis of a layer as it is drawn: cells by place, and where the kernel goes.

A picture of two axes is made of two of these.
"""

import functools
import inspect
from dataclasses import dataclass

from deconv_helpers.overlap import overlap_counts
from deconv_helpers.sizes import (
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    per_axis,
)

# Each parameter of a layer: its symbol, and what it is where nobody sets it.
PARAMETERS = {
    "kernel_size": ("k", None),
    "stride": ("s", 1),
    "padding": ("p", 0),
    "output_padding": ("p'", 0),
    "dilation": ("d", 1),
}


def one_dimension(draw):
    """Make a drawing of one dimension take its parameters as ints, checked before it begins."""
    signature = inspect.signature(draw)

    @functools.wraps(draw)
    def checked(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        sizes = {"input_size", *PARAMETERS}
        given = {name: value for name, value in bound.arguments.items() if name in sizes}
        for name, (value,) in zip(given, per_axis(1, **given)):
            bound.arguments[name] = value
        return draw(*bound.args, **bound.kwargs)

    return checked


@dataclass(frozen=True)
class Axis:
    """The cells of both arrays as {place: (kind, is cut)}, and the positions of the kernel.

    At step n the kernel's first tap lies at `window[n]` in the one array, and
    `mark[n]` is the cell that belongs to it in the other.
    """

    source: dict
    result: dict
    taps: list
    window: list
    mark: list


def read(input_size, kernel_size, stride, padding, dilation):
    """Return a convolution's axis: the kernel goes along the padded input."""
    layer = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    steps = list(range(conv_output_size(input_size, **layer)))
    taps = [tap * dilation for tap in range(kernel_size)]
    window = [step * stride - padding for step in steps]
    reached = {start + tap for start in window for tap in taps}

    def kind(place):
        if place not in reached:
            return "unread"
        return "input" if 0 <= place < input_size else "padding"

    source = {x: (kind(x), False) for x in range(-padding, input_size + padding)}
    return Axis(source, dict.fromkeys(steps, ("output", False)), taps, window, steps)


def stamp(input_size, kernel_size, stride, padding, output_padding, dilation):
    """Return a transposed convolution's axis: the kernel goes along the uncut output."""
    layer = {
        "stride": stride,
        "padding": padding,
        "output_padding": output_padding,
        "dilation": dilation,
    }
    kept = range(conv_transpose_output_size(input_size, kernel_size, **layer))
    counts = overlap_counts(input_size, kernel_size, **(layer | {"padding": 0})).tolist()
    result = {
        place - padding: ("output" if count else "bias", place - padding not in kept)
        for place, count in enumerate(counts)
    }
    return Axis(
        source=dict.fromkeys(range(input_size), ("input", False)),
        result=result,
        taps=[tap * dilation for tap in range(kernel_size)],
        window=[n * stride - padding for n in range(input_size)],
        mark=list(range(input_size)),
    )


def spread(input_size, kernel_size, stride, padding, output_padding, dilation):
    """Return a transposed convolution's axis: the flipped kernel goes along the spread input.

    Places are those of the uncut output: input cell n stands at n * stride.
    """
    stamped = stamp(input_size, kernel_size, stride, padding, output_padding, dilation)
    result = {place: look for place, look in stamped.result.items() if not look[1]}
    # The window that ends on place p of the uncut output makes that place.
    first = padding - (effective_kernel_size(kernel_size, dilation) - 1)
    used = range(first, padding + len(result))
    inputs = range(0, input_size * stride, stride)
    source = {
        place: ("input" if place in inputs else "padding", place not in used)
        for place in range(min(first, 0), max(used.stop, inputs[-1] + 1))
    }
    steps = list(range(len(result)))
    return Axis(source, result, stamped.taps, [first + step for step in steps], steps)
